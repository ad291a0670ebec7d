"""The search: narrow tables that the search role reads, and searches that people keep."""

from migrations.helpers import entry, run, wall

revision = "0005_discovery"
down_revision = "0004_imports"
branch_labels = None
depends_on = None


def upgrade() -> None:
    search()
    names()
    saved()
    stale()


def search() -> None:
    """A row is an account with what is known of its owner repeated (service/discovery/README.md says why).

    No e-mail, no notes: what the search role reads stands in no one's way if it leaks.
    """
    run("""
    create table influencer_search (
        workspace_id uuid not null,
        influencer_id uuid not null,
        -- The influencer's own id where there is no account.
        account_id uuid not null,
        platform text collate "C",
        verified boolean not null,
        siblings integer not null,
        shuffle integer not null,
        -- -1 where unknown: so one index has everyone in the order in which answers without another come.
        followers bigint not null,
        avg_views double precision,
        engagement_rate double precision,
        growth double precision,
        -- The cheapest valid rate in the workspace's currency, which was this one.
        price bigint,
        currency text not null,
        cost_per_1000_views double precision,
        last_post_at timestamptz,
        name_key text collate "C" not null,
        country text collate "C",
        city text collate "C",
        languages text[] not null,
        has_email boolean not null,
        categories text[] not null,
        prices jsonb,
        audience jsonb,
        labels text[] not null,
        name_tokens tsvector not null,
        tokens tsvector not null,
        post_tokens tsvector,
        digest bigint not null,
        -- serves: the other accounts of an influencer, reindexing, the page's rows by id
        primary key (workspace_id, influencer_id, account_id),
        constraint influencer_search_influencer_fkey foreign key (workspace_id, influencer_id)
            references influencers (workspace_id, id) on delete cascade
    );
    -- serves: filters on sets of many values (category, tag, city, hashtag, audience), combined as may be
    create index influencer_search_labels on influencer_search using gin (labels);
    -- serves: free text in names and handles, which comes first
    create index influencer_search_name_tokens on influencer_search using gin (name_tokens);
    -- serves: free text
    create index influencer_search_tokens on influencer_search using gin (tokens);
    -- serves: the filter post_text
    create index influencer_search_post_tokens on influencer_search using gin (post_tokens)
        where post_tokens is not null;
    -- serves: sort and filter followers
    create index influencer_search_followers on influencer_search (workspace_id, followers, account_id);
    -- serves: sort and filter avg_views
    create index influencer_search_avg_views on influencer_search (workspace_id, avg_views, account_id);
    -- serves: sort and filter engagement_rate
    create index influencer_search_engagement_rate
        on influencer_search (workspace_id, engagement_rate, account_id);
    -- serves: sort and filter growth
    create index influencer_search_growth on influencer_search (workspace_id, growth, account_id);
    -- serves: sort cost_per_1000_views
    create index influencer_search_cost on influencer_search (workspace_id, cost_per_1000_views, account_id);
    -- serves: sort name
    create index influencer_search_name on influencer_search (workspace_id, name_key, account_id);
    -- serves: filter platform, where it is a rare one
    create index influencer_search_platform on influencer_search (workspace_id, platform);
    -- serves: filter country, where it is a rare one
    create index influencer_search_country on influencer_search (workspace_id, country);
    -- serves: filter verified
    create index influencer_search_verified on influencer_search (workspace_id, followers, account_id)
        where verified;
    -- serves: filter max_price
    create index influencer_search_price on influencer_search (workspace_id, price) where price is not null;
    -- serves: filter last_post_within_days
    create index influencer_search_last_post on influencer_search (workspace_id, last_post_at)
        where last_post_at is not null;
    -- serves: the sample from which facets of large answers are estimated
    create index influencer_search_shuffle on influencer_search (workspace_id, shuffle);
    -- Some thousands of categories, cities and hashtags: their frequencies decide which index is taken.
    alter table influencer_search alter column labels set statistics 1000;
    alter table influencer_search alter column name_tokens set statistics 1000;
    alter table influencer_search alter column tokens set statistics 1000;
    """)
    wall("influencer_search", search=True)


def names() -> None:
    run("""
    create table influencer_names (
        workspace_id uuid not null,
        influencer_id uuid not null,
        reach bigint not null,
        keys text[] not null,
        trigrams tsvector not null,
        digest bigint not null,
        primary key (workspace_id, influencer_id),
        constraint influencer_names_influencer_fkey foreign key (workspace_id, influencer_id)
            references influencers (workspace_id, id) on delete cascade
    );
    -- serves: handles and names with typing errors
    create index influencer_names_trigrams on influencer_names using gin (trigrams);
    """)
    wall("influencer_names", search=True)


def saved() -> None:
    run("""
    create table saved_searches (
        workspace_id uuid not null references workspaces (id),
        id uuid not null,
        name text not null,
        search jsonb not null,
        created_by text not null,
        created_at timestamptz not null default elci_now(),
        updated_at timestamptz not null default elci_now(),
        -- serves: the list, newest first
        primary key (workspace_id, id)
    );
    """)
    wall("saved_searches")


def stale() -> None:
    """Prices begin and end by the calendar, and workspaces change currency: neither writes a profile."""
    run("""
    create function entry.stale_prices(days integer) returns table (workspace_id uuid, influencer_id uuid)
        language sql stable security definer set search_path = pg_catalog, public, pg_temp
        as $$
            with today as (select (elci_now() at time zone 'UTC')::date as day)
            select r.workspace_id, r.influencer_id
            from influencer_rates r, today
            where (r.valid_from <= day and r.valid_from > day - days)
                or (r.valid_to < day and r.valid_to >= day - days)
            union
            select s.workspace_id, s.influencer_id
            from influencer_search s join workspaces w on w.id = s.workspace_id
            where s.currency <> w.currency
        $$;
    """)
    entry("entry.stale_prices(integer)")
