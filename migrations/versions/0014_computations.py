"""What was computed of a graph's version, kept for whoever asks again."""

revision = "0014_computations"
down_revision = "0013_graphs"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass
