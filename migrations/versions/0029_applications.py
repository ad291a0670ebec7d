"""Changes nothing: the number is taken in databases that were upgraded by it."""

revision = "0029_applications"
down_revision = "0028_partner_people"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass
