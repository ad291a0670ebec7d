"""Pools of vouchers, each code given once."""

revision = "0046_vouchers"
down_revision = "0045_advocacy"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass
