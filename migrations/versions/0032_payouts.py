"""Payouts, where they go, and statements."""

revision = "0032_payouts"
down_revision = "0031_partner_figures"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass
