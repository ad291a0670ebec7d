"""Earned media value by versioned tables of rates."""

revision = "0044_emv"
down_revision = "0043_alerts"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass
