"""Who mentions, follows and works with whom, and what that says of each account."""

from migrations.helpers import run, wall

revision = "0009_edges"
down_revision = "0008_content"
branch_labels = None
depends_on = None

PLATFORMS = "'instagram', 'tiktok', 'youtube', 'x', 'facebook', 'linkedin', 'pinterest', 'twitch', 'other'"


def upgrade() -> None:
    nodes()
    edges()
    authority()


def nodes() -> None:
    """A node is an account of an influencer, or a handle that is nobody's here.

    Numbers and not UUIDs: a graph is read as arrays of them. An outside handle becomes the account's as soon
    as there is one, so what was said of it before counts.
    """
    run(f"""
    create table edge_nodes (
        workspace_id uuid not null references workspaces (id),
        id bigint not null generated always as identity,
        platform text collate "C" not null check (platform in ({PLATFORMS})),
        account_id uuid,
        handle text,
        handle_folded text collate "C",
        created_at timestamptz not null default elci_now(),
        primary key (workspace_id, id),
        constraint edge_nodes_account_fkey foreign key (workspace_id, account_id)
            references influencer_accounts (workspace_id, id) on delete cascade,
        check ((account_id is null) = (handle_folded is not null))
    );
    -- serves: the node of an account, one each; an account's erasure
    create unique index edge_nodes_account on edge_nodes (workspace_id, account_id)
        where account_id is not null;
    -- serves: the node of a handle that is nobody's here, one each
    create unique index edge_nodes_handle on edge_nodes (workspace_id, platform, handle_folded)
        where handle_folded is not null;
    """)
    wall("edge_nodes")


def edges() -> None:
    """`post_id`: the post that an edge was read from. `digests`: rows of files that were taken in.

    `edge_changes` holds influencers whose posts or accounts have changed since edges were read from them.
    """
    run("""
    create table edges (
        workspace_id uuid not null,
        id bigint not null generated always as identity,
        src bigint not null,
        dst bigint not null,
        kind text collate "C" not null check (kind in ('follow', 'mention', 'collaboration', 'referral')),
        weight double precision not null check (weight >= 0 and weight <= 1e15),
        at timestamptz,
        source text not null,
        post_id uuid,
        digests bigint[] not null default '{}',
        created_at timestamptz not null default elci_now(),
        primary key (workspace_id, id),
        constraint edges_src_fkey foreign key (workspace_id, src)
            references edge_nodes (workspace_id, id) on delete cascade,
        constraint edges_dst_fkey foreign key (workspace_id, dst)
            references edge_nodes (workspace_id, id) on delete cascade,
        constraint edges_post_fkey foreign key (workspace_id, post_id)
            references influencer_posts (workspace_id, id) on delete cascade,
        check (src <> dst)
    );
    -- serves: one edge for what is said again, and who points at an account
    create unique index edges_key on edges (workspace_id, dst, src, kind, at, source, post_id)
        nulls not distinct;
    -- serves: whom an account points at; reading its posts' edges anew
    create index edges_out on edges (workspace_id, src);
    -- serves: the removal of a post
    create index edges_post on edges (workspace_id, post_id) where post_id is not null;

    create table edge_changes (
        workspace_id uuid not null,
        influencer_id uuid not null,
        primary key (workspace_id, influencer_id),
        constraint edge_changes_influencer_fkey foreign key (workspace_id, influencer_id)
            references influencers (workspace_id, id) on delete cascade
    );
    """)
    wall("edges")
    wall("edge_changes")


def authority() -> None:
    """Written by jobs, so that scoring reads columns. null: nothing of the kind is known on the platform.

    `pagerank` is in units of the mean of the topic's accounts; `mentioners` are those of the 90 days before
    the newest mention that is known. `edge_graphs` says when the workspace's graph was last looked at, how
    large it was, and whether something has changed since.
    """
    run("""
    create table edge_graphs (
        workspace_id uuid not null references workspaces (id),
        stale boolean not null,
        version bigint not null default 0,
        nodes bigint not null default 0,
        arcs bigint not null default 0,
        topics text[] not null default '{}',
        computed_at timestamptz,
        primary key (workspace_id)
    );

    create table account_authority (
        workspace_id uuid not null,
        account_id uuid not null,
        topic text not null,
        -- As they were: an account that is other by now makes the graph another.
        category text,
        creator boolean not null,
        pagerank double precision,
        mentioners integer,
        creators integer,
        version bigint not null,
        computed_at timestamptz not null default elci_now(),
        -- serves: scoring, which reads all accounts of a workspace
        primary key (workspace_id, account_id),
        constraint account_authority_account_fkey foreign key (workspace_id, account_id)
            references influencer_accounts (workspace_id, id) on delete cascade
    );

    create table account_activity (
        workspace_id uuid not null,
        account_id uuid not null,
        first_seen_at timestamptz,
        gaps integer not null,
        gap_mean double precision,
        gap_deviation double precision,
        gap_longest double precision,
        irregular boolean not null,
        computed_at timestamptz not null default elci_now(),
        -- serves: scoring, as above
        primary key (workspace_id, account_id),
        constraint account_activity_account_fkey foreign key (workspace_id, account_id)
            references influencer_accounts (workspace_id, id) on delete cascade
    );
    """)
    wall("edge_graphs")
    wall("account_authority")
    wall("account_activity")
