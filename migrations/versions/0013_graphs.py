"""Reach graphs: their arrays, their versions, their uploads."""

from migrations.helpers import entry, run, wall

revision = "0013_graphs"
down_revision = "0012_followers"
branch_labels = None
depends_on = None

KINDS = "'follow', 'mention', 'collaboration', 'referral', 'other'"


def upgrade() -> None:
    graphs()
    arrays()
    uploads()
    sweep()


def graphs() -> None:
    """`version` is the arrays'; 0: there are none yet. `reverse`: arcs lead from who hears to who is heard.

    `edges_version`: the state of the workspace's edges that a derived graph was made of. `job_id`: the newest
    job that writes into the graph.
    """
    run(f"""
    create table graphs (
        workspace_id uuid not null references workspaces (id),
        id uuid not null,
        name text not null,
        kind text collate "C" not null check (kind in ({KINDS})),
        directed boolean not null,
        source text collate "C" not null check (source in ('upload', 'edges')),
        reverse boolean not null,
        platform text collate "C",
        kinds text[] not null default '{{}}',
        platforms text[] not null default '{{}}',
        since timestamptz,
        version bigint not null default 0,
        nodes bigint not null default 0,
        arcs bigint not null default 0,
        loops bigint not null default 0,
        numbered boolean not null default false,
        sources jsonb not null default '[]',
        edges_version bigint,
        job_id uuid,
        built_at timestamptz,
        created_by text collate "C" not null,
        created_at timestamptz not null default elci_now(),
        updated_at timestamptz not null default elci_now(),
        -- serves: GET /v1/graphs, the newest first
        primary key (workspace_id, id)
    );
    """)
    wall("graphs")


def arrays() -> None:
    """The graph as compressed sparse rows, in parts of some megabytes, as numpy has them in memory."""
    run("""
    create table graph_arrays (
        workspace_id uuid not null,
        graph_id uuid not null,
        version bigint not null,
        name text collate "C" not null,
        part integer not null,
        data bytea not null,
        -- serves: reading an array in order
        primary key (workspace_id, graph_id, version, name, part),
        constraint graph_arrays_graph_fkey foreign key (workspace_id, graph_id)
            references graphs (workspace_id, id) on delete cascade
    );
    -- Numbers of this kind shrink little, and reading them is what computations wait for.
    alter table graph_arrays alter column data set storage external;
    """)
    wall("graph_arrays")


def uploads() -> None:
    """Files on their way into a graph; those whose body is still arriving have no `job_id`."""
    run("""
    create table graph_uploads (
        workspace_id uuid not null,
        id uuid not null,
        graph_id uuid not null,
        job_id uuid,
        filename text,
        size bigint not null default 0,
        options jsonb not null,
        created_at timestamptz not null default elci_now(),
        primary key (workspace_id, id),
        constraint graph_uploads_graph_fkey foreign key (workspace_id, graph_id)
            references graphs (workspace_id, id) on delete cascade
    );
    -- serves: the removal of a graph
    create index graph_uploads_graph on graph_uploads (workspace_id, graph_id);

    create table graph_chunks (
        workspace_id uuid not null,
        upload_id uuid not null,
        position integer not null,
        data bytea not null,
        -- serves: reading an upload in order
        primary key (workspace_id, upload_id, position),
        constraint graph_chunks_upload_fkey foreign key (workspace_id, upload_id)
            references graph_uploads (workspace_id, id) on delete cascade
    );
    -- Compressing what is read once and dropped costs more than it saves.
    alter table graph_chunks alter column data set storage external;
    """)
    wall("graph_uploads")
    wall("graph_chunks")


def sweep() -> None:
    """Uploads that were broken off, and files whose job has ended: they may name people."""
    run("""
    create function entry.sweep_graphs() returns void
    language sql volatile security definer set search_path = public, pg_temp
    as $$
        delete from graph_uploads where job_id is null and created_at < elci_now() - interval '6 hours';
        delete from graph_uploads u where u.job_id is not null
          and not exists (select from jobs j where j.workspace_id = u.workspace_id and j.id = u.job_id
                          and j.status in ('queued', 'running'));
    $$;
    """)
    entry("entry.sweep_graphs()")
