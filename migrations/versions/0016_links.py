"""Links, coupons, and the bare record of a partner."""

from migrations.helpers import entry, partner_wall, run, wall

revision = "0016_links"
down_revision = "0015_plans"
branch_labels = None
depends_on = None

PLATFORMS = "'instagram', 'tiktok', 'youtube', 'x', 'facebook', 'linkedin', 'pinterest', 'twitch', 'other'"


def upgrade() -> None:
    _partners()
    _links()
    _coupons()
    _resolving()
    _telling()


def _partners() -> None:
    # `slug` is what the macro {partner} becomes: made in Python, where Turkish is folded.
    run("""
    create table partners (
        workspace_id uuid not null references workspaces (id),
        id uuid not null,
        program_id uuid,
        influencer_id uuid,
        name text not null,
        slug text collate "C" not null,
        name_folded text collate "C" not null,
        email text,
        email_key text collate "C",
        "group" text,
        status text not null default 'active' check (status in ('active', 'paused', 'archived')),
        version integer not null default 1,
        created_at timestamptz not null default elci_now(),
        updated_at timestamptz not null default elci_now(),
        -- serves: a partner, and GET /v1/partners, newest first (ids rise with time)
        primary key (workspace_id, id),
        constraint partners_influencer_fkey foreign key (workspace_id, influencer_id)
            references influencers (workspace_id, id) on delete set null (influencer_id)
    );
    -- serves: one record for an address in a program; log-in by address
    create unique index partners_email on partners (workspace_id, email_key, program_id) nulls not distinct
        where email_key is not null and status <> 'archived';
    -- serves: GET /v1/partners?influencer_id=, an influencer's erasure and merge
    create index partners_influencer on partners (workspace_id, influencer_id)
        where influencer_id is not null;
    """)
    wall("partners")
    partner_wall("partners", "id")


def _links() -> None:
    # A code names one link of one host, whoever asks for it, for ever: a retired link keeps its code, so a
    # printed one never leads to something else. `hosts` are all that the link can lead to; `key` is by what
    # an item of a bulk request or a file is known again.
    run(f"""
    create table links (
        workspace_id uuid not null references workspaces (id),
        id uuid not null,
        host text collate "C",
        code text collate "C" not null,
        url text not null,
        hosts text[] not null,
        title text,
        folded text collate "C" not null,
        partner_id uuid,
        campaign_id uuid,
        coupon_id uuid,
        sub1 text,
        sub2 text,
        sub3 text,
        sub4 text,
        sub5 text,
        targets jsonb not null default '[]',
        utm jsonb not null default '{{}}',
        mode text not null default 'redirect' check (mode in ('redirect', 'interstitial', 'direct')),
        via text collate "C",
        platform text check (platform in ({PLATFORMS})),
        network text check (network in ('trendyol', 'hepsiburada', 'amazon', 'n11')),
        tracking_id text,
        cap integer check (cap > 0),
        expires_at timestamptz,
        fallback_url text,
        retired_at timestamptz,
        external_id text,
        key text collate "C",
        health text check (health in ('ok', 'dead', 'unsure', 'refused')),
        health_code smallint,
        health_reason text,
        checked_at timestamptz,
        version integer not null default 1,
        created_at timestamptz not null default elci_now(),
        updated_at timestamptz not null default elci_now(),
        -- serves: a link, and GET /v1/links, newest first (ids rise with time)
        primary key (workspace_id, id),
        constraint links_partner_fkey foreign key (workspace_id, partner_id)
            references partners (workspace_id, id),
        -- What goes into a header has no white space, no control character and nothing beyond ASCII.
        constraint links_url check (url ~ '^https?://[!-~]+$'),
        constraint links_fallback check (fallback_url ~ '^https?://[!-~]+$'),
        constraint links_via check (mode <> 'direct' or via is not null)
    );
    -- serves: entry.resolve_link; a code is given once
    create unique index links_code on links (coalesce(host, ''), code);
    -- serves: entry.is_host_of_others
    create index links_host on links (host) where host is not null;
    -- serves: a page view with ?via=; a name leads to one link
    create unique index links_via_name on links (workspace_id, via) where via is not null;
    -- serves: bulk requests and files that come a second time
    create unique index links_key on links (workspace_id, key) where key is not null;
    -- serves: what other systems know a link by
    create unique index links_external on links (workspace_id, external_id) where external_id is not null;
    -- serves: GET /v1/links?partner_id=, caches when a partner changes
    create index links_partner on links (workspace_id, partner_id, id) where partner_id is not null;
    -- serves: GET /v1/links?campaign_id=
    create index links_campaign on links (workspace_id, campaign_id, id) where campaign_id is not null;
    """)
    wall("links")
    partner_wall("links")


def _coupons() -> None:
    # An archived coupon frees its code: campaigns use the same word again a year later.
    run("""
    create table coupons (
        workspace_id uuid not null references workspaces (id),
        id uuid not null,
        code text not null,
        folded text collate "C" not null,
        kind text not null check (kind in ('exclusive', 'public')),
        partner_id uuid,
        link_id uuid,
        starts_at timestamptz,
        ends_at timestamptz,
        "limit" integer check ("limit" > 0),
        archived_at timestamptz,
        version integer not null default 1,
        created_at timestamptz not null default elci_now(),
        updated_at timestamptz not null default elci_now(),
        -- serves: a coupon, and GET /v1/coupons, newest first (ids rise with time)
        primary key (workspace_id, id),
        constraint coupons_partner_fkey foreign key (workspace_id, partner_id)
            references partners (workspace_id, id),
        constraint coupons_link_fkey foreign key (workspace_id, link_id)
            references links (workspace_id, id),
        constraint coupons_exclusive check (kind <> 'exclusive' or partner_id is not null),
        constraint coupons_period check (starts_at < ends_at)
    );
    -- serves: a coupon by the code on an order; a code is one partner's
    create unique index coupons_code on coupons (workspace_id, folded) where archived_at is null;
    -- serves: GET /v1/coupons?partner_id=
    create index coupons_partner on coupons (workspace_id, partner_id, id) where partner_id is not null;
    -- serves: a link's coupons
    create index coupons_link on coupons (workspace_id, link_id) where link_id is not null;

    alter table links add constraint links_coupon_fkey foreign key (workspace_id, coupon_id)
        references coupons (workspace_id, id);
    -- serves: the link that shows a coupon
    create index links_coupon on links (workspace_id, coupon_id) where coupon_id is not null;
    """)
    wall("coupons")
    partner_wall("coupons")


def _resolving() -> None:
    """A code finds its link before the workspace is known.

    A link that leads to a host which is off the workspace's list answers as a retired one without a
    fallback, from the moment of the change; when the host is listed again, so is the link.
    """
    run("""
    create function hosts_allowed(hosts text[], allowed text[]) returns boolean
        language sql immutable parallel safe
        as $$
            select not exists (
                select from unnest(hosts) as h (host)
                where not exists (
                    select from unnest(allowed) as a (host)
                    where h.host = a.host
                        or (a.host like '*.%' and right(h.host, length(a.host) - 1) = substr(a.host, 2))
                )
            )
        $$;

    create function entry.resolve_link(text, text) returns table (
            workspace_id uuid, link_id uuid, code text, host text, url text, mode text, targets jsonb,
            utm jsonb, sub text[], partner_id uuid, campaign_id uuid, via text, cap integer,
            expires_at timestamptz, retired boolean, network text, tracking_id text, version integer,
            fallback_url text, platform text, partner text, title text)
        language sql stable security definer set search_path = pg_catalog, public, pg_temp
        as $$
            select l.workspace_id, l.id, l.code, l.host, l.url, l.mode, l.targets, l.utm,
                array[l.sub1, l.sub2, l.sub3, l.sub4, l.sub5], l.partner_id, l.campaign_id, l.via, l.cap,
                l.expires_at, l.retired_at is not null or not a.allowed, l.network, l.tracking_id, l.version,
                case when a.allowed then l.fallback_url end, l.platform, p.slug, l.title
            from links l
            join workspaces w on w.id = l.workspace_id
            cross join lateral (select hosts_allowed(l.hosts, w.destination_hosts) as allowed) a
            left join partners p on p.workspace_id = l.workspace_id and p.id = l.partner_id
            where coalesce(l.host, '') = $1 and l.code = $2
        $$;

    create function entry.link_hosts() returns setof text
        language sql stable security definer set search_path = pg_catalog, public, pg_temp
        as $$
            select distinct h.host from workspaces w cross join unnest(w.link_hosts) as h (host)
        $$;

    -- A host serves the codes of one workspace: nobody puts a link under another brand's name.
    create function entry.is_host_of_others(uuid, text) returns boolean
        language sql stable security definer set search_path = pg_catalog, public, pg_temp
        as $$ select exists (select from links where host = $2 and workspace_id <> $1) $$;
    """)
    entry("entry.resolve_link(text, text)")
    entry("entry.link_hosts()")
    entry("entry.is_host_of_others(uuid, text)")


def _telling() -> None:
    """Caches hear of a change when its transaction commits: `host/code`, `/code`, or `*` for everything."""
    run("""
    create function tell_link_changed() returns trigger language plpgsql as $$
    begin
        perform pg_notify('links_changed', coalesce(new.host, '') || '/' || new.code);
        return null;
    end $$;
    create trigger links_made after insert on links
        for each row execute function tell_link_changed();
    create trigger links_changed after update on links
        for each row when (old.version is distinct from new.version) execute function tell_link_changed();

    create function tell_link_gone() returns trigger language plpgsql as $$
    begin
        perform pg_notify('links_changed', coalesce(old.host, '') || '/' || old.code);
        return null;
    end $$;
    create trigger links_gone after delete on links
        for each row execute function tell_link_gone();

    create function tell_partner_changed() returns trigger language plpgsql as $$
    begin
        perform pg_notify('links_changed', coalesce(l.host, '') || '/' || l.code)
            from links l where l.workspace_id = new.workspace_id and l.partner_id = new.id;
        return null;
    end $$;
    create trigger partners_renamed after update on partners
        for each row when (old.slug is distinct from new.slug) execute function tell_partner_changed();

    create function tell_hosts_changed() returns trigger language plpgsql as $$
    begin
        perform pg_notify('links_changed', '*');
        return null;
    end $$;
    create trigger workspaces_hosts after update on workspaces
        for each row when (old.destination_hosts is distinct from new.destination_hosts
            or old.link_hosts is distinct from new.link_hosts)
        execute function tell_hosts_changed();
    """)
