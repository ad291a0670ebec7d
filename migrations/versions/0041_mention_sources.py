"""Where mentions come from: sources, feeds and what they sent."""

revision = "0041_mention_sources"
down_revision = "0040_mentions"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass
