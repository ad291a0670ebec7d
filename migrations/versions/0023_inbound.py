"""Integrations, what they deliver, and what marketplaces' panels report."""

from migrations.helpers import entry, partner_wall, run, wall

revision = "0023_inbound"
down_revision = "0022_conversions"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _integrations()
    _codes()
    _deliveries()
    _entries()
    _reported()


def _integrations() -> None:
    # The token is looked up by its digest and shown again to who may write: so both are kept, one sealed.
    run("""
    create table integrations (
        workspace_id uuid not null references workspaces (id),
        id uuid not null,
        kind text collate "C" not null check (kind in (
            'shopify', 'woocommerce', 'stripe', 'ikas', 'ideasoft', 'iyzico', 'ga4', 'meta', 'generic'
        )),
        name text not null,
        shop text collate "C" not null default '',
        token_digest bytea not null check (octet_length(token_digest) = 32),
        token_sealed bytea not null,
        aliases jsonb not null default '{}',
        refused_at timestamptz,
        refused_why text,
        version integer not null default 1,
        created_at timestamptz not null default elci_now(),
        updated_at timestamptz not null default elci_now(),
        archived_at timestamptz,
        -- serves: an integration, and GET /v1/integrations, newest first (ids rise with time)
        primary key (workspace_id, id)
    );
    -- serves: entry.find_integration
    create unique index integrations_token on integrations (token_digest);

    create table integration_secrets (
        workspace_id uuid not null,
        integration_id uuid not null,
        id uuid not null,
        sealed bytea not null,
        created_at timestamptz not null default elci_now(),
        expires_at timestamptz,
        -- serves: the secrets that a signature is checked with
        primary key (workspace_id, integration_id, id),
        constraint integration_secrets_integration_fkey foreign key (workspace_id, integration_id)
            references integrations (workspace_id, id) on delete cascade
    );
    """)
    wall("integrations")
    wall("integration_secrets")


def _codes() -> None:
    # Checkouts of Stripe name promotion codes by their ids only; an event of their own tells the text.
    run("""
    create table promotion_codes (
        workspace_id uuid not null,
        integration_id uuid not null,
        id text collate "C" not null,
        code text not null,
        learned_at timestamptz not null default elci_now(),
        -- serves: the codes that a checkout names
        primary key (workspace_id, integration_id, id),
        constraint promotion_codes_integration_fkey foreign key (workspace_id, integration_id)
            references integrations (workspace_id, id) on delete cascade
    );
    """)
    wall("promotion_codes")


def _deliveries() -> None:
    # `people` are keyed hashes of the addresses and customer numbers inside: an erasure finds the bodies by
    # them. They go with the body.
    run("""
    create table inbound_deliveries (
        workspace_id uuid not null,
        id uuid not null,
        integration_id uuid not null,
        digest bytea not null check (octet_length(digest) = 32),
        topic text collate "C" not null,
        method text collate "C" not null,
        headers jsonb,
        query text,
        body bytea,
        size integer not null,
        verified boolean not null,
        test boolean not null default false,
        status text collate "C" not null default 'received' check (status in (
            'received', 'processed', 'ignored', 'needs_fetch', 'quarantined', 'failed'
        )),
        why text collate "C",
        outcomes jsonb not null default '[]',
        people bytea[] not null default '{}',
        attempts smallint not null default 0,
        due_at timestamptz not null default elci_now(),
        received_at timestamptz not null default elci_now(),
        processed_at timestamptz,
        -- serves: a delivery
        primary key (workspace_id, id),
        constraint inbound_deliveries_integration_fkey foreign key (workspace_id, integration_id)
            references integrations (workspace_id, id)
    );
    -- serves: the same delivery a second time
    create unique index inbound_deliveries_digest on inbound_deliveries
        (workspace_id, integration_id, digest);
    -- serves: GET /v1/integrations/{id}/deliveries, newest first; what came last
    create index inbound_deliveries_integration on inbound_deliveries (workspace_id, integration_id, id);
    -- serves: GET /v1/integrations/{id}/deliveries?status=quarantined and the like, which are few
    create index inbound_deliveries_open on inbound_deliveries (workspace_id, integration_id, status, id)
        where status in ('needs_fetch', 'quarantined', 'failed');
    -- serves: the job that reads what has come in; entry.waiting_inbound
    create index inbound_deliveries_waiting on inbound_deliveries (workspace_id, due_at, id)
        where status = 'received';
    -- serves: an erasure
    create index inbound_deliveries_people on inbound_deliveries using gin (people) where people <> '{}';
    -- serves: entry.clear_inbound
    create index inbound_deliveries_kept on inbound_deliveries (received_at) where headers is not null;
    -- serves: entry.drop_inbound
    create index inbound_deliveries_age on inbound_deliveries (received_at);
    """)
    wall("inbound_deliveries")


def _entries() -> None:
    run("""
    create function entry.find_integration(bytea) returns table (
        workspace_id uuid, id uuid, kind text, sealed bytea[], now timestamptz
    ) language sql stable security definer set search_path = public, pg_temp as $$
        select i.workspace_id, i.id, i.kind, array(
            select s.sealed from integration_secrets s
            where s.workspace_id = i.workspace_id and s.integration_id = i.id
              and (s.expires_at is null or s.expires_at > elci_now())
            order by s.id desc
        ), elci_now()
        from integrations i where i.token_digest = $1 and i.archived_at is null
    $$;

    create function entry.waiting_inbound() returns setof uuid
    language sql stable security definer set search_path = public, pg_temp as $$
        select distinct workspace_id from inbound_deliveries
        where status = 'received' and due_at <= elci_now()
    $$;

    create function entry.clear_inbound(age interval, most integer) returns bigint
    language sql volatile security definer set search_path = public, pg_temp as $$
        with gone as (
            update inbound_deliveries d set body = null, headers = null, query = null, people = '{}',
                outcomes = (
                    select coalesce(jsonb_agg(one - 'value' order by place), '[]')
                    from jsonb_array_elements(d.outcomes) with ordinality as each (one, place)
                )
            from (
                select workspace_id, id from inbound_deliveries
                where received_at < elci_now() - age and headers is not null
                order by received_at limit most for update skip locked
            ) old
            where d.workspace_id = old.workspace_id and d.id = old.id
            returning 1
        )
        select count(*) from gone
    $$;

    create function entry.drop_inbound(age interval, most integer) returns bigint
    language sql volatile security definer set search_path = public, pg_temp as $$
        with gone as (
            delete from inbound_deliveries d using (
                select workspace_id, id from inbound_deliveries
                where received_at < elci_now() - age order by received_at limit most for update skip locked
            ) old
            where d.workspace_id = old.workspace_id and d.id = old.id
            returning 1
        )
        select count(*) from gone
    $$;
    """)
    entry("entry.find_integration(bytea)")
    entry("entry.waiting_inbound()")
    entry("entry.clear_inbound(interval, integer)")
    entry("entry.drop_inbound(interval, integer)")


def _reported() -> None:
    # What a marketplace says of its own sales: nobody's orders, and never summed with them.
    run("""
    create table reported_totals (
        workspace_id uuid not null references workspaces (id),
        id uuid not null,
        network text collate "C" not null,
        shop text collate "C" not null default '',
        starts_on date not null,
        ends_on date not null,
        tracking_id text collate "C" not null default '',
        sub_id text collate "C" not null default '',
        campaign text collate "C" not null default '',
        product_id text collate "C" not null default '',
        reference text collate "C" not null default '',
        state text collate "C" not null default '',
        currency text collate "C" not null,
        clicks bigint,
        orders bigint,
        items bigint,
        sales bigint,
        returns bigint,
        commission bigint,
        link_id uuid,
        partner_id uuid,
        import_id uuid not null,
        created_at timestamptz not null default elci_now(),
        updated_at timestamptz not null default elci_now(),
        primary key (workspace_id, id),
        constraint reported_totals_days check (starts_on <= ends_on),
        constraint reported_totals_partner_fkey foreign key (workspace_id, partner_id)
            references partners (workspace_id, id)
    );
    -- serves: the same line of a panel a second time
    create unique index reported_totals_line on reported_totals (
        workspace_id, network, starts_on, ends_on, tracking_id, sub_id, campaign, product_id, reference,
        state, currency, shop
    );
    -- serves: GET /v1/reported and its totals, newest days first
    create index reported_totals_days on reported_totals (workspace_id, ends_on, id);
    -- serves: GET /v1/reported?partner_id=
    create index reported_totals_partner on reported_totals (workspace_id, partner_id, ends_on, id)
        where partner_id is not null;
    """)
    wall("reported_totals")
    partner_wall("reported_totals")
