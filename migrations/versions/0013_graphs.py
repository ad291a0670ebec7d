"""Reach graphs: their arrays, their versions, their uploads."""

revision = "0013_graphs"
down_revision = "0012_followers"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass
