"""Texts as vectors, and the words that a brand does not want to stand beside."""

from migrations.helpers import entry, run, wall

revision = "0008_content"
down_revision = "0007_follower_samples"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _spaces()
    _texts()
    _word_lists()
    _entry()


def _spaces() -> None:
    """What was learnt from a workspace's texts, and how each text stands in it."""
    run("""
    create table content_settings (
        workspace_id uuid not null references workspaces (id),
        topics integer not null check (topics between 2 and 100),
        updated_at timestamptz not null default elci_now(),
        primary key (workspace_id)
    );
    create table content_spaces (
        workspace_id uuid not null references workspaces (id),
        id uuid not null,
        topics integer not null,
        -- the catalogue when it was learnt, and how many texts have changed since
        influencers integer not null,
        changed integer not null default 0,
        sha256 text not null,
        artefact bytea not null,
        -- null while texts are still being brought into it
        ready_at timestamptz,
        created_at timestamptz not null default elci_now(),
        -- serves: the newest space that is ready (ids rise with time)
        primary key (workspace_id, id)
    );
    -- Compressed numbers do not shrink; a space is read as a whole.
    alter table content_spaces alter column artefact set storage external;

    create table content_vectors (
        workspace_id uuid not null,
        space_id uuid not null,
        influencer_id uuid not null,
        digest bytea not null,
        vector bytea not null,
        -- serves: the vectors of a run's candidates, and all of a space
        primary key (workspace_id, space_id, influencer_id),
        constraint content_vectors_space_fkey foreign key (workspace_id, space_id)
            references content_spaces (workspace_id, id) on delete cascade,
        constraint content_vectors_influencer_fkey foreign key (workspace_id, influencer_id)
            references influencers (workspace_id, id) on delete cascade
    );
    -- serves: the foreign key when an influencer goes
    create index content_vectors_of on content_vectors (workspace_id, influencer_id);
    """)
    wall("content_settings", rights="select, insert, update")
    wall("content_spaces")
    wall("content_vectors")


def _texts() -> None:
    """What was read of an influencer: as of which change, by which word lists, and what was found."""
    run("""
    create table content_texts (
        workspace_id uuid not null,
        influencer_id uuid not null,
        -- the influencer's updated_at when it was read: another one means that something has changed
        seen_at timestamptz not null,
        digest bytea not null,
        lists bytea not null,
        safety text[] not null default '{}',
        hits jsonb not null default '[]',
        posts_per_week real,
        -- serves: what was read of influencers, and who is still to be read
        primary key (workspace_id, influencer_id),
        constraint content_texts_influencer_fkey foreign key (workspace_id, influencer_id)
            references influencers (workspace_id, id) on delete cascade
    );
    -- serves: the veto on brand safety, which strikes few of many
    create index content_texts_hit on content_texts (workspace_id, influencer_id) where safety <> '{}';
    """)
    wall("content_texts")


def _word_lists() -> None:
    """How a workspace's word lists differ from the built-in ones."""
    run("""
    create table word_lists (
        workspace_id uuid not null references workspaces (id),
        category text collate "C" not null,
        language text collate "C" not null check (language in ('tr', 'en')),
        enabled boolean not null,
        veto boolean not null,
        added text[] not null default '{}',
        removed text[] not null default '{}',
        innocent text[] not null default '{}',
        updated_by text not null,
        updated_at timestamptz not null default elci_now(),
        -- serves: all lists of a workspace
        primary key (workspace_id, category, language)
    );
    """)
    wall("word_lists")


def _entry() -> None:
    """The nightly reading goes through all workspaces."""
    run("""
    create function entry.content_workspaces() returns setof uuid
        language sql stable security definer set search_path = pg_catalog, public, pg_temp
        as $$
            select w.id from workspaces w
            where exists (select from influencers i where i.workspace_id = w.id)
        $$;
    """)
    entry("entry.content_workspaces()")
