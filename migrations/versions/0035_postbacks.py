"""Partners' postbacks and their deliveries."""

revision = "0035_postbacks"
down_revision = "0034_claims"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass
