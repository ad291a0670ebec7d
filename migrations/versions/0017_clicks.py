"""Clicks: raw, partitioned by day, each stored once."""

from migrations.helpers import entry, partner_wall, run, wall

revision = "0017_clicks"
down_revision = "0016_links"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _clicks()
    _days()
    _storing()


def _clicks() -> None:
    # No foreign key: a click is answered before it is stored, and what was answered is stored, whatever has
    # happened to its link since. `clicked_at` is the id's own time to the millisecond, so a click is found
    # by its id alone, in its day. Partitions are made by entry.add_click_days, in a schema that the app has
    # no right on: they are reached through the walls of these tables only.
    run("""
    create table clicks (
        workspace_id uuid not null,
        clicked_at timestamptz not null,
        id uuid not null,
        link_id uuid not null,
        partner_id uuid,
        campaign_id uuid,
        kind text collate "C" not null check (kind in ('redirect', 'track')),
        target smallint,
        visitor bytea check (octet_length(visitor) = 16),
        "unique" boolean not null default false,
        counted boolean not null,
        reasons text[] not null default '{}',
        country text collate "C",
        language text collate "C",
        device text collate "C",
        os text collate "C",
        browser text collate "C",
        in_app text collate "C",
        referrer_host text collate "C",
        platform text collate "C",
        sub1 text,
        sub2 text,
        sub3 text,
        sub4 text,
        sub5 text,
        user_agent text,
        network_class text collate "C",
        -- serves: storing each click once, a click by its id, roll-ups of a span of time
        primary key (workspace_id, clicked_at, id)
    ) partition by range (clicked_at);
    -- serves: GET /v1/links/{id}/clicks, the newest first; the statistics of a link
    create index clicks_of_link on clicks (workspace_id, link_id, clicked_at, id);

    create table click_uniques (
        workspace_id uuid not null,
        hour timestamptz not null,
        link_id uuid not null,
        visitor bytea not null,
        click_id uuid not null,
        -- serves: one unique click of a visitor, link and hour, whoever stores it
        primary key (workspace_id, hour, link_id, visitor)
    ) partition by range (hour);

    create schema click_days;
    """)
    wall("clicks")
    partner_wall("clicks")
    wall("click_uniques", rights="select, insert, delete")


def _days() -> None:
    """A day's partitions: made before they are needed, and dropped whole."""
    # Made apart and attached, which lets readers and writers of the other days go on.
    run("""
    create function entry.add_click_days(days date[])
    returns integer
    language plpgsql volatile security definer set search_path = public, pg_temp set lock_timeout = '5s'
    as $$
    declare
        today date := (elci_now() at time zone 'UTC')::date;
        parent text;
        part text;
        day date;
        made integer := 0;
    begin
        perform pg_advisory_xact_lock(1668573539, 1);
        foreach day in array days loop
            if day not between today - 1200 and today + 40 then
                raise exception 'no clicks are kept for that day' using errcode = 'check_violation';
            end if;
            foreach parent in array array['clicks', 'click_uniques'] loop
                part := parent || to_char(day, '_YYYYMMDD');
                continue when to_regclass(format('click_days.%I', part)) is not null;
                execute format('create table click_days.%I (like %I including all)', part, parent);
                execute format('alter table %I attach partition click_days.%I for values from (%L) to (%L)',
                    parent, part, day::timestamp at time zone 'UTC', (day + 1)::timestamp at time zone 'UTC');
                made := made + 1;
            end loop;
        end loop;
        return made;
    end $$;

    create function entry.drop_click_day(clicks_before date, uniques_before date)
    returns text
    language plpgsql volatile security definer set search_path = public, pg_temp set lock_timeout = '5s'
    as $$
    declare
        oldest text;
    begin
        perform pg_advisory_xact_lock(1668573539, 1);
        select c.relname into oldest from pg_class c
        where c.relnamespace = 'click_days'::regnamespace and c.relkind = 'r'
          and to_date(right(c.relname, 8), 'YYYYMMDD')
              < case when c.relname like 'clicks\\_%' then clicks_before else uniques_before end
        order by right(c.relname, 8), c.relname limit 1;
        if oldest is not null then
            execute format('drop table click_days.%I', oldest);
        end if;
        return oldest;
    end $$;
    """)
    entry("entry.add_click_days(date[])")
    entry("entry.drop_click_day(date, date)")


def _storing() -> None:
    # What the caller's session has copied into its own table click_intake goes in workspace by workspace,
    # behind each one's wall: the caller's rights are enough, so this is no function of `entry`. A definer's
    # function would read a table of the caller's making with the owner's rights.
    # The order of the inserts is that of the keys, so that two workers never wait for each other in a ring.
    run("""
    create function store_clicks() returns bigint
    language plpgsql volatile set search_path = public, pg_temp
    as $$
    declare
        one uuid;
        added bigint;
        stored bigint := 0;
    begin
        for one in select distinct workspace_id from pg_temp.click_intake order by 1 loop
            perform set_config('app.workspace_id', one::text, true);
            with firsts as (
                insert into click_uniques (workspace_id, hour, link_id, visitor, click_id)
                select distinct on (hour, link_id, visitor)
                    workspace_id, date_trunc('hour', clicked_at, 'UTC') as hour, link_id, visitor, id
                from pg_temp.click_intake where workspace_id = one and visitor is not null
                order by hour, link_id, visitor, clicked_at, id
                on conflict do nothing
                returning click_id
            )
            insert into clicks
            select workspace_id, clicked_at, id, link_id, partner_id, campaign_id, kind, target, visitor,
                id in (select click_id from firsts), counted, reasons, country, language, device,
                os, browser, in_app, referrer_host, platform, sub1, sub2, sub3, sub4, sub5, user_agent,
                network_class
            from pg_temp.click_intake where workspace_id = one
            order by clicked_at, id
            on conflict do nothing;
            get diagnostics added = row_count;
            stored := stored + added;
        end loop;
        return stored;
    end $$;
    """)
