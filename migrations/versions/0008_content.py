"""Texts as vectors, and the words that a brand does not want to stand beside."""

revision = "0008_content"
down_revision = "0007_follower_samples"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass
