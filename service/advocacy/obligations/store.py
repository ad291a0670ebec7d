"""All SQL of obligations."""

from datetime import datetime
from uuid import UUID

from service.advocacy.obligations.schemas import PastRow, StandingRow
from service.kit.db import Connection, sql

# A balance's reward is delivered when it is in the balance; a thing when it was handed over.
_STANDING = """case
        when r.status in ('reversed', 'rejected') then 'withdrawn'
        when r.status = 'expired' then 'expired'
        when r.delivered_at is not null or r.status = 'redeemed'
            or (r.status = 'available' and r.kind in ('points', 'credit', 'cash')) then 'delivered'
        when r.status = 'available' then 'ready'
        when coalesce(r.due_at, r.earned_at) > elci_now() then 'waiting'
        else 'overdue' end"""


@sql(f"""
    select r.kind, coalesce(r.currency, p.currency) as currency, {_STANDING} as standing,
        case
            when r.kind = 'voucher' then p.value
            when r.currency is null then null
            when r.total > 0 and r.status not in ('reversed', 'rejected')
                then r.amount - round(r.amount::numeric * least(r.refunded, r.total) / r.total)::bigint
            else r.amount
        end as worth,
        count(*) as n
    from rewards r
    left join voucher_pools p on p.workspace_id = r.workspace_id and p.id = r.pool_id
    where r.workspace_id = $1 and ($2::uuid is null or r.program_id = $2)
        and ($3::timestamptz is null or r.earned_at >= $3)
        and ($4::timestamptz is null or r.earned_at < $4)
    group by 1, 2, 3, 4
    order by 1, 2, 3, 4
""")
async def standings(
    db: Connection,
    workspace_id: UUID,
    program_id: UUID | None,
    since: datetime | None,
    until: datetime | None,
) -> list[StandingRow]: ...


@sql(f"""
    select kind, count(*) filter (where standing = 'delivered') as delivered,
        count(*) filter (where standing in ('expired', 'withdrawn')) as lost
    from (
        select r.kind, {_STANDING} as standing from rewards r
        where r.workspace_id = $1 and ($2::uuid is null or r.program_id = $2)
            and coalesce(r.due_at, r.earned_at) > elci_now() - interval '365 days'
            and coalesce(r.due_at, r.earned_at) <= elci_now()
    ) due
    group by kind
""")
async def past(db: Connection, workspace_id: UUID, program_id: UUID | None) -> list[PastRow]: ...
