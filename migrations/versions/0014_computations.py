"""What was computed of a graph's version, kept for whoever asks again."""

from migrations.helpers import run, wall

revision = "0014_computations"
down_revision = "0013_graphs"
branch_labels = None
depends_on = None

OPERATIONS = "'influence', 'spread', 'authority', 'hits', 'communities', 'community_labels', 'bridges', 'ego'"


def upgrade() -> None:
    results()
    columns()
    versions()


def results() -> None:
    """`result` is null as long as the job computes. `params_hash`: of the parameters in their one spelling.

    `size`: bytes of result and columns, for the limit of what is kept of a graph.
    """
    run(f"""
    create table graph_results (
        workspace_id uuid not null,
        id uuid not null,
        graph_id uuid not null,
        version bigint not null,
        operation text collate "C" not null check (operation in ({OPERATIONS})),
        params_hash bytea not null,
        params jsonb not null,
        result jsonb,
        size bigint not null default 0,
        seconds double precision,
        job_id uuid,
        created_at timestamptz not null default elci_now(),
        computed_at timestamptz,
        used_at timestamptz not null default elci_now(),
        primary key (workspace_id, id),
        constraint graph_results_graph_fkey foreign key (workspace_id, graph_id)
            references graphs (workspace_id, id) on delete cascade
    );
    -- serves: the answer to a question that was asked before; one row for who ask at once; a graph's results
    create unique index graph_results_key
        on graph_results (workspace_id, graph_id, version, operation, params_hash);
    """)
    wall("graph_results")


def columns() -> None:
    """Numbers of each node or row, of which a page is read from the middle: not compressed."""
    run("""
    create table graph_columns (
        workspace_id uuid not null,
        result_id uuid not null,
        name text collate "C" not null,
        data bytea not null,
        -- serves: reading a column, whole or in part
        primary key (workspace_id, result_id, name),
        constraint graph_columns_result_fkey foreign key (workspace_id, result_id)
            references graph_results (workspace_id, id) on delete cascade
    );
    alter table graph_columns alter column data set storage external;
    """)
    wall("graph_columns")


def versions() -> None:
    """Places of nodes are a version's own, so a result goes when another version takes its place."""
    run("""
    create function drop_graph_results() returns trigger language plpgsql as $$
    begin
        delete from graph_results
        where workspace_id = new.workspace_id and graph_id = new.id and version <> new.version;
        return null;
    end $$;
    create trigger graphs_version after update of version on graphs
        for each row when (old.version is distinct from new.version) execute function drop_graph_results();
    """)
