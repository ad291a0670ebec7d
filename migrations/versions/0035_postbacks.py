"""Postbacks of partners: where they go, what was told, and what became of each delivery."""

from migrations.helpers import records_wall, run, wall

revision = "0035_postbacks"
down_revision = "0034_claims"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # `last_seq` numbers a postback's deliveries under the lock of its row: numbers rise as transactions
    # commit. `leased_by`: the message under which a worker delivers; nobody else does meanwhile.
    run("""
    create table postbacks (
        workspace_id uuid not null references workspaces (id),
        id uuid not null,
        partner_id uuid not null,
        name text,
        url text not null,
        method text not null check (method in ('GET', 'POST')),
        events text[] not null,
        secret bytea,
        last_seq bigint not null default 0,
        leased_by uuid,
        leased_until timestamptz,
        failing_since timestamptz,
        disabled_at timestamptz,
        disabled_reason text check (disabled_reason in ('by_partner', 'failing', 'gone')),
        created_by text not null,
        created_at timestamptz not null default elci_now(),
        updated_at timestamptz not null default elci_now(),
        -- serves: a postback
        primary key (workspace_id, id),
        constraint postbacks_partner_fkey foreign key (workspace_id, partner_id)
            references partners (workspace_id, id),
        constraint postbacks_disabled check ((disabled_at is null) = (disabled_reason is null))
    );
    -- serves: a partner's postbacks
    create index postbacks_partner on postbacks (workspace_id, partner_id, id);
    -- serves: whether anybody in a workspace is told anything
    create index postbacks_active on postbacks (workspace_id, partner_id) where disabled_at is null;

    create table postback_deliveries (
        workspace_id uuid not null,
        id uuid not null,
        postback_id uuid not null,
        partner_id uuid not null,
        seq bigint,
        event text collate "C" not null,
        event_id uuid not null,
        values jsonb not null,
        status text not null check (status in ('waiting', 'delivered', 'given_up')),
        attempts integer not null default 0,
        next_attempt_at timestamptz,
        tried_at timestamptz,
        took_ms integer,
        url text,
        status_code integer,
        answer text,
        error text collate "C",
        created_at timestamptz not null default elci_now(),
        finished_at timestamptz,
        -- serves: a delivery
        primary key (workspace_id, id),
        constraint postback_deliveries_postback_fkey foreign key (workspace_id, postback_id)
            references postbacks (workspace_id, id) on delete cascade
    );
    -- serves: a postback's deliveries, newest first (ids rise with time)
    create index postback_deliveries_of on postback_deliveries (workspace_id, postback_id, id);
    -- serves: the next delivery of a postback; each number once
    create unique index postback_deliveries_seq on postback_deliveries (workspace_id, postback_id, seq)
        where status = 'waiting';

    -- What a partner was told last of an order, a commission or a payout: only what differs is told.
    create table postback_told (
        workspace_id uuid not null,
        partner_id uuid not null,
        subject_id uuid not null,
        status text collate "C" not null,
        amount bigint not null,
        -- serves: what was told of a thing
        primary key (workspace_id, partner_id, subject_id),
        constraint postback_told_partner_fkey foreign key (workspace_id, partner_id)
            references partners (workspace_id, id)
    );
    """)
    for table in ("postbacks", "postback_deliveries", "postback_told"):
        wall(table)
        records_wall(table)
