"""What points are called and worth, and rewards that follow an order's net."""

from migrations.helpers import run

revision = "0054_points"
down_revision = "0053_reviews"
branch_labels = None
depends_on = None


def upgrade() -> None:
    run("""
    -- serves: GET /v1/rewards/obligations, what open points will cost in money
    create index rewards_open_points on rewards (workspace_id, program_id, earned_at)
        include (amount, refunded, total) where kind = 'points' and status in ('pending', 'on_hold');
    """)
