"""Sums that lists and boards read."""

revision = "0055_obligation_sums"
down_revision = "0054_points"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass
