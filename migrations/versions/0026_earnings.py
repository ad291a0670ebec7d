"""What is earned by clicks and goals over a span of time."""

from migrations.helpers import entry, run, wall

revision = "0026_earnings"
down_revision = "0025_comparisons"
branch_labels = None
depends_on = None


def upgrade() -> None:
    run("""
    create table earning_marks (
        workspace_id uuid not null references workspaces (id),
        goals_until timestamptz not null,
        -- serves: how far changes have been looked at for goals
        primary key (workspace_id)
    );

    create function entry.earning_workspaces() returns setof uuid
    language sql stable security definer set search_path = public, pg_temp
    as $$
        select distinct workspace_id from program_terms
        where terms -> 'rules' @> '[{"kind": "click"}]' or jsonb_array_length(terms -> 'bonuses') > 0
    $$;
    """)
    wall("earning_marks", rights="select, insert, update")
    entry("entry.earning_workspaces()")
