"""What trees and reports of referrals read."""

revision = "0048_referral_trees"
down_revision = "0047_consents"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass
