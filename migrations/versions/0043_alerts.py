"""Alerts, their rules, and approved statements."""

revision = "0043_alerts"
down_revision = "0042_mention_hours"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass
