"""Earned media value by versioned tables of rates."""

from migrations.helpers import run, wall

revision = "0044_emv"
down_revision = "0043_alerts"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """A version is never changed: a figure made by it can be made again. Only `archived_at` is ever set."""
    run("""
    create table emv_rate_tables (
        workspace_id uuid not null references workspaces (id),
        id uuid not null,
        name text not null,
        version integer not null,
        currency text collate "C" not null,
        exposure text collate "C" not null check (exposure in ('views_first', 'impressions_first', 'both')),
        as_of date not null,
        source text not null,
        rates jsonb not null,
        created_by text not null,
        created_at timestamptz not null default elci_now(),
        archived_at timestamptz,
        -- serves: one version, the list of them, the newest that is in use
        primary key (workspace_id, id)
    );
    -- serves: the next version of a name, each number once
    create unique index emv_rate_tables_version on emv_rate_tables (workspace_id, lower(name), version);
    """)
    wall("emv_rate_tables", rights="select, insert, update (archived_at)")
