"""What attribution looks for, and comparisons of its models that were computed."""

from migrations.helpers import run, wall

revision = "0025_comparisons"
down_revision = "0024_reviews"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _evidence()
    _comparisons()


def _evidence() -> None:
    # A cart's token opens the cart in some shops: only its digest is kept.
    run("""
    -- serves: other clicks of a visitor, on the day of one that an order names
    create index clicks_visitor on clicks (workspace_id, visitor, clicked_at) where visitor is not null;

    alter table site_events add column token_key bytea check (octet_length(token_key) = 32);
    -- serves: the click of the cart that an order was placed from
    create index site_events_token on site_events (workspace_id, token_key) where token_key is not null;

    -- serves: how often a coupon with a limit was used
    create index conversion_touches_coupon on conversion_touches (workspace_id, coupon_id)
        where coupon_id is not null;
    """)


def _comparisons() -> None:
    """`key`: of the question and of what its answer rests on; `body`: null as long as the job computes."""
    run("""
    create table comparisons (
        workspace_id uuid not null references workspaces (id),
        key bytea not null check (octet_length(key) = 32),
        question jsonb not null,
        body bytea,
        job_id uuid,
        created_at timestamptz not null default elci_now(),
        computed_at timestamptz,
        -- serves: the answer to a question asked before; one row for who ask at once
        primary key (workspace_id, key),
        check ((body is null) = (computed_at is null))
    );
    -- serves: the purge of old answers
    create index comparisons_time on comparisons (workspace_id, created_at);
    """)
    wall("comparisons")
