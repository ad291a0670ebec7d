"""What is earned by clicks and goals over a span of time."""

revision = "0026_earnings"
down_revision = "0025_comparisons"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass
