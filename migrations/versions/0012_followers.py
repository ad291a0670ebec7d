"""Who follows or likes an account, as sets of people known only by keyed hashes."""

from migrations.helpers import run, wall

revision = "0012_followers"
down_revision = "0011_history"
branch_labels = None
depends_on = None

PLATFORMS = "'instagram', 'tiktok', 'youtube', 'x', 'facebook', 'linkedin', 'pinterest', 'twitch', 'other'"


def upgrade() -> None:
    people()
    sets()


def people() -> None:
    """An identity of a person on a platform, and the person's number in the workspace: dense, never reused.

    No foreign key to workspaces on `followers`: it would be asked once for each of millions of rows, and
    `follower_counters` has it. `linked`: other identities have, or had, the same number.
    """
    run(f"""
    create table follower_counters (
        workspace_id uuid not null references workspaces (id),
        people integer not null default 0,
        versions bigint not null default 0,
        primary key (workspace_id)
    );

    create table followers (
        workspace_id uuid not null,
        platform text collate "C" not null check (platform in ({PLATFORMS})),
        id_hash bytea not null check (length(id_hash) = 16),
        ordinal integer not null check (ordinal >= 0),
        linked boolean not null default false,
        -- serves: the numbers of a list's people
        primary key (workspace_id, platform, id_hash)
    );
    -- serves: the other identities of a person, between which platforms there are any
    create index followers_linked on followers (workspace_id, ordinal, platform) where linked;

    create table follower_tombstones (
        workspace_id uuid not null references workspaces (id),
        platform text collate "C" not null,
        id_hash bytea not null,
        created_at timestamptz not null default elci_now(),
        -- serves: lists, which must not bring back who was erased
        primary key (workspace_id, platform, id_hash)
    );
    """)
    wall("follower_counters")
    wall("followers")
    wall("follower_tombstones", rights="select, insert")


def sets() -> None:
    """Roaring bitmaps of ordinals (portable serialisation), one a set.

    `members`: everybody who is known. `sample`: of those the `keep` with the smallest hashes, where the set
    is used as a hash sample; links and erasures make it anew from `members`, which is why those stay.
    """
    run("""
    create table follower_sets (
        workspace_id uuid not null,
        account_id uuid not null,
        "of" text collate "C" not null check ("of" in ('followers', 'likers')),
        basis text not null check (basis in ('exact', 'uniform_sample', 'hash_sample')),
        size bigint not null check (size >= 0),
        sampled bigint not null check (sampled between 0 and size),
        keep integer check (keep > 0),
        members bytea not null,
        sample bytea,
        as_of timestamptz not null,
        source text not null,
        version bigint not null,
        created_at timestamptz not null default elci_now(),
        updated_at timestamptz not null default elci_now(),
        -- serves: the sets of accounts, and one of a kind for each
        primary key (workspace_id, account_id, "of"),
        constraint follower_sets_account_fkey foreign key (workspace_id, account_id)
            references influencer_accounts (workspace_id, id) on delete cascade,
        check ((basis = 'hash_sample') = (sample is not null)),
        check (basis <> 'exact' or sampled = size),
        -- Of an audience of which nobody is known there is no set.
        check (sampled > 0 or size = 0)
    );
    -- A bitmap is compact already: compressing it again costs time at every reading.
    alter table follower_sets alter column members set storage external;
    alter table follower_sets alter column sample set storage external;
    """)
    wall("follower_sets")
