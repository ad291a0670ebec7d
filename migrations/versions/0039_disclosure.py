"""Disclosure of advertising."""

revision = "0039_disclosure"
down_revision = "0038_program_pages"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass
