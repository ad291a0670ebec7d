"""Consents, surveys, and what is promised."""

revision = "0047_consents"
down_revision = "0046_vouchers"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass
