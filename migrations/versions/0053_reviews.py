"""Customers' reviews and ratings."""

revision = "0053_reviews"
down_revision = "0052_reward_sums"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass
