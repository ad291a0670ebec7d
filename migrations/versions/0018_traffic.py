"""What is counted of clicks, and by which rules they count."""

revision = "0018_traffic"
down_revision = "0017_clicks"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass
