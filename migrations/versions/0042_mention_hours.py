"""Figures of mentions by hour."""

revision = "0042_mention_hours"
down_revision = "0041_mention_sources"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass
