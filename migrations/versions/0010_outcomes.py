"""Finished collaborations, and the models that learn from them."""

from migrations.helpers import run, wall

revision = "0010_outcomes"
down_revision = "0009_edges"
branch_labels = None
depends_on = None

PLATFORMS = "'instagram', 'tiktok', 'youtube', 'x', 'facebook', 'linkedin', 'pinterest', 'twitch', 'other'"


def upgrade() -> None:
    _outcomes()
    _models()
    _shadows()


def _outcomes() -> None:
    # A merge moves no outcome: readers follow influencers.merged_into, so a merge can be taken back. A brand
    # that is not in the workspace is known by its folded name, and found as soon as there is one.
    run(f"""
    create table outcomes (
        workspace_id uuid not null references workspaces (id),
        id uuid not null,
        influencer_id uuid not null,
        key text collate "C" not null,
        external_id text,
        platform text collate "C" check (platform in ({PLATFORMS})),
        format text,
        brand_id uuid,
        brand_name text,
        brand_folded text collate "C",
        finished_at timestamptz not null,
        price bigint check (price >= 0),
        cost bigint check (cost >= 0),
        currency text,
        conversions bigint check (conversions >= 0),
        engagements bigint check (engagements >= 0),
        exclusive_until timestamptz,
        source text not null,
        digests bigint[] not null default '{{}}',
        created_at timestamptz not null default elci_now(),
        updated_at timestamptz not null default elci_now(),
        primary key (workspace_id, id),
        constraint outcomes_influencer_fkey foreign key (workspace_id, influencer_id)
            references influencers (workspace_id, id) on delete cascade,
        constraint outcomes_brand_fkey foreign key (workspace_id, brand_id)
            references brands (workspace_id, id) on delete set null (brand_id),
        check (num_nonnulls(price, cost) = 0 or currency is not null)
    );
    -- serves: knowing a collaboration again, so that the same file changes nothing
    create unique index outcomes_key on outcomes (workspace_id, source, key);
    -- serves: GET /v1/outcomes?influencer_id=, an influencer's erasure
    create index outcomes_of on outcomes (workspace_id, influencer_id);
    -- serves: GET /v1/outcomes, the newest first, and training, by date
    create index outcomes_finished on outcomes (workspace_id, finished_at, id);
    -- serves: the filter worked_with, the veto of competitors, the foreign key when a brand goes
    create index outcomes_brand on outcomes (workspace_id, brand_id) where brand_id is not null;
    -- serves: the same two by name, for brands that are not in the workspace
    create index outcomes_brand_name on outcomes (workspace_id, brand_folded) where brand_folded is not null;
    """)
    wall("outcomes")


def _models() -> None:
    # The pointer says which model ranks and which one only watches; `before` is where a roll-back goes, the
    # cold start being below them all.
    run("""
    create table models (
        workspace_id uuid not null references workspaces (id),
        id uuid not null,
        kind text collate "C" not null check (kind in ('fit')),
        state text not null default 'trained' check (state in ('trained', 'shadow', 'promoted', 'retired')),
        artefact bytea not null,
        sha256 text collate "C" not null,
        card jsonb not null,
        created_at timestamptz not null default elci_now(),
        updated_at timestamptz not null default elci_now(),
        -- serves: a model, and GET /v1/models, newest first (ids rise with time)
        primary key (workspace_id, id)
    );

    create table model_pointers (
        workspace_id uuid not null,
        kind text collate "C" not null,
        promoted_id uuid,
        shadow_id uuid,
        before uuid[] not null default '{}',
        updated_at timestamptz not null default elci_now(),
        -- serves: every ranking, which asks for the model in force
        primary key (workspace_id, kind),
        constraint model_pointers_promoted_fkey foreign key (workspace_id, promoted_id)
            references models (workspace_id, id),
        constraint model_pointers_shadow_fkey foreign key (workspace_id, shadow_id)
            references models (workspace_id, id)
    );
    """)
    wall("models")
    wall("model_pointers")


def _shadows() -> None:
    """What a watching model would have given, in the order of the run's candidates."""
    run("""
    alter table score_runs add column shadow_version text;
    alter table score_runs add column shadow real[] not null default '{}';
    """)
