"""What speaks for a referral that is made up."""

revision = "0050_referral_evidence"
down_revision = "0049_advocacy_reports"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass
