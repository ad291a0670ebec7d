"""Reach plans, as they were asked for and answered."""

revision = "0015_plans"
down_revision = "0014_computations"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass
