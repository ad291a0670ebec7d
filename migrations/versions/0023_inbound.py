"""Integrations, and what they deliver."""

revision = "0023_inbound"
down_revision = "0022_conversions"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass
