"""Links, coupons, and the bare record of a partner."""

revision = "0016_links"
down_revision = "0015_plans"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass
