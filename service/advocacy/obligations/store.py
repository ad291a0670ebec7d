"""All SQL of obligations."""

from datetime import datetime
from uuid import UUID

from service.advocacy.obligations.schemas import AlikeRow, OpenPointsRow
from service.kit.db import Connection, sql

# A balance's reward is delivered when it is in the balance; a thing when it was handed over.
_STANDING = """case
        when r.status in ('reversed', 'rejected') then 'withdrawn'
        when r.status = 'expired' then 'expired'
        when r.delivered or r.status = 'redeemed'
            or (r.status = 'available' and r.kind in ('points', 'credit', 'cash')) then 'delivered'
        when r.status = 'available' then 'ready'
        when r.is_early then 'waiting'
        else 'overdue' end"""


# Alike ones are counted before anything is decided of them, in one pass: 300,000 rewards in a fifth of the
# time of two that sort them. Conditions are columns here: of those the planner knows how few there are.
@sql(f"""
    select kind, currency, standing, worth, in_span, was_due, sum(n)::bigint as n from (
        select r.kind, coalesce(r.currency, p.currency) as currency, {_STANDING} as standing,
            case
                when r.kind = 'voucher' then p.value
                when r.currency is null then null
                when r.total > 0 and r.status not in ('reversed', 'rejected')
                    then r.amount
                        - round(r.amount::numeric * least(r.refunded, r.total) / r.total)::bigint
                else r.amount
            end as worth, r.in_span, r.was_due, r.n
        from (
            select kind, currency, status, pool_id, amount, refunded, total,
                delivered_at is not null as delivered,
                coalesce(due_at, earned_at) > (select elci_now()) as is_early,
                ($3::timestamptz is null or earned_at >= $3)
                    and ($4::timestamptz is null or earned_at < $4) as in_span,
                coalesce(due_at, earned_at) > (select elci_now()) - interval '365 days'
                    and coalesce(due_at, earned_at) <= (select elci_now()) as was_due,
                count(*) as n
            from rewards
            where workspace_id = $1 and ($2::uuid is null or program_id = $2)
            group by 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11
        ) r
        left join voucher_pools p on p.workspace_id = $1 and p.id = r.pool_id
    ) decided
    group by 1, 2, 3, 4, 5, 6
    order by 1, 2, 3, 4, 5, 6
""")
async def alike(
    db: Connection,
    workspace_id: UUID,
    program_id: UUID | None,
    since: datetime | None,
    until: datetime | None,
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
