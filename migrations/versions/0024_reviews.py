"""What is held for a review, and why."""

from migrations.helpers import entry, run, wall

revision = "0024_reviews"
down_revision = "0023_inbound"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _rules()
    _flags()
    _evidence()
    wall("review_rules", rights="select, insert")
    wall("review_flags", rights="select, insert, update")
    wall("review_decisions", rights="select, insert")
    wall("review_findings", rights="select, insert, update")
    wall("review_visits")
    entry("entry.reviewed_workspaces(timestamptz)")


def _rules() -> None:
    """Each version stays: what was decided when, and by whom."""
    run("""
    create table review_rules (
        workspace_id uuid not null references workspaces (id),
        version integer not null check (version > 0),
        rules jsonb not null,
        created_by text not null,
        created_at timestamptz not null default elci_now(),
        -- serves: the newest version, and all of them
        primary key (workspace_id, version)
    );
    """)


def _flags() -> None:
    # A hold has no row of its own: it is all flags of one group, whose id is made of the group's name. So
    # orders that come at once and share a group don't wait for each other, nor lock each other out.
    run("""
    create table review_flags (
        workspace_id uuid not null,
        conversion_id uuid not null,
        hold_id uuid not null,
        partner_id uuid not null,
        code text collate "C" not null,
        "group" text collate "C" not null,
        evidence jsonb not null,
        created_at timestamptz not null default elci_now(),
        ended_at timestamptz,
        -- serves: what an order is looked at for
        primary key (workspace_id, conversion_id, hold_id),
        constraint review_flags_conversion_fkey foreign key (workspace_id, conversion_id)
            references conversions (workspace_id, id),
        constraint review_flags_partner_fkey foreign key (workspace_id, partner_id)
            references partners (workspace_id, id)
    );
    -- serves: a hold's orders, and GET /v1/holds
    create index review_flags_hold on review_flags (workspace_id, hold_id, conversion_id);
    -- serves: GET /v1/holds?partner_id=
    create index review_flags_partner on review_flags (workspace_id, partner_id, hold_id);

    create table review_decisions (
        workspace_id uuid not null references workspaces (id),
        hold_id uuid not null,
        n integer not null check (n > 0),
        status text not null check (status in ('released', 'confirmed')),
        reason text not null,
        created_by text not null,
        created_at timestamptz not null default elci_now(),
        -- serves: what was decided of a hold, in order
        primary key (workspace_id, hold_id, n)
    );

    -- What many orders together have shown: it takes in those of the partner (and coupon) of that time.
    create table review_findings (
        workspace_id uuid not null references workspaces (id),
        id uuid not null,
        code text collate "C" not null check (code in ('conversion_rate', 'velocity', 'leaked_coupon')),
        partner_id uuid not null,
        coupon text collate "C",
        "group" text collate "C" not null,
        since timestamptz not null,
        until timestamptz,
        evidence jsonb not null,
        created_at timestamptz not null default elci_now(),
        ended_at timestamptz,
        primary key (workspace_id, id),
        constraint review_findings_partner_fkey foreign key (workspace_id, partner_id)
            references partners (workspace_id, id)
    );
    -- serves: what takes in an order; the same thing found once
    create unique index review_findings_standing
        on review_findings (workspace_id, partner_id, code, since, coupon) nulls not distinct
        where ended_at is null;
    """)


def _evidence() -> None:
    # The device that an order was clicked with. Its number can't be told from another day's.
    run("""
    create table review_visits (
        workspace_id uuid not null,
        conversion_id uuid not null,
        partner_id uuid not null,
        visitor bytea not null check (octet_length(visitor) = 16),
        own boolean not null,
        created_at timestamptz not null default elci_now(),
        primary key (workspace_id, conversion_id, partner_id),
        constraint review_visits_conversion_fkey foreign key (workspace_id, conversion_id)
            references conversions (workspace_id, id)
    );
    -- serves: who else bought with a device on its day
    create index review_visits_device on review_visits (workspace_id, visitor, partner_id);

    -- serves: what else a device clicked on its day
    create index clicks_of_visitor on clicks (workspace_id, visitor, clicked_at) where visitor is not null;
    -- serves: the cart that a device had before a click
    create index site_events_carts on site_events (workspace_id, visitor, occurred_at)
        where visitor is not null and name in ('add_to_cart', 'begin_checkout');

    -- Spellings of one mailbox are one: case is folded already, +tag and Gmail's dots go.
    alter table partners add column mailbox text collate "C" generated always as (
        case when split_part(email_key, '@', 2) in ('gmail.com', 'googlemail.com')
            then replace(split_part(split_part(email_key, '@', 1), '+', 1), '.', '') || '@gmail.com'
            else split_part(split_part(email_key, '@', 1), '+', 1) || '@' || split_part(email_key, '@', 2)
        end
    ) stored;
    -- serves: partners with one mailbox
    create index partners_mailbox on partners (workspace_id, mailbox) where mailbox is not null;

    create function entry.reviewed_workspaces(since timestamptz) returns setof uuid
    language sql stable security definer set search_path = public, pg_temp
    as $$
        select w.id from workspaces w where exists (
            select from conversions c where c.workspace_id = w.id and c.occurred_at >= since
        )
    $$;
    """)
