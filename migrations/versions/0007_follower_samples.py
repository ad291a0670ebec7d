"""What follower samples say of an account."""

revision = "0007_follower_samples"
down_revision = "0006_shortlists"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass
