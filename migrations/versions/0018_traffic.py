"""What is counted of clicks, and by which rules they count."""

from migrations.helpers import entry, partner_wall, run, shared, wall

revision = "0018_traffic"
down_revision = "0017_clicks"
branch_labels = None
depends_on = None


def upgrade() -> None:
    salts()
    address_ranges()
    rules()
    statistics()
    site_events()


def salts() -> None:
    # Its dead rows are swept at once: a salt that is dropped shall not lie about in the file for long.
    run("""
        create table salts (
            day date primary key,
            salt bytea not null check (octet_length(salt) = 32),
            created_at timestamptz not null default elci_now()
        ) with (autovacuum_vacuum_threshold = 1, autovacuum_vacuum_scale_factor = 0);
    """)
    shared("salts", "select, insert, delete")


def address_ranges() -> None:
    """Lists that the operator imports, for all workspaces: packed, as they are read whole and looked up in
    memory."""
    run("""
        create table address_ranges (
            kind text collate "C" primary key check (kind in ('country', 'datacenter')),
            packed bytea not null,
            digest bytea not null,
            ranges integer not null check (ranges > 0),
            source text not null,
            imported_at timestamptz not null default elci_now()
        );
        alter table address_ranges alter column packed set storage external;
    """)
    shared("address_ranges")


def rules() -> None:
    """Each version stays: what was decided when, and by whom."""
    run("""
        create table click_rules (
            workspace_id uuid not null references workspaces (id),
            version integer not null check (version > 0),
            rules jsonb not null,
            created_by text not null,
            created_at timestamptz not null default elci_now(),
            -- serves: the newest version, and all of them
            primary key (workspace_id, version)
        );

        -- How signals of privacy are answered differs from the default in few workspaces.
        create function entry.click_privacy()
        returns table (workspace_id uuid, privacy jsonb)
        language sql stable security definer set search_path = public, pg_temp
        as $$
            select distinct on (r.workspace_id) r.workspace_id, r.rules -> 'privacy'
            from click_rules r order by r.workspace_id, r.version desc
        $$;
    """)
    wall("click_rules", rights="select, insert")
    entry("entry.click_privacy()")


def statistics() -> None:
    # Marks are rows of their own and never merged: a mark is written in the transaction of its clicks, and
    # who counts deletes the marks it has seen, so a click that comes meanwhile leaves a mark that stays.
    run("""
        create table click_marks (
            workspace_id uuid not null,
            id bigint not null generated always as identity,
            hour timestamptz not null,
            -- serves: the hours of a workspace that are not counted yet
            primary key (workspace_id, id)
        ) with (autovacuum_vacuum_scale_factor = 0.05);

        create function mark_click_hours() returns trigger
        language plpgsql set search_path = public, pg_temp
        as $$
        begin
            insert into click_marks (workspace_id, hour)
            select distinct workspace_id, date_trunc('hour', clicked_at, 'UTC') from new_clicks;
            return null;
        end $$;

        create trigger mark_click_hours after insert on clicks
            referencing new table as new_clicks for each statement execute function mark_click_hours();

        -- One row a quarter of an hour, link and value of a dimension; '' is the sum over all of them, and
        -- what is not known. The id is there for the key alone.
        create table click_rollups (
            workspace_id uuid not null,
            id bigint not null generated always as identity,
            link_id uuid not null,
            partner_id uuid,
            campaign_id uuid,
            starts_at timestamptz not null,
            dimension text collate "C" not null check (dimension in ('all', 'country', 'device', 'browser',
                'in_app', 'referrer', 'platform', 'target', 'sub1')),
            value text not null,
            gross bigint not null,
            net bigint not null,
            uniques bigint not null,
            primary key (workspace_id, id),
            check (gross >= net and net >= uniques and uniques >= 0)
        );
        -- serves: the statistics of one link
        create unique index click_rollups_link on click_rollups
            (workspace_id, link_id, dimension, starts_at, value, partner_id, campaign_id)
            nulls not distinct;
        -- serves: the statistics of all links; replacing an hour
        create index click_rollups_time on click_rollups (workspace_id, starts_at, dimension);

        create function entry.marked_workspaces() returns setof uuid
        language sql stable security definer set search_path = public, pg_temp
        as $$ select distinct workspace_id from click_marks $$;

        create function entry.clicked_workspaces() returns setof uuid
        language sql stable security definer set search_path = public, pg_temp
        as $$ select distinct workspace_id from click_rollups $$;
    """)
    wall("click_marks")
    wall("click_rollups")
    partner_wall("click_rollups")
    entry("entry.marked_workspaces()")
    entry("entry.clicked_workspaces()")


def site_events() -> None:
    # `key`: what the page calls the event, so that one that is sent twice is kept once.
    run("""
        create table site_events (
            workspace_id uuid not null references workspaces (id),
            id uuid not null,
            name text collate "C" not null
                check (name in ('page_view', 'content_view', 'add_to_cart', 'begin_checkout')),
            key text collate "C" not null,
            click_id uuid,
            counted boolean not null,
            reasons text[] not null default '{}',
            url_host text,
            url_path text,
            product_id text,
            value bigint,
            currency text collate "C",
            visitor bytea check (octet_length(visitor) = 16),
            occurred_at timestamptz not null,
            created_at timestamptz not null default elci_now(),
            primary key (workspace_id, id),
            check ((value is null) = (currency is null))
        );
        -- serves: an event that comes again
        create unique index site_events_key on site_events (workspace_id, key);
        -- serves: what was done after a click
        create index site_events_click on site_events (workspace_id, click_id) where click_id is not null;
        -- serves: events of a span of time by name (the funnel)
        create index site_events_time on site_events (workspace_id, occurred_at, name);
        -- serves: retention, over all workspaces
        create index site_events_old on site_events (occurred_at);

        create function entry.purge_site_events(before timestamptz, most integer) returns bigint
        language sql volatile security definer set search_path = public, pg_temp
        as $$
            with gone as (
                delete from site_events where ctid in (
                    select ctid from site_events where occurred_at < before limit most)
                returning 1
            )
            select count(*) from gone
        $$;
    """)
    # Which click a page's event has become: one that is sent twice is one click. Gone after two days.
    run("""
        create table track_keys (
            workspace_id uuid not null references workspaces (id),
            key text collate "C" not null,
            click_id uuid not null,
            created_at timestamptz not null default elci_now(),
            -- serves: an event that comes again
            primary key (workspace_id, key)
        );
        -- serves: the purge of old keys
        create index track_keys_time on track_keys (created_at);

        create function entry.purge_track_keys(most integer) returns bigint
        language sql volatile security definer set search_path = public, pg_temp
        as $$
            with gone as (
                delete from track_keys where ctid in (
                    select ctid from track_keys where created_at < elci_now() - interval '2 days' limit most)
                returning 1
            )
            select count(*) from gone
        $$;
    """)
    wall("site_events")
    wall("track_keys", rights="select, insert")
    entry("entry.purge_site_events(timestamptz, integer)")
    entry("entry.purge_track_keys(integer)")
