"""Hosted pages of programs."""

revision = "0038_program_pages"
down_revision = "0037_shared_accounts"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass
