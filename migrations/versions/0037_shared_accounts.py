"""Orders of customers who share a payout account with a partner."""

revision = "0037_shared_accounts"
down_revision = "0036_partner_days"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass
