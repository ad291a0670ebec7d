"""Scores as they were, with what they were made of."""

revision = "0011_history"
down_revision = "0010_outcomes"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass
