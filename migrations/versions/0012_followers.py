"""Who follows or likes an account, as sets of people known only by keyed hashes."""

revision = "0012_followers"
down_revision = "0011_history"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass
