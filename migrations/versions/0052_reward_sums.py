"""Sums of rewards, and redemptions that are taken back."""

revision = "0052_reward_sums"
down_revision = "0051_advocate_pages"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass
