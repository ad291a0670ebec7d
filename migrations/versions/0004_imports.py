"""Imports: what was uploaded, how it was read, what was taken in and what was not."""

from migrations.helpers import entry, run, wall

revision = "0004_imports"
down_revision = "0003_influencers"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Progress is the job's; the file lies in chunks until the end, so that any worker can run the import."""
    run("""
    create table imports (
        workspace_id uuid not null references workspaces (id),
        id uuid not null,
        -- Null as long as the body arrives: such an import is shown to nobody.
        job_id uuid,
        -- How it ended. Until then the job says how it stands; jobs are dropped 90 days after their end.
        status text check (status in ('succeeded', 'failed', 'cancelled')),
        kind text collate "C" not null,
        filename text,
        size bigint not null default 0,
        sha256 bytea,
        -- format, platform, as_of, shop, sheet, mapping, source, legal_basis, dry_run, as asked for.
        options jsonb not null,
        -- When these bytes were first uploaded: the moment of figures for which nothing names a day.
        first_seen_at timestamptz,
        created_by text collate "C" not null,
        created_at timestamptz not null default elci_now(),
        -- What was found in the file, and what became of its rows.
        format text,
        encoding text,
        sheet text,
        header_row integer,
        columns jsonb not null default '[]',
        warnings jsonb not null default '[]',
        sample jsonb not null default '[]',
        read bigint not null default 0,
        created bigint not null default 0,
        updated bigint not null default 0,
        unchanged bigint not null default 0,
        rejected bigint not null default 0,
        suppressed bigint not null default 0,
        -- serves: one import, and the list of them, which is in order of ids
        primary key (workspace_id, id)
    );
    -- serves: the first upload of the same bytes
    create index imports_same_bytes on imports (workspace_id, sha256, first_seen_at) where sha256 is not null;
    -- serves: the sweep, which looks for uploads that were broken off
    create index imports_arriving on imports (created_at) where job_id is null;

    create table import_chunks (
        workspace_id uuid not null,
        import_id uuid not null,
        position integer not null,
        data bytea not null,
        -- serves: reading an upload in order
        primary key (workspace_id, import_id, position),
        constraint import_chunks_import_fkey foreign key (workspace_id, import_id)
            references imports (workspace_id, id) on delete cascade
    );
    -- Compressing what is read once and dropped costs more than it saves.
    alter table import_chunks alter column data set storage external;

    create table import_rejects (
        workspace_id uuid not null,
        import_id uuid not null,
        position integer not null,
        "row" bigint not null,
        "column" text,
        value text,
        code text collate "C" not null,
        reason text not null,
        -- serves: GET /v1/imports/{id}/rejects, in the file's order
        primary key (workspace_id, import_id, position),
        constraint import_rejects_import_fkey foreign key (workspace_id, import_id)
            references imports (workspace_id, id) on delete cascade
    );

    -- Uploads that were broken off, files whose import has ended, and what was quoted from files long ago.
    create function entry.sweep_imports() returns void
    language sql volatile security definer set search_path = public, pg_temp
    as $$
        delete from imports where job_id is null and created_at < elci_now() - interval '6 hours';
        delete from import_chunks c using imports i
        where i.workspace_id = c.workspace_id and i.id = c.import_id and i.job_id is not null
          and not exists (select from jobs j where j.workspace_id = i.workspace_id and j.id = i.job_id
                          and j.status in ('queued', 'running'));
        update import_rejects r set value = null from imports i
        where i.workspace_id = r.workspace_id and i.id = r.import_id and r.value is not null
          and i.created_at < elci_now() - interval '30 days';
        update imports set sample = '[]'
        where sample <> '[]' and created_at < elci_now() - interval '30 days';
    $$;
    """)
    entry("entry.sweep_imports()")
    for table in ("imports", "import_chunks", "import_rejects"):
        wall(table)
