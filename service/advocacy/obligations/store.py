"""All SQL of obligations."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from service.advocacy.obligations.schemas import AlikeRow, OpenPointsRow
from service.kit.db import Connection, sql

# What rewards of a day are worth, and where they stand: as obligation_sums has it.
_STANDING = """case
                    when r.status in ('reversed', 'rejected') then 'withdrawn'
                    when r.status = 'expired' then 'expired'
                    when r.delivered_at is not null or r.status = 'redeemed'
                        or (r.status = 'available' and r.kind in ('points', 'credit', 'cash'))
                        then 'delivered'
                    when r.status = 'available' then 'ready'
                    else 'promised' end"""
_WORTH = """case
                    when r.currency is null then null
                    when r.total > 0 and r.status not in ('reversed', 'rejected') then r.amount
                        - round(r.amount::numeric * least(r.refunded, r.total) / r.total)::bigint
                    else r.amount end"""
# No coalesce: a wall lets no index be looked up by it.
_DUE = "case when r.due_at is null then r.earned_at else r.due_at end"
_COLUMNS = f"""r.kind, r.currency, r.pool_id, {_STANDING} as standing, {_WORTH} as worth,
                {_DUE} as due_at, r.earned_at"""


# Whole days are read of their sums. Of the days ($6 earned, $7 due) that a bound of what is asked lies in,
# rewards are read themselves, each once; day by day (offset 0): the planner would look through all of them.
@sql(f"""
    with moments as (
        select r.*, ($4::timestamptz is null or earned_at >= $4)
                and ($5::timestamptz is null or earned_at < $5) as in_span,
            r.due_at > $3::timestamptz - interval '365 days' and r.due_at <= $3::timestamptz as was_due,
            r.due_at > $3::timestamptz as is_early
        from (
            select e.* from unnest($6::date[]) d (day) cross join lateral (
                select {_COLUMNS} from rewards r
                where r.workspace_id = $1 and ($2::uuid is null or r.program_id = $2)
                    and r.earned_at >= d.day::timestamp at time zone 'UTC'
                    and r.earned_at < (d.day + 1)::timestamp at time zone 'UTC'
                offset 0
            ) e
            union all
            select e.* from unnest($7::date[]) d (day) cross join lateral (
                select {_COLUMNS} from rewards r
                where r.workspace_id = $1 and ($2::uuid is null or r.program_id = $2)
                    and {_DUE} >= d.day::timestamp at time zone 'UTC'
                    and {_DUE} < (d.day + 1)::timestamp at time zone 'UTC'
                    and (r.earned_at at time zone 'UTC')::date <> all($6::date[])
                offset 0
            ) e
        ) r
    ), days as (
        select s.*, ($4::timestamptz is null or earned_on >= ($4::timestamptz at time zone 'UTC')::date)
                and ($5::timestamptz is null or earned_on < ($5::timestamptz at time zone 'UTC')::date)
                as in_span,
            due_on > (($3::timestamptz - interval '365 days') at time zone 'UTC')::date
                and due_on < ($3::timestamptz at time zone 'UTC')::date as was_due,
            due_on > ($3::timestamptz at time zone 'UTC')::date as is_early
        from obligation_sums s
        where s.workspace_id = $1 and ($2::uuid is null or s.program_id = $2)
            and s.earned_on <> all($6::date[]) and s.due_on <> all($7::date[])
    ), every as (
        select kind, currency, pool_id, standing, worth as each, in_span, was_due, is_early, 1 as n,
            coalesce(worth, 0) as amount
        from moments
        union all
        select kind, currency, pool_id, standing, each, in_span, was_due, is_early, n, amount from days
    ), told as (
        select e.kind, coalesce(e.currency, p.currency) as currency,
            case when e.standing <> 'promised' then e.standing when e.is_early then 'waiting'
                else 'overdue' end as standing,
            case when e.standing not in ('ready', 'promised') then null when e.kind = 'voucher' then p.value
                else e.each end as worth,
            case when e.kind = 'voucher' then e.n * p.value when e.currency is not null then e.amount
                end as amount,
            e.in_span, e.was_due, e.n
        from every e
        left join voucher_pools p on p.workspace_id = $1 and p.id = e.pool_id
    )
    select kind, currency, standing, worth, in_span, was_due, sum(n)::bigint as n,
        sum(amount)::bigint as amount
    from told group by kind, currency, standing, worth, amount is null, in_span, was_due
    having sum(n) <> 0
    order by 1, 2, 3, 4, 5, 6
""")
async def alike(
    db: Connection,
    workspace_id: UUID,
    program_id: UUID | None,
    now: datetime,
    since: datetime | None,
    until: datetime | None,
    earned: Sequence[date],
    due: Sequence[date],
) -> list[AlikeRow]: ...


@sql("""
    select program_id, amount, count(*) as n from (
        select program_id, case when total > 0
            then amount - round(amount::numeric * least(refunded, total) / total)::bigint
            else amount end as amount
        from rewards
        where workspace_id = $1 and kind = 'points' and status in ('pending', 'on_hold')
            and ($2::uuid is null or program_id = $2) and ($3::timestamptz is null or earned_at >= $3)
            and ($4::timestamptz is null or earned_at < $4)
    ) opened
    group by 1, 2 order by 1, 2
""")
async def open_points(
    db: Connection,
    workspace_id: UUID,
    program_id: UUID | None,
    since: datetime | None,
    until: datetime | None,
) -> list[OpenPointsRow]: ...
