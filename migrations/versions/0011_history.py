"""Scores as they were, with what they were made of."""

from migrations.helpers import run

revision = "0011_history"
down_revision = "0010_outcomes"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _populations()


def _populations() -> None:
    """A run keeps more than its peers. Runs live for a week, and those of an older model are not read."""
    run("""
    alter table score_runs drop column peers;
    alter table score_runs add column populations jsonb not null default '{}';
    """)
