"""Applications to programs, the terms that were accepted, notices that were sent."""

revision = "0033_applications"
down_revision = "0032_payouts"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass
