"""Hosted pages of programs."""

from migrations.helpers import entry, run

revision = "0038_program_pages"
down_revision = "0037_shared_accounts"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Whoever opens a program's page has named no workspace. Whether it is shown, the program says itself.
    run("""
    -- serves: entry.find_program
    create index programs_id on programs (id);
    create function entry.find_program(uuid)
        returns table (workspace_id uuid, id uuid, locale text)
        language sql stable security definer set search_path = pg_catalog, public, pg_temp
        as $$
            select p.workspace_id, p.id, w.locale
            from programs p join workspaces w on w.id = p.workspace_id
            where p.id = $1
        $$;
    """)
    entry("entry.find_program(uuid)")
