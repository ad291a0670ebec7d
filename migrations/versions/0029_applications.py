"""Applications to programs, and the terms that were accepted."""

revision = "0029_applications"
down_revision = "0028_partner_people"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass
