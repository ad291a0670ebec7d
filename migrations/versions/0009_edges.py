"""Who mentions, follows and works with whom."""

revision = "0009_edges"
down_revision = "0008_content"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass
