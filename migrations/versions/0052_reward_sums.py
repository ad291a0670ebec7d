"""Sums of rewards, redemptions that are taken back, and advocates who were erased."""

from migrations.helpers import app_role, run, wall

revision = "0052_reward_sums"
down_revision = "0051_advocate_pages"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _sums()
    _limits()
    _reversals()
    _erasures()


def _sums() -> None:
    # What a program gave in a unit, so that earning costs the same however much that was. It is kept in the
    # transaction that changes a reward, and always what a recount of the program's rewards finds.
    run("""
    create table reward_sums (
        workspace_id uuid not null references workspaces (id),
        program_id uuid not null,
        unit text collate "C" not null,
        spent bigint not null check (spent >= 0),
        -- serves: the budgets of a program
        primary key (workspace_id, program_id, unit),
        constraint reward_sums_program_fkey foreign key (workspace_id, program_id)
            references programs (workspace_id, id)
    );
    insert into reward_sums (workspace_id, program_id, unit, spent)
    select workspace_id, program_id, currency, sum(amount) from rewards
    where currency is not null and gone is null and rejected is null and held is null
    group by 1, 2, 3;
    """)
    wall("reward_sums", rights="select, insert, update")


def _limits() -> None:
    run("""
    -- serves: how often an advocate was given something by a rule in a period
    create index rewards_limit on rewards (workspace_id, advocate_id, rule, earned_at)
        where gone is null and rejected is null and held is null;
    -- serves: the lots of a balance, and the things that may yet expire
    create index rewards_open on rewards (workspace_id, advocate_id, id)
        where status in ('pending', 'on_hold')
            or (status = 'available' and (kind in ('points', 'credit') or expires_at is not null));
    -- serves: how many friends of an advocate bought, for the tier
    create index referrals_qualified on referrals (workspace_id, advocate_id)
        where state in ('qualified', 'rewarded') and held is null;
    """)


def _reversals() -> None:
    # A thing whose redemption was taken back can be redeemed again.
    run(f"""
    alter table redemptions add column reversed_at timestamptz, add column reversed_by text,
        add column reversed_for text,
        add constraint redemptions_reversed check ((reversed_at is null) = (reversed_by is null));
    drop index redemptions_reward;
    -- serves: a thing is redeemed once
    create unique index redemptions_reward on redemptions (workspace_id, reward_id)
        where reward_id is not null and reversed_at is null;
    -- serves: GET /v1/rewards/redemptions?advocate_id=
    create index redemptions_advocate on redemptions (workspace_id, advocate_id, id);
    grant update (external_id, reversed_at, reversed_by, reversed_for) on redemptions to {app_role()};
    """)


def _erasures() -> None:
    run(f"""
    alter table advocates add column erased_at timestamptz;
    grant update (external_id) on advocate_deeds to {app_role()};
    """)
