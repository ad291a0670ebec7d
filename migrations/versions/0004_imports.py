"""Imports: what was uploaded, how it was read, what was taken in and what was not."""

from migrations.helpers import run, wall

revision = "0004_imports"
down_revision = "0003_influencers"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Status and progress are the job's; the file lies in chunks until the end, so that any worker can run it."""
    run("""
    create table imports (
        workspace_id uuid not null references workspaces (id),
        id uuid not null,
        job_id uuid,
        kind text not null,
        filename text,
        size bigint,
        sha256 bytea,
        -- format, platform, as_of, sheet, mapping, source, legal_basis, dry_run: as asked for.
        options jsonb not null,
        -- The day of the figures: given, from the file's name, else the first upload of the same bytes.
        as_of timestamptz,
        created_by text not null,
        created_at timestamptz not null default elci_now(),
        -- What was found: columns with their fields, warnings, the first rows, counts.
        format text,
        encoding text,
        sheet text,
        columns jsonb not null default '[]',
        warnings jsonb not null default '[]',
        sample jsonb not null default '[]',
        read bigint not null default 0,
        created bigint not null default 0,
        updated bigint not null default 0,
        unchanged bigint not null default 0,
        rejected bigint not null default 0,
        suppressed bigint not null default 0,
        primary key (workspace_id, id)
    );
    -- serves: the first upload of the same bytes
    create index imports_same_bytes on imports (workspace_id, sha256, created_at) where sha256 is not null;

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
    alter table import_chunks alter column data set storage external;

    create table import_rejects (
        workspace_id uuid not null,
        import_id uuid not null,
        position bigint not null,
        row bigint not null,
        "column" text,
        value text,
        code text not null,
        reason text not null,
        -- serves: GET /v1/imports/{id}/rejects, in the file's order
        primary key (workspace_id, import_id, position),
        constraint import_rejects_import_fkey foreign key (workspace_id, import_id)
            references imports (workspace_id, id) on delete cascade
    );
    """)
    for table in ("imports", "import_chunks", "import_rejects"):
        wall(table)
