"""What partners have of their own beside their log-in."""

revision = "0028_partner_people"
down_revision = "0027_partner_access"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass
