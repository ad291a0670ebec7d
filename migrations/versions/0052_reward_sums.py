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
    # What a program gave in a unit, so that earning costs the same however much that was: always what a
    # recount of its rewards finds. Triggers keep it, so that nothing that writes rewards can forget to.
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
    for event, part, tables in (
        ("insert", _part("after", 1), "new table as after"),
        (
            "update",
            f"{_part('after', 1)} union all {_part('before', -1)}",
            "old table as before new table as after",
        ),
    ):
        run(f"""
        create function reward_sums_{event}() returns trigger
        language plpgsql set search_path = public, pg_temp
        as $$
        begin
            with moved as materialized (
                select workspace_id, program_id, unit, sum(amount) as amount from ({part}) p
                group by 1, 2, 3 having sum(amount) <> 0 order by 1, 2, 3
            ), kept as (
                update reward_sums s set spent = s.spent + m.amount from moved m
                where s.workspace_id = m.workspace_id and s.program_id = m.program_id and s.unit = m.unit
                returning s.workspace_id, s.program_id, s.unit
            )
            insert into reward_sums (workspace_id, program_id, unit, spent)
            select m.workspace_id, m.program_id, m.unit, m.amount from moved m
            where not exists (
                select from kept k
                where k.workspace_id = m.workspace_id and k.program_id = m.program_id and k.unit = m.unit
            )
            on conflict (workspace_id, program_id, unit) do update
            set spent = reward_sums.spent + excluded.spent;
            return null;
        end
        $$;
        create trigger reward_sums_{event} after {event} on rewards referencing {tables}
            for each statement execute function reward_sums_{event}();
        """)


def _part(rows: str, sign: int) -> str:
    """What rows of rewards count for; what is held counts for nothing until it is released."""
    return f"""
        select workspace_id, program_id, currency as unit, {sign} * amount as amount from {rows}
        where currency is not null and gone is null and rejected is null and held is null
    """


def _limits() -> None:
    run("""
    -- serves: how often an advocate was given something by a rule in a period
    create index rewards_limit on rewards (workspace_id, advocate_id, rule, earned_at)
        where gone is null and rejected is null and held is null;
    -- serves: the lots of a balance, and the things that may yet expire
    create index rewards_open on rewards (workspace_id, advocate_id, id)
        where status in ('pending', 'on_hold')
            or (status = 'available' and (kind in ('points', 'credit') or expires_at is not null));
    -- serves: what the last redemptions drew from, when one is taken back
    create index rewards_drawn on rewards (workspace_id, advocate_id, currency) where redeemed > 0;
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
