"""Claims and questions of partners."""

revision = "0034_claims"
down_revision = "0033_applications"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass
