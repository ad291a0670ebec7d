"""Advocates, their referrals and rewards."""

revision = "0045_advocacy"
down_revision = "0044_emv"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass
