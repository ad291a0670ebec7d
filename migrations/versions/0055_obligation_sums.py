"""Sums that obligations are answered from."""

from migrations.helpers import run, wall

revision = "0055_obligation_sums"
down_revision = "0054_points"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _sums()
    _triggers()
    _edges()
    _rated()


def _sums() -> None:
    # What a recount of all rewards finds, by the days (UTC) that they were earned and due; `each`: what one
    # of the open ones is worth, which the interval of their cost depends on. Several rows may be of one
    # group: whoever finds a row locked adds another, so that nobody waits for anybody else's rewards.
    run(f"""
    create table obligation_sums (
        workspace_id uuid not null references workspaces (id),
        id bigint generated always as identity,
        program_id uuid not null,
        kind text collate "C" not null,
        currency text collate "C",
        pool_id uuid,
        standing text collate "C" not null
            check (standing in ('delivered', 'expired', 'withdrawn', 'ready', 'promised')),
        each bigint,
        earned_on date not null,
        due_on date not null,
        n bigint not null,
        amount numeric not null,
        -- serves: a row of a sum
        primary key (workspace_id, id),
        constraint obligation_sums_program_fkey foreign key (workspace_id, program_id)
            references programs (workspace_id, id)
    );
    insert into obligation_sums (workspace_id, program_id, kind, currency, pool_id, standing, each, earned_on,
        due_on, n, amount)
    select workspace_id, program_id, kind, currency, pool_id, standing, each, earned_on, due_on, sum(n),
        sum(amount)
    from ({_part("rewards", 1)}) p group by 1, 2, 3, 4, 5, 6, 7, 8, 9;
    -- serves: the row that a reward counts in; a program's obligations
    create index obligation_sums_of_days on obligation_sums (workspace_id, program_id, earned_on, due_on);
    """)
    wall("obligation_sums")


def _part(rows: str, sign: int) -> str:
    """What rows of rewards count for. A balance's reward is delivered when it is in the balance; a thing when
    it was handed over."""
    return f"""
        select workspace_id, program_id, kind, currency, pool_id, standing,
            case when standing in ('ready', 'promised') and kind <> 'voucher' then worth end as each,
            earned_on, due_on, {sign} as n,
            case when kind = 'voucher' then 0 else {sign} * coalesce(worth, 0) end as amount
        from (
            select workspace_id, program_id, kind, currency, pool_id,
                case
                    when status in ('reversed', 'rejected') then 'withdrawn'
                    when status = 'expired' then 'expired'
                    when delivered_at is not null or status = 'redeemed'
                        or (status = 'available' and kind in ('points', 'credit', 'cash')) then 'delivered'
                    when status = 'available' then 'ready'
                    else 'promised' end as standing,
                case
                    when currency is null then null
                    when total > 0 and status not in ('reversed', 'rejected')
                        then amount - round(amount::numeric * least(refunded, total) / total)::bigint
                    else amount end as worth,
                (earned_at at time zone 'UTC')::date as earned_on,
                (coalesce(due_at, earned_at) at time zone 'UTC')::date as due_on
            from {rows}
        ) stood
    """


_KEY = "workspace_id, program_id, kind, currency, pool_id, standing, each, earned_on, due_on"


def _triggers() -> None:
    # A row whose counts are all gone goes, too: worths of open rewards may all differ. Whether they are is
    # seen once it is locked: a count of the statement's snapshot may be older.
    for event, part, tables in (
        ("insert", _part("after", 1), "new table as after"),
        (
            "update",
            f"{_part('after', 1)} union all {_part('before', -1)}",
            "old table as before new table as after",
        ),
    ):
        run(f"""
        create function obligation_sums_{event}() returns trigger
        language plpgsql set search_path = public, pg_temp
        as $$
        declare
            workspace_ids uuid[];
            empty bigint[];
        begin
            with moved as materialized (
                select {_KEY}, sum(n)::bigint as n, sum(amount) as amount from ({part}) p
                group by 1, 2, 3, 4, 5, 6, 7, 8, 9 having sum(n) <> 0 or sum(amount) <> 0
            ), found as materialized (
                select m.*, s.id as row_id from moved m
                left join lateral (
                    select s.id from obligation_sums s
                    where s.workspace_id = m.workspace_id and s.program_id = m.program_id
                        and s.earned_on = m.earned_on and s.due_on = m.due_on and s.kind = m.kind
                        and s.standing = m.standing and s.currency is not distinct from m.currency
                        and s.pool_id is not distinct from m.pool_id
                        and s.each is not distinct from m.each
                    order by s.id limit 1 for update skip locked
                ) s on true
            ), kept as (
                update obligation_sums s set n = s.n + f.n, amount = s.amount + f.amount from found f
                where s.workspace_id = f.workspace_id and s.id = f.row_id
                returning s.workspace_id, s.id, s.n, s.amount
            ), added as (
                insert into obligation_sums ({_KEY}, n, amount)
                select {_KEY}, n, amount from found where row_id is null
            )
            select array_agg(distinct workspace_id), array_agg(id) into workspace_ids, empty
            from kept where n = 0 and amount = 0;
            if empty is not null then
                delete from obligation_sums
                where workspace_id = any(workspace_ids) and id = any(empty) and n = 0 and amount = 0;
            end if;
            return null;
        end
        $$;
        create trigger obligation_sums_{event} after {event} on rewards referencing {tables}
            for each statement execute function obligation_sums_{event}();
        """)


def _edges() -> None:
    run("""
    -- serves: obligations, rewards of a day that a period begins or ends in
    create index rewards_earned on rewards (workspace_id, earned_at);
    -- serves: obligations, rewards that are due today
    create index rewards_due_on on rewards
        (workspace_id, (case when due_at is null then earned_at else due_at end));
    """)


def _rated() -> None:
    # What a summary counts of a review's mention, beside the review: 300,000 of them are read without as many
    # looks at mentions. Who adds a review waits for whoever changes its mention, so that neither misses what
    # the other wrote.
    words = "text <> '' or title is not null"
    run(f"""
    alter table reviews add column stars real, add column words boolean not null default false;
    update reviews r set stars = m.stars, words = {words} from mentions m
    where m.workspace_id = r.workspace_id and m.id = r.id;
    create function reviews_rated() returns trigger
    language plpgsql set search_path = public, pg_temp
    as $$
    begin
        select m.stars, {words} into new.stars, new.words from mentions m
        where m.workspace_id = new.workspace_id and m.id = new.id for share;
        new.words := coalesce(new.words, false);
        return new;
    end
    $$;
    create trigger reviews_rated before insert on reviews for each row execute function reviews_rated();
    create function mentions_rated() returns trigger
    language plpgsql set search_path = public, pg_temp
    as $$
    begin
        update reviews set stars = new.stars, words = new.text <> '' or new.title is not null
        where workspace_id = new.workspace_id and id = new.id;
        return null;
    end
    $$;
    create trigger mentions_rated after update of stars, text, title on mentions for each row
        when (old.stars is distinct from new.stars
            or (old.text <> '' or old.title is not null) <> (new.text <> '' or new.title is not null))
        execute function mentions_rated();
    """)
