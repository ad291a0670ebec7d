"""Finished collaborations, and the models that learn from them."""

revision = "0010_outcomes"
down_revision = "0009_edges"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass
