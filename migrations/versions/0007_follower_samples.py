"""What follower samples say of an account, and how usual its growth is."""

from migrations.helpers import run, wall

revision = "0007_follower_samples"
down_revision = "0006_shortlists"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _samples()
    _growth()


def _samples() -> None:
    # Counts alone: who the followers are is not kept.
    run("""
    create table follower_samples (
        workspace_id uuid not null,
        id uuid not null,
        account_id uuid not null,
        as_of timestamptz not null,
        source text not null,
        n bigint not null check (n > 0),
        n_known boolean not null,
        flagged double precision not null check (flagged between 0 and n),
        tpr double precision not null check (tpr between 0 and 1),
        fpr double precision not null check (fpr between 0 and 1),
        model_version text,
        latest boolean not null default false,
        created_at timestamptz not null default elci_now(),
        primary key (workspace_id, id),
        -- serves: an account's samples, newest first
        constraint follower_samples_key unique (workspace_id, account_id, as_of, source),
        constraint follower_samples_account_fkey foreign key (workspace_id, account_id)
            references influencer_accounts (workspace_id, id) on delete cascade
    );
    -- serves: scoring, which reads the newest sample of every candidate
    create index follower_samples_latest on follower_samples (workspace_id, account_id) where latest;
    """)
    wall("follower_samples")


def _growth() -> None:
    # Worked out when snapshots change: half a year of them for 100,000 candidates is too much to read.
    run("""
    create table account_growth (
        workspace_id uuid not null,
        account_id uuid not null,
        usual double precision not null,
        weeks double precision not null,
        jump double precision,
        jump_day double precision,
        -- serves: scoring, which reads the growth of every candidate
        primary key (workspace_id, account_id),
        constraint account_growth_account_fkey foreign key (workspace_id, account_id)
            references influencer_accounts (workspace_id, id) on delete cascade
    );
    """)
    wall("account_growth")
