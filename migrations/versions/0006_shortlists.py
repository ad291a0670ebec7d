"""Briefs, runs of scores, shortlists with their items, comments and share links."""

from migrations.helpers import entry, run, wall

revision = "0006_shortlists"
down_revision = "0005_discovery"
branch_labels = None
depends_on = None

STATUSES = "'suggested', 'starred', 'ignored', 'contacted', 'approved', 'rejected'"


def upgrade() -> None:
    _briefs()
    _runs()
    _shortlists()
    _shares()
    _entry()


def _briefs() -> None:
    # What a brief asks for is read and written as a whole, so it is one document beside the columns of lists.
    run("""
    create table briefs (
        workspace_id uuid not null references workspaces (id),
        id uuid not null,
        name text not null,
        brand_id uuid,
        stage text check (stage in ('awareness', 'consideration', 'conversion', 'loyalty', 'advocacy')),
        wishes jsonb not null,
        archived_at timestamptz,
        version integer not null default 1,
        created_at timestamptz not null default elci_now(),
        updated_at timestamptz not null default elci_now(),
        -- serves: a brief, and GET /v1/briefs, newest first (ids rise with time)
        primary key (workspace_id, id),
        constraint briefs_brand_fkey foreign key (workspace_id, brand_id)
            references brands (workspace_id, id) on delete set null (brand_id)
    );
    -- serves: the foreign key when a brand goes, GET /v1/briefs?brand_id=
    create index briefs_brand on briefs (workspace_id, brand_id, id) where brand_id is not null;
    """)
    wall("briefs")


def _runs() -> None:
    # The order of all candidates, and what it was decided by: pages of one run agree, whatever changes
    # meanwhile. Ids do not compress, and a page reads some of many.
    run("""
    create table score_runs (
        workspace_id uuid not null,
        id uuid not null,
        brief_id uuid not null,
        brief_version integer not null,
        asked jsonb not null,
        filters jsonb not null,
        peers jsonb not null,
        model_version text not null,
        candidates uuid[] not null,
        scored integer not null,
        as_of timestamptz not null,
        primary key (workspace_id, id),
        constraint score_runs_brief_fkey foreign key (workspace_id, brief_id)
            references briefs (workspace_id, id) on delete cascade
    );
    alter table score_runs alter column candidates set storage external;
    -- serves: the foreign key when a brief goes
    create index score_runs_of on score_runs (workspace_id, brief_id);
    -- serves: entry.drop_score_runs
    create index score_runs_old on score_runs (as_of);
    """)
    wall("score_runs", rights="select, insert")


def _shortlists() -> None:
    run(f"""
    create table shortlists (
        workspace_id uuid not null references workspaces (id),
        id uuid not null,
        name text not null,
        brief_id uuid,
        notes text,
        archived_at timestamptz,
        version integer not null default 1,
        created_at timestamptz not null default elci_now(),
        updated_at timestamptz not null default elci_now(),
        -- serves: a list, and GET /v1/shortlists, newest first (ids rise with time)
        primary key (workspace_id, id),
        constraint shortlists_brief_fkey foreign key (workspace_id, brief_id)
            references briefs (workspace_id, id) on delete set null (brief_id)
    );
    -- serves: the foreign key when a brief goes, GET /v1/shortlists?brief_id=
    create index shortlists_brief on shortlists (workspace_id, brief_id, id) where brief_id is not null;

    create table shortlist_items (
        workspace_id uuid not null,
        shortlist_id uuid not null,
        influencer_id uuid not null,
        status text not null default 'suggested' check (status in ({STATUSES})),
        reason text,
        notes text,
        -- Fit and the sentences for it on the day the item was added: what the list was made on.
        fit double precision,
        sentences text[] not null default '{{}}',
        run_id uuid,
        added_at timestamptz not null default elci_now(),
        updated_at timestamptz not null default elci_now(),
        -- serves: an influencer is on a list once; the items of a list, sorted in memory
        primary key (workspace_id, shortlist_id, influencer_id),
        constraint shortlist_items_list_fkey foreign key (workspace_id, shortlist_id)
            references shortlists (workspace_id, id) on delete cascade,
        constraint shortlist_items_influencer_fkey foreign key (workspace_id, influencer_id)
            references influencers (workspace_id, id) on delete cascade,
        constraint shortlist_items_reason check (status <> 'rejected' or reason is not null)
    );
    -- serves: an influencer's erasure and merge, the filter exclude_shortlists
    create index shortlist_items_of on shortlist_items (workspace_id, influencer_id);
    """)
    wall("shortlists")
    wall("shortlist_items")


def _shares() -> None:
    run("""
    create table shortlist_shares (
        workspace_id uuid not null,
        id uuid not null,
        shortlist_id uuid not null,
        name text,
        token_hash bytea not null,
        can text not null check (can in ('view', 'comment', 'approve')),
        hide text[] not null default '{}',
        expires_at timestamptz not null,
        revoked_at timestamptz,
        created_at timestamptz not null default elci_now(),
        primary key (workspace_id, id),
        constraint shortlist_shares_list_fkey foreign key (workspace_id, shortlist_id)
            references shortlists (workspace_id, id) on delete cascade
    );
    -- serves: a list's share links
    create index shortlist_shares_of on shortlist_shares (workspace_id, shortlist_id, id);
    -- serves: entry.find_share
    create index shortlist_shares_token on shortlist_shares (token_hash);

    -- What was said stays when an influencer is taken off the list, and goes when the influencer is erased.
    create table shortlist_comments (
        workspace_id uuid not null,
        id uuid not null,
        shortlist_id uuid not null,
        share_id uuid not null,
        influencer_id uuid,
        author text not null,
        text text,
        -- A decision stands beside its comment; the item's status is what is in force.
        decision text check (decision in ('approved', 'rejected')),
        created_at timestamptz not null default elci_now(),
        primary key (workspace_id, id),
        constraint shortlist_comments_list_fkey foreign key (workspace_id, shortlist_id)
            references shortlists (workspace_id, id) on delete cascade,
        constraint shortlist_comments_share_fkey foreign key (workspace_id, share_id)
            references shortlist_shares (workspace_id, id) on delete cascade,
        constraint shortlist_comments_influencer_fkey foreign key (workspace_id, influencer_id)
            references influencers (workspace_id, id) on delete cascade,
        check (text is not null or decision is not null),
        check (decision is null or influencer_id is not null)
    );
    -- serves: a list's comments in time
    create index shortlist_comments_of on shortlist_comments (workspace_id, shortlist_id, id);
    -- serves: what was said through one share link
    create index shortlist_comments_said on shortlist_comments (workspace_id, share_id, id);
    -- serves: an influencer's erasure and merge
    create index shortlist_comments_about on shortlist_comments (workspace_id, influencer_id)
        where influencer_id is not null;
    """)
    wall("shortlist_shares", rights="select, insert, update")
    wall("shortlist_comments", rights="select, insert, update")


def _entry() -> None:
    """A share link finds its list before the workspace is known; old runs are dropped in all workspaces."""
    run("""
    create function entry.find_share(bytea) returns table (workspace_id uuid, share_id uuid)
        language sql stable security definer set search_path = pg_catalog, public, pg_temp
        as $$
            select s.workspace_id, s.id
            from shortlist_shares s
            join shortlists l on l.workspace_id = s.workspace_id and l.id = s.shortlist_id
            where s.token_hash = $1 and s.revoked_at is null and s.expires_at > elci_now()
                and l.archived_at is null
        $$;

    create function entry.drop_score_runs(age interval, most integer) returns bigint
        language sql volatile security definer set search_path = pg_catalog, public, pg_temp
        as $$
            with gone as (
                delete from score_runs where ctid in (
                    select ctid from score_runs where as_of < elci_now() - age limit most)
                returning 1
            )
            select count(*) from gone
        $$;
    """)
    entry("entry.find_share(bytea)")
    entry("entry.drop_score_runs(interval, integer)")
