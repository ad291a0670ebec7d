"""Comparisons of attribution models that were computed."""

revision = "0025_comparisons"
down_revision = "0024_reviews"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass
