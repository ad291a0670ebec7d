"""What is held for a review, and why."""

revision = "0024_reviews"
down_revision = "0023_inbound"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass
