"""Overlap and reach of large lists, kept for whoever asks again."""

from migrations.helpers import run, wall

revision = "0019_reach_answers"
down_revision = "0018_traffic"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """`key`: of the question and of all that its answer rests on; `body` is null as long as the job computes.

    body: the answer as JSON; cells: people in both of two audiences, packed and not compressed again.
    """
    run("""
    create table reach_answers (
        workspace_id uuid not null,
        shortlist_id uuid not null,
        key bytea not null check (octet_length(key) = 32),
        question jsonb not null,
        body bytea,
        cells bytea,
        job_id uuid,
        created_at timestamptz not null default elci_now(),
        computed_at timestamptz,
        -- serves: the answer to a question asked before; one row for who ask at once; those of a list
        primary key (workspace_id, shortlist_id, key),
        constraint reach_answers_shortlist_fkey foreign key (workspace_id, shortlist_id)
            references shortlists (workspace_id, id) on delete cascade,
        check ((body is null) = (computed_at is null))
    );
    alter table reach_answers alter column cells set storage external;
    """)
    wall("reach_answers")
