"""Mentions, what is searched of them, and the queries that they match."""

from migrations.helpers import run, wall

revision = "0040_mentions"
down_revision = "0039_disclosure"
branch_labels = None
depends_on = None

LABELS = "'positive', 'neutral', 'negative'"


def upgrade() -> None:
    mentions()
    searched()
    queries()
    matches()


def mentions() -> None:
    """`key`: by what a mention is known again (mentions/keys). `digests`: what was taken in of it already.

    `author_key` tells authors apart without a name (a keyed hash); `raw_*` is what the source says of the
    sentiment, `label` and its probabilities are ours, `hand_label` is a person's and counts most.
    """
    run(f"""
    create table mentions (
        workspace_id uuid not null references workspaces (id),
        id uuid not null,
        key text collate "C" not null,
        source text collate "C" not null,
        native_id text collate "C",
        url text,
        site text collate "C",
        platform text collate "C" not null,
        kind text collate "C" not null,
        title text,
        text text not null,
        language text collate "C",
        country text collate "C",
        author_name text,
        author_handle text,
        author_key bytea,
        influencer_id uuid,
        account_id uuid,
        campaign_id uuid,
        thread_id text collate "C",
        published_at timestamptz not null,
        observed_at timestamptz not null,
        received_at timestamptz not null default elci_now(),
        followers bigint,
        reach bigint,
        impressions bigint,
        views bigint,
        likes bigint,
        comments bigint,
        shares bigint,
        engagement bigint,
        stars real check (stars between 0 and 5),
        raw_sentiment text,
        raw_label text collate "C" check (raw_label in ({LABELS})),
        raw_score real,
        label text collate "C" check (label in ({LABELS})),
        score real,
        positive real,
        negative real,
        model text collate "C",
        text_kind text collate "C",
        hand_label text collate "C" check (hand_label in ({LABELS})),
        hand_by text collate "C",
        hand_at timestamptz,
        status text collate "C" not null default 'new'
            check (status in ('new', 'assigned', 'answered', 'resolved', 'ignored')),
        assignee uuid,
        assigned_at timestamptz,
        answered_at timestamptz,
        moved_to_dm_at timestamptz,
        resolved_at timestamptz,
        tags text[] not null default '{{}}',
        categories text[] not null default '{{}}',
        digests bigint[] not null default '{{}}',
        version integer not null default 1,
        updated_at timestamptz not null default elci_now(),
        -- serves: one mention; rows of a page
        primary key (workspace_id, id),
        -- serves: each mention once, whoever tells of it and how often
        constraint mentions_key unique (workspace_id, key)
    );
    -- serves: GET /v1/mentions, the newest first
    create index mentions_by_time on mentions (workspace_id, published_at, id);
    -- serves: mentions by a known influencer; what goes with one
    create index mentions_of_influencer on mentions (workspace_id, influencer_id, published_at)
        where influencer_id is not null;
    -- serves: an author's mentions, when the author becomes a known influencer or goes
    create index mentions_of_author on mentions (workspace_id, author_key) where author_key is not null;
    -- serves: what waits for an answer, by person
    create index mentions_waiting on mentions (workspace_id, status, assignee, published_at)
        where status in ('assigned', 'answered');
    """)
    wall("mentions")


def searched() -> None:
    """The narrow copy that queries and analyses read; `label` is the one that counts."""
    run("""
    create table mention_search (
        workspace_id uuid not null,
        mention_id uuid not null,
        published_at timestamptz not null,
        tokens tsvector not null,
        source text collate "C" not null,
        site text collate "C",
        platform text collate "C" not null,
        kind text collate "C" not null,
        language text collate "C",
        country text collate "C",
        author_key bytea,
        author_folded text collate "C",
        author_name_folded text collate "C",
        influencer_id uuid,
        campaign_id uuid,
        label text collate "C",
        positive real,
        negative real,
        text_kind text collate "C",
        followers bigint,
        reach bigint,
        engagement bigint,
        stars real,
        tags text[] not null default '{}',
        -- serves: the row of a mention
        primary key (workspace_id, mention_id),
        constraint mention_search_mention_fkey foreign key (workspace_id, mention_id)
            references mentions (workspace_id, id) on delete cascade
    );
    -- serves: queries
    create index mention_search_tokens on mention_search using gin (tokens) with (fastupdate = off);
    -- serves: spans of time, the newest first
    create index mention_search_by_time on mention_search (workspace_id, published_at, mention_id);
    """)
    wall("mention_search", search=True)


def queries() -> None:
    """`expression` as it was written; `version` rises when it changes, and its matches are made anew."""
    run("""
    create table listening_queries (
        workspace_id uuid not null references workspaces (id),
        id uuid not null,
        name text not null,
        expression text not null,
        brand_id uuid,
        tags text[] not null default '{}',
        categories text[] not null default '{}',
        campaign_id uuid,
        status text collate "C" not null default 'active' check (status in ('active', 'paused', 'archived')),
        version integer not null default 1,
        -- The version whose matches among stored mentions are complete.
        matched_version integer not null default 0,
        job_id uuid,
        created_by text collate "C" not null,
        created_at timestamptz not null default elci_now(),
        updated_at timestamptz not null default elci_now(),
        -- serves: one query, and the list of them
        primary key (workspace_id, id)
    );
    -- serves: one active query of a name
    create unique index listening_queries_name on listening_queries (workspace_id, lower(name))
        where status <> 'archived';
    -- serves: a brand's queries
    create index listening_queries_of_brand on listening_queries (workspace_id, brand_id)
        where brand_id is not null;
    """)
    wall("listening_queries")


def matches() -> None:
    run("""
    create table mention_matches (
        workspace_id uuid not null,
        query_id uuid not null,
        published_at timestamptz not null,
        mention_id uuid not null,
        -- serves: a query's mentions of a span, the newest first; each once
        primary key (workspace_id, query_id, published_at, mention_id),
        constraint mention_matches_mention_fkey foreign key (workspace_id, mention_id)
            references mentions (workspace_id, id) on delete cascade,
        constraint mention_matches_query_fkey foreign key (workspace_id, query_id)
            references listening_queries (workspace_id, id) on delete cascade
    );
    -- serves: the queries of a mention, and what goes with it
    create index mention_matches_of_mention on mention_matches (workspace_id, mention_id);
    """)
    wall("mention_matches", search=True)
