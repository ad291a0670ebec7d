"""What points are called and worth, and rewards that follow an order's net."""

from migrations.helpers import app_role, run

revision = "0054_points"
down_revision = "0053_reviews"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # A reward that is a rate of an order follows its net until it can be used; the ledger is posted the
    # difference, and the triggers of reward_sums count it.
    run(f"grant update (amount) on rewards to {app_role()}")
    run("""
    -- serves: GET /v1/rewards/obligations, what open points will cost in money
    create index rewards_open_points on rewards (workspace_id, program_id, earned_at)
        include (amount, refunded, total) where kind = 'points' and status in ('pending', 'on_hold');
    """)
