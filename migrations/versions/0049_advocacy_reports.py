"""What reports of advocacy read."""

revision = "0049_advocacy_reports"
down_revision = "0048_referral_trees"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass
