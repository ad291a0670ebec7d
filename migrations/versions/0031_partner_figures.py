"""A partner's figures."""

revision = "0031_partner_figures"
down_revision = "0030_partner_view"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass
