"""What points are called and worth, and rewards that follow an order's net."""

revision = "0054_points"
down_revision = "0053_reviews"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass
