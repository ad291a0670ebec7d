"""Figures of partners by day, for every basis of a date."""

revision = "0036_partner_days"
down_revision = "0035_postbacks"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass
