"""Where mentions come from: sources, feeds and what they sent."""

from migrations.helpers import entry, run, wall

revision = "0041_mention_sources"
down_revision = "0040_mentions"
branch_labels = None
depends_on = None

SHOPS = "'shopify', 'woocommerce', 'stripe', 'ikas', 'ideasoft', 'iyzico', 'ga4', 'meta', 'generic'"
LISTENING = ", ".join(
    f"'listening-{kind}'" for kind in ("brandwatch", "talkwalker", "mention", "meta", "x", "generic")
)


def upgrade() -> None:
    run(f"""
    alter table integrations drop constraint integrations_kind_check;
    alter table integrations add constraint integrations_kind_check
        check (kind in ({SHOPS}, {LISTENING}));
    """)
    sources()
    fetches()
    entries()


def sources() -> None:
    """`due_at`: when a feed is asked next, null for those that send. `integration_id`: where they send to."""
    run("""
    create table mention_sources (
        workspace_id uuid not null references workspaces (id),
        id uuid not null,
        kind text collate "C" not null check (kind in (
            'brandwatch', 'talkwalker', 'mention', 'meta', 'x', 'reddit', 'rss', 'generic'
        )),
        name text not null,
        url text,
        interval_s integer check (interval_s between 60 and 604800),
        integration_id uuid,
        aliases jsonb not null default '{}',
        token_sealed bytea,
        paused boolean not null default false,
        due_at timestamptz,
        etag text,
        last_modified text,
        cursor text,
        failures integer not null default 0,
        last_at timestamptz,
        last_ok_at timestamptz,
        last_result jsonb,
        last_error text collate "C",
        last_error_at timestamptz,
        created bigint not null default 0,
        updated bigint not null default 0,
        unchanged bigint not null default 0,
        failed bigint not null default 0,
        version integer not null default 1,
        created_at timestamptz not null default elci_now(),
        updated_at timestamptz not null default elci_now(),
        archived_at timestamptz,
        -- serves: a source; GET /v1/listening/sources, newest first (ids rise with time)
        primary key (workspace_id, id),
        constraint mention_sources_integration_fkey foreign key (workspace_id, integration_id)
            references integrations (workspace_id, id)
    );
    -- serves: the source of a delivery
    create unique index mention_sources_integration on mention_sources (workspace_id, integration_id)
        where integration_id is not null;
    -- serves: one feed once
    create unique index mention_sources_url on mention_sources (workspace_id, url)
        where url is not null and archived_at is null;
    -- serves: the job that asks feeds; entry.due_mention_sources
    create index mention_sources_due on mention_sources (workspace_id, due_at)
        where due_at is not null and not paused and archived_at is null;
    """)
    wall("mention_sources")


def fetches() -> None:
    """Mentions that Meta only names: their text has to be asked for. `comment_id` is empty for a post."""
    run("""
    create table mention_fetches (
        workspace_id uuid not null,
        source_id uuid not null,
        media_id text collate "C" not null,
        comment_id text collate "C" not null default '',
        user_id text collate "C" not null,
        status text collate "C" not null default 'waiting' check (status in ('waiting', 'done', 'failed')),
        why text,
        attempts integer not null default 0,
        due_at timestamptz not null default elci_now(),
        created_at timestamptz not null default elci_now(),
        ended_at timestamptz,
        -- serves: each mention is asked for once; those of a source by status
        primary key (workspace_id, source_id, media_id, comment_id),
        constraint mention_fetches_source_fkey foreign key (workspace_id, source_id)
            references mention_sources (workspace_id, id) on delete cascade
    );
    -- serves: the job that asks; entry.due_mention_sources
    create index mention_fetches_due on mention_fetches (workspace_id, due_at) where status = 'waiting';
    -- serves: entry.drop_mention_fetches
    create index mention_fetches_ended on mention_fetches (ended_at) where ended_at is not null;
    """)
    wall("mention_fetches")


def entries() -> None:
    run("""
    create function entry.due_mention_sources() returns setof uuid
    language sql stable security definer set search_path = public, pg_temp as $$
        select workspace_id from mention_sources
        where due_at <= elci_now() and not paused and archived_at is null
        union
        select f.workspace_id from mention_fetches f
        join mention_sources s on s.workspace_id = f.workspace_id and s.id = f.source_id
        where f.status = 'waiting' and f.due_at <= elci_now()
          and s.token_sealed is not null and not s.paused and s.archived_at is null
    $$;

    create function entry.drop_mention_fetches(age interval, most integer) returns bigint
    language sql volatile security definer set search_path = public, pg_temp as $$
        with gone as (
            delete from mention_fetches f using (
                select workspace_id, source_id, media_id, comment_id from mention_fetches
                where ended_at < elci_now() - age limit most for update skip locked
            ) old
            where f.workspace_id = old.workspace_id and f.source_id = old.source_id
              and f.media_id = old.media_id and f.comment_id = old.comment_id
            returning 1
        )
        select count(*) from gone
    $$;
    """)
    entry("entry.due_mention_sources()")
    entry("entry.drop_mention_fetches(interval, integer)")
