"""What a partner's own view reads."""

revision = "0030_partner_view"
down_revision = "0029_applications"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass
