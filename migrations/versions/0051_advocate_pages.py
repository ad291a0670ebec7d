"""Pages on which advocates join, and what they see of their own."""

revision = "0051_advocate_pages"
down_revision = "0050_referral_evidence"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass
