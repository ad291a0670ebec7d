"""Influencers, their accounts, figures, audiences, posts and rates; brands and personas."""

from migrations.helpers import run, wall

revision = "0003_influencers"
down_revision = "0002_accounts"
branch_labels = None
depends_on = None

PLATFORMS = "'instagram', 'tiktok', 'youtube', 'x', 'facebook', 'linkedin', 'pinterest', 'twitch', 'other'"

# What an account shows of itself on one day. Averages are of a post; a rate is a fraction.
FIGURES = """
    followers bigint,
    following bigint,
    posts_count bigint,
    avg_views double precision,
    avg_likes double precision,
    avg_comments double precision,
    avg_shares double precision,
    avg_engagements double precision,
    avg_engagements_authentic double precision
"""

# The engagement rate with all that FORMULAS asks it to say of itself; origin: posts, averages or given.
ENGAGEMENT = """
    er_value double precision,
    er_format text,
    er_basis text,
    er_components text,
    er_statistic text,
    er_n integer,
    er_window_days integer,
    er_origin text,
    er_as_of timestamptz
"""

# `identity` says by what the account is known. Folded keys are in C order, as databases differ in theirs.
# `observed_at` is the newest snapshot's day, null as long as there is none; `audience_country` is where a
# vendor says most followers are, without a share.
ACCOUNT = f"""
    platform text collate "C" not null check (platform in ({PLATFORMS})),
    handle text,
    handle_folded text collate "C",
    platform_id text collate "C",
    name text,
    name_folded text collate "C",
    url text,
    avatar_url text,
    verified boolean,
    identity text not null generated always as (
        case when platform_id is not null then 'platform_id'
             when handle_folded is not null then 'handle' else 'name' end) stored,
    {FIGURES},
    {ENGAGEMENT},
    audience_country text collate "C",
    last_post_at timestamptz,
    observed_at timestamptz,
    source text not null,
    created_at timestamptz not null default elci_now(),
    updated_at timestamptz not null default elci_now(),
    check (platform_id is not null or handle_folded is not null or name_folded is not null)
"""

# `digests` are of the rows of files that were taken in: a known row changes nothing, in whatever order.
SNAPSHOT = f"""
    workspace_id uuid not null,
    account_id uuid not null,
    as_of timestamptz not null,
    source text not null,
    {FIGURES},
    er_given double precision,
    er_given_format text,
    er_given_basis text,
    er_given_components text,
    er_given_statistic text,
    er_given_n integer,
    er_given_window_days integer,
    digests bigint[] not null default '{{}}',
    created_at timestamptz not null default elci_now()
"""

# `post_key` identifies a post within its account: its id, else its address, else a digest of time and text.
# On X comments are replies and shares are reposts.
POST = """
    workspace_id uuid not null,
    id uuid not null,
    account_id uuid not null,
    post_key text collate "C" not null,
    platform_id text,
    url text,
    format text not null default 'other',
    published_at timestamptz,
    caption text,
    hashtags text[] not null default '{}',
    mentions text[] not null default '{}',
    sponsored boolean,
    likes bigint,
    comments bigint,
    shares bigint,
    saves bigint,
    private_interactions bigint,
    views bigint,
    reach bigint,
    impressions bigint,
    followers bigint,
    observed_at timestamptz not null,
    source text not null,
    digests bigint[] not null default '{}',
    created_at timestamptz not null default elci_now(),
    updated_at timestamptz not null default elci_now()
"""


def upgrade() -> None:
    influencers()
    accounts()
    audiences()
    posts()
    terms()
    removals()
    brands()
    personas()


def influencers() -> None:
    """`edited` names the columns that a person wrote by hand: imports leave them alone."""
    run("""
    create table influencers (
        workspace_id uuid not null references workspaces (id),
        id uuid not null,
        name text not null,
        name_folded text collate "C" not null,
        avatar_url text,
        country text collate "C",
        city text,
        languages text[] not null default '{}',
        categories text[] not null default '{}',
        bio text,
        tags text[] not null default '{}',
        notes text,
        owner text,
        source text not null,
        legal_basis text not null,
        collected_at timestamptz not null,
        edited text[] not null default '{}',
        opted_out_at timestamptz,
        opt_out_reason text,
        archived_at timestamptz,
        merged_into uuid,
        version integer not null default 1,
        created_at timestamptz not null default elci_now(),
        updated_at timestamptz not null default elci_now(),
        primary key (workspace_id, id),
        constraint influencers_merged_into_fkey foreign key (workspace_id, merged_into)
            references influencers (workspace_id, id)
    );
    -- serves: GET /v1/influencers?updated_since=, in that order
    create index influencers_updated on influencers (workspace_id, updated_at, id);
    -- serves: the foreign key when an influencer goes, and erasing the profiles that were merged into one
    create index influencers_merged on influencers (workspace_id, merged_into) where merged_into is not null;

    create table influencer_contacts (
        workspace_id uuid not null,
        id uuid not null,
        influencer_id uuid not null,
        role text not null check (role in ('self', 'manager', 'agency')),
        name text,
        email text,
        phone text,
        created_at timestamptz not null default elci_now(),
        primary key (workspace_id, id),
        constraint influencer_contacts_influencer_fkey foreign key (workspace_id, influencer_id)
            references influencers (workspace_id, id) on delete cascade
    );
    -- serves: include=contacts, the filter has_email, an influencer's erasure
    create index influencer_contacts_of on influencer_contacts (workspace_id, influencer_id);
    """)
    wall("influencers")
    wall("influencer_contacts")


def accounts() -> None:
    run(f"""
    create table influencer_accounts (
        workspace_id uuid not null,
        id uuid not null,
        influencer_id uuid not null,
        {ACCOUNT},
        primary key (workspace_id, id),
        constraint influencer_accounts_influencer_fkey foreign key (workspace_id, influencer_id)
            references influencers (workspace_id, id) on delete cascade
    );
    -- serves: identity by the platform's own id, the first that an import asks
    create unique index influencer_accounts_platform_id_key
        on influencer_accounts (workspace_id, platform, platform_id) where platform_id is not null;
    -- serves: identity by handle, the second
    create unique index influencer_accounts_handle_key
        on influencer_accounts (workspace_id, platform, handle_folded) where handle_folded is not null;
    -- serves: identity by name within a source, the last, where a file has neither id nor handle
    create unique index influencer_accounts_name_key
        on influencer_accounts (workspace_id, platform, source, name_folded)
        where platform_id is null and handle_folded is null;
    -- serves: include=accounts, the search table's refresh, the filter platform
    create index influencer_accounts_of on influencer_accounts (workspace_id, influencer_id);

    create table influencer_snapshots (
        {SNAPSHOT},
        -- serves: the time series of one account, and one snapshot a day and source
        primary key (workspace_id, account_id, as_of, source),
        constraint influencer_snapshots_account_fkey foreign key (workspace_id, account_id)
            references influencer_accounts (workspace_id, id) on delete cascade
    );
    """)
    wall("influencer_accounts")
    wall("influencer_snapshots")


def audiences() -> None:
    """One row a distribution, with numbers of codes beside shares, so that scoring reads 100,000 at once.

    Measured against a row a share and against jsonb: see service/influencers/README.md.
    """
    run("""
    create table audience_codes (
        workspace_id uuid not null references workspaces (id),
        id integer not null generated always as identity,
        dimension text collate "C" not null,
        code text not null,
        code_folded text collate "C" not null,
        primary key (workspace_id, id),
        -- serves: finding a code's number
        constraint audience_codes_code_key unique (workspace_id, dimension, code_folded)
    );

    create table influencer_audiences (
        workspace_id uuid not null,
        account_id uuid not null,
        as_of timestamptz not null,
        source text not null,
        sample_size bigint,
        codes integer[] not null,
        shares real[] not null,
        latest boolean not null,
        digests bigint[] not null default '{}',
        created_at timestamptz not null default elci_now(),
        updated_at timestamptz not null default elci_now(),
        -- serves: an account's distributions in time
        primary key (workspace_id, account_id, as_of, source),
        constraint influencer_audiences_account_fkey foreign key (workspace_id, account_id)
            references influencer_accounts (workspace_id, id) on delete cascade,
        check (cardinality(codes) = cardinality(shares))
    );
    -- serves: scoring, which reads the newest distribution of every candidate, and keeps that it is one
    create unique index influencer_audiences_latest
        on influencer_audiences (workspace_id, account_id) where latest;
    """)
    wall("audience_codes")
    wall("influencer_audiences")


def posts() -> None:
    run(f"""
    create table influencer_posts (
        {POST},
        primary key (workspace_id, id),
        constraint influencer_posts_account_fkey foreign key (workspace_id, account_id)
            references influencer_accounts (workspace_id, id) on delete cascade
    );
    -- serves: identity of a post within its account
    create unique index influencer_posts_key on influencer_posts (workspace_id, account_id, post_key);
    -- serves: an account's newest posts (lists, engagement, the filters on hashtags and last post)
    create index influencer_posts_newest
        on influencer_posts (workspace_id, account_id, published_at desc, id desc);
    """)
    wall("influencer_posts")


def terms() -> None:
    run(f"""
    create table influencer_rates (
        workspace_id uuid not null,
        id uuid not null,
        influencer_id uuid not null,
        platform text collate "C" not null check (platform in ({PLATFORMS})),
        format text not null,
        amount bigint not null check (amount >= 0),
        currency text not null,
        tax_included boolean,
        valid_from date not null,
        valid_to date,
        source text not null,
        created_at timestamptz not null default elci_now(),
        primary key (workspace_id, id),
        constraint influencer_rates_influencer_fkey foreign key (workspace_id, influencer_id)
            references influencers (workspace_id, id) on delete cascade,
        -- serves: include=rates, the filter max_price, and one price a day for what is the same
        constraint influencer_rates_key
            unique (workspace_id, influencer_id, platform, format, currency, source, valid_from),
        constraint influencer_rates_days check (valid_to is null or valid_to >= valid_from)
    );
    """)
    wall("influencer_rates")


def removals() -> None:
    """What stays of people who left: keyed hashes, and records that name no one."""
    run("""
    create table influencer_tombstones (
        workspace_id uuid not null references workspaces (id),
        mark bytea not null,
        reason text not null check (reason in ('opted_out', 'erased')),
        influencer_id uuid,
        created_at timestamptz not null default elci_now(),
        -- serves: every import and creation, which ask for their identities' marks
        primary key (workspace_id, mark)
    );
    -- serves: taking an opt-out back
    create index influencer_tombstones_of on influencer_tombstones (workspace_id, influencer_id)
        where influencer_id is not null;

    create table influencer_deletions (
        workspace_id uuid not null references workspaces (id),
        id uuid not null,
        subject_id uuid not null,
        counts jsonb not null,
        actor text collate "C" not null,
        erased_at timestamptz not null default elci_now(),
        primary key (workspace_id, id)
    );

    create table influencer_merges (
        workspace_id uuid not null,
        id uuid not null,
        kept_id uuid not null,
        merged_ids uuid[] not null,
        moved jsonb not null,
        before jsonb not null,
        actor text collate "C" not null,
        created_at timestamptz not null default elci_now(),
        undone_at timestamptz,
        primary key (workspace_id, id),
        constraint influencer_merges_kept_fkey foreign key (workspace_id, kept_id)
            references influencers (workspace_id, id) on delete cascade
    );
    -- serves: an influencer's merges, and its erasure
    create index influencer_merges_of on influencer_merges (workspace_id, kept_id);
    """)
    wall("influencer_tombstones")
    wall("influencer_deletions")
    wall("influencer_merges")


def brands() -> None:
    run(f"""
    create table brands (
        workspace_id uuid not null references workspaces (id),
        id uuid not null,
        name text not null,
        name_folded text collate "C" not null,
        kind text not null check (kind in ('own', 'competitor')),
        relation text check (relation in ('direct', 'indirect')),
        proposition text,
        "values" text[] not null default '{{}}',
        archived_at timestamptz,
        version integer not null default 1,
        created_at timestamptz not null default elci_now(),
        updated_at timestamptz not null default elci_now(),
        primary key (workspace_id, id),
        constraint brands_relation_of_competitors check (kind = 'competitor' or relation is null)
    );
    -- serves: files that name a brand
    create index brands_named on brands (workspace_id, name_folded);

    create table brand_accounts (
        workspace_id uuid not null,
        id uuid not null,
        brand_id uuid not null,
        {ACCOUNT},
        primary key (workspace_id, id),
        constraint brand_accounts_brand_fkey foreign key (workspace_id, brand_id)
            references brands (workspace_id, id) on delete cascade
    );
    -- serves: one brand an account, known by the platform's id
    create unique index brand_accounts_platform_id_key
        on brand_accounts (workspace_id, platform, platform_id) where platform_id is not null;
    -- serves: one brand an account, known by handle
    create unique index brand_accounts_handle_key
        on brand_accounts (workspace_id, platform, handle_folded) where handle_folded is not null;
    -- serves: a brand's accounts
    create index brand_accounts_of on brand_accounts (workspace_id, brand_id);

    create table brand_snapshots (
        {SNAPSHOT},
        -- serves: the time series of one account, GET /v1/brands/compare
        primary key (workspace_id, account_id, as_of, source),
        constraint brand_snapshots_account_fkey foreign key (workspace_id, account_id)
            references brand_accounts (workspace_id, id) on delete cascade
    );

    create table brand_posts (
        {POST},
        primary key (workspace_id, id),
        constraint brand_posts_account_fkey foreign key (workspace_id, account_id)
            references brand_accounts (workspace_id, id) on delete cascade
    );
    -- serves: identity of a post within its account
    create unique index brand_posts_key on brand_posts (workspace_id, account_id, post_key);
    -- serves: a brand's newest posts, GET /v1/brands/compare
    create index brand_posts_newest on brand_posts (workspace_id, account_id, published_at desc, id desc);
    """)
    for table in ("brands", "brand_accounts", "brand_snapshots", "brand_posts"):
        wall(table)


def personas() -> None:
    run("""
    create table personas (
        workspace_id uuid not null references workspaces (id),
        id uuid not null,
        name text not null,
        demographics jsonb not null default '{}',
        "values" text[] not null default '{}',
        challenges text[] not null default '{}',
        joys text[] not null default '{}',
        interests text[] not null default '{}',
        online_behaviour text,
        platforms text[] not null default '{}',
        content_types text[] not null default '{}',
        active_hours text[] not null default '{}',
        archived_at timestamptz,
        version integer not null default 1,
        created_at timestamptz not null default elci_now(),
        updated_at timestamptz not null default elci_now(),
        primary key (workspace_id, id)
    );
    """)
    wall("personas")
