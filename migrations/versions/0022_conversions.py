"""Orders, sign-ups and bookings: what was told of each, what it is now, and who brought it."""

from migrations.helpers import entry, run, wall

revision = "0022_conversions"
down_revision = "0021_ledger"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # A conversion is the fold of its reports: which of two comes first changes nothing. `net` is what a
    # percentage is taken of. Customers are known by keyed hashes only.
    run("""
    create table customers (
        workspace_id uuid not null references workspaces (id),
        id uuid not null,
        created_at timestamptz not null default elci_now(),
        primary key (workspace_id, id)
    );

    create table customer_keys (
        workspace_id uuid not null,
        key bytea not null check (octet_length(key) = 32),
        kind text not null check (kind in ('external', 'email')),
        customer_id uuid not null,
        -- serves: the customer of an order
        primary key (workspace_id, key),
        constraint customer_keys_customer_fkey foreign key (workspace_id, customer_id)
            references customers (workspace_id, id) on delete cascade
    );
    -- serves: an erasure
    create index customer_keys_customer on customer_keys (workspace_id, customer_id);

    create table conversions (
        workspace_id uuid not null references workspaces (id),
        id uuid not null,
        shop text collate "C" not null default '',
        kind text collate "C" not null check (kind in ('sale', 'lead', 'signup', 'booking', 'custom')),
        external_id text not null,
        status text not null check (status in ('open', 'confirmed', 'cancelled')),
        test boolean not null default false,
        amount bigint not null,
        currency text collate "C" not null,
        net bigint not null,
        net_basis text not null,
        net_lines bigint,
        net_order bigint,
        refunded bigint not null default 0,
        tax bigint,
        shipping bigint,
        shipping_tax bigint,
        fees bigint,
        discount bigint,
        lines jsonb not null default '[]',
        coupons text[] not null default '{}',
        clicks text[] not null default '{}',
        tokens text[] not null default '{}',
        country text collate "C",
        referrer text,
        landing jsonb not null default '{}',
        customer_id uuid,
        domain bytea check (octet_length(domain) = 32),
        told_new boolean,
        is_new boolean,
        channel text collate "C" not null,
        integration_id uuid,
        verified boolean not null,
        conflicts jsonb not null default '[]',
        occurred_at timestamptz not null,
        delivered_at timestamptz,
        cancelled_at timestamptz,
        paid_at timestamptz,
        merged_into uuid,
        partner_id uuid,
        attribution jsonb,
        reassigned jsonb,
        settled_at timestamptz,
        version integer not null default 1,
        created_at timestamptz not null default elci_now(),
        updated_at timestamptz not null default elci_now(),
        -- serves: a conversion, and GET /v1/conversions, newest first (ids rise with time)
        primary key (workspace_id, id),
        constraint conversions_customer_fkey foreign key (workspace_id, customer_id)
            references customers (workspace_id, id) on delete set null (customer_id)
    );
    -- serves: reports and comparisons over a span of time
    create index conversions_time on conversions (workspace_id, occurred_at, id);
    -- serves: GET /v1/conversions?partner_id=
    create index conversions_partner on conversions (workspace_id, partner_id, occurred_at, id)
        where partner_id is not null;
    -- serves: new or returning; the bond of a customer
    create index conversions_customer on conversions (workspace_id, customer_id, occurred_at)
        where customer_id is not null;

    create table conversion_refs (
        workspace_id uuid not null,
        shop text collate "C" not null,
        ref text collate "C" not null,
        kind text collate "C" not null,
        conversion_id uuid not null,
        -- serves: the order that a report, a refund or a payment is about; each order once
        primary key (workspace_id, shop, ref, kind),
        constraint conversion_refs_conversion_fkey foreign key (workspace_id, conversion_id)
            references conversions (workspace_id, id)
    );
    -- serves: what an order is known by
    create index conversion_refs_conversion on conversion_refs (workspace_id, conversion_id);

    create table conversion_reports (
        workspace_id uuid not null,
        conversion_id uuid not null,
        digest bytea not null check (octet_length(digest) = 32),
        id uuid not null,
        channel text collate "C" not null,
        verified boolean not null,
        source text collate "C" not null,
        integration_id uuid,
        kind text collate "C" not null check (kind in ('order', 'cancellation', 'payment')),
        report jsonb not null,
        stated_at timestamptz,
        received_at timestamptz not null default elci_now(),
        -- serves: the history of an order; the same report counts once
        primary key (workspace_id, conversion_id, digest),
        constraint conversion_reports_conversion_fkey foreign key (workspace_id, conversion_id)
            references conversions (workspace_id, id)
    );

    -- What can't make an order by itself (a cancellation, a payment, a change) waits for it here.
    create table early_reports (
        workspace_id uuid not null references workspaces (id),
        shop text collate "C" not null,
        digest bytea not null check (octet_length(digest) = 32),
        id uuid not null,
        refs text[] not null,
        channel text collate "C" not null,
        verified boolean not null,
        source text collate "C" not null,
        integration_id uuid,
        kind text collate "C" not null check (kind in ('order', 'cancellation', 'payment')),
        report jsonb not null,
        stated_at timestamptz,
        received_at timestamptz not null default elci_now(),
        -- serves: the same report waits once
        primary key (workspace_id, shop, digest)
    );
    -- serves: what waits for an order that comes
    create index early_reports_refs on early_reports using gin (refs);

    create table refunds (
        workspace_id uuid not null references workspaces (id),
        id uuid not null,
        shop text collate "C" not null,
        external_id text collate "C" not null,
        conversion_id uuid,
        refs text[] not null,
        amount bigint not null check (amount >= 0),
        currency text collate "C" not null,
        cumulative boolean not null,
        channel text collate "C" not null,
        verified boolean not null,
        reason text,
        occurred_at timestamptz not null,
        created_at timestamptz not null default elci_now(),
        primary key (workspace_id, id),
        constraint refunds_conversion_fkey foreign key (workspace_id, conversion_id)
            references conversions (workspace_id, id)
    );
    -- serves: a refund that is told twice
    create unique index refunds_external on refunds (workspace_id, shop, external_id);
    -- serves: the refunds of an order
    create index refunds_conversion on refunds (workspace_id, conversion_id) where conversion_id is not null;
    -- serves: refunds that wait for their order
    create index refunds_early on refunds using gin (refs) where conversion_id is null;

    -- A click that an order names, or a cart that a page may name, which isn't known yet.
    create table conversion_waits (
        workspace_id uuid not null,
        conversion_id uuid not null,
        evidence text collate "C" not null,
        created_at timestamptz not null default elci_now(),
        primary key (workspace_id, conversion_id, evidence),
        constraint conversion_waits_conversion_fkey foreign key (workspace_id, conversion_id)
            references conversions (workspace_id, id)
    );

    create table conversion_touches (
        workspace_id uuid not null,
        conversion_id uuid not null,
        n smallint not null,
        kind text not null check (kind in ('click', 'coupon', 'bond', 'manual')),
        partner_id uuid,
        link_id uuid,
        coupon_id uuid,
        click_id uuid,
        campaign_id uuid,
        at timestamptz not null,
        share numeric not null default 0 check (share between 0 and 1),
        -- serves: who had a part in an order, in the order of time
        primary key (workspace_id, conversion_id, n),
        constraint conversion_touches_conversion_fkey foreign key (workspace_id, conversion_id)
            references conversions (workspace_id, id)
    );
    -- serves: a partner's conversions
    create index conversion_touches_partner on conversion_touches (workspace_id, partner_id, at)
        where partner_id is not null;
    """)
    run("""
    create function entry.waiting_workspaces() returns setof uuid
    language sql stable security definer set search_path = public, pg_temp
    as $$ select distinct workspace_id from conversion_waits $$;
    """)
    entry("entry.waiting_workspaces()")
    for table in (
        "customers",
        "customer_keys",
        "conversions",
        "conversion_refs",
        "conversion_reports",
        "early_reports",
        "refunds",
        "conversion_waits",
        "conversion_touches",
    ):
        wall(table)
