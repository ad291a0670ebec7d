"""All SQL of attribution: what speaks for partners, and the paths that are compared."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from service.conversions.attribution.schemas import Earlier, SeenClick, SeenCoupon
from service.kit.db import Connection, sql

_CLICK = """
    select c.id, c.clicked_at as at, c.link_id, c.partner_id, p.program_id, c.campaign_id, c.sub1, c.visitor,
        'foreign_origin' = any(c.reasons) as "foreign"
    from clicks c left join partners p on p.workspace_id = c.workspace_id and p.id = c.partner_id
"""


# Times are those of the ids: they name the days in which to look.
@sql(f"{_CLICK} where c.workspace_id = $1 and c.clicked_at = any($2) and c.id = any($3)")
async def clicks(
    db: Connection, workspace_id: UUID, times: Sequence[datetime], ids: Sequence[UUID]
) -> list[SeenClick]: ...


# The newest ones are enough: nobody follows a hundred links before an order.
@sql(f"""
    {_CLICK}
    where c.workspace_id = $1 and c.visitor = any($2) and c.clicked_at >= $3 and c.clicked_at <= $4
        and c.counted and c.id <> all($5)
    order by c.clicked_at desc, c.id desc limit 100
""")
async def clicks_of_visitors(
    db: Connection,
    workspace_id: UUID,
    visitors: Sequence[bytes],
    since: datetime,
    until: datetime,
    beside: Sequence[UUID],
) -> list[SeenClick]: ...


@sql("""
    select distinct click_id from site_events
    where workspace_id = $1 and token_key in (select sha256(convert_to(t, 'UTF8')) from unnest($2::text[]) t)
        and click_id is not null and not 'foreign_origin' = any(reasons)
    limit 100
""")
async def clicks_of_tokens(db: Connection, workspace_id: UUID, tokens: Sequence[str]) -> list[UUID]: ...


# Whose it was when the order was placed.
@sql("""
    select c.id, c.code, c.folded, h.kind = 'public' as public, h.partner_id, p.program_id, c.link_id,
        l.campaign_id, c.starts_at, c.ends_at, c."limit", c.archived_at
    from coupons c
    join lateral (
        select kind, partner_id from coupon_history
        where workspace_id = $1 and coupon_id = c.id and since <= $3
        order by since desc limit 1
    ) h on true
    left join partners p on p.workspace_id = c.workspace_id and p.id = h.partner_id
    left join links l on l.workspace_id = c.workspace_id and l.id = c.link_id
    where c.workspace_id = $1 and c.folded = any($2)
""")
async def coupons(
    db: Connection, workspace_id: UUID, folded: Sequence[str], at: datetime
) -> list[SeenCoupon]: ...


@sql("""
    select count(distinct v.id) from conversion_touches t
    join conversions v on v.workspace_id = t.workspace_id and v.id = t.conversion_id
    where t.workspace_id = $1 and t.coupon_id = $2 and t.kind = 'coupon' and v.status <> 'cancelled'
        and (v.occurred_at, v.id) < ($3, $4::uuid)
""")
async def times_used(
    db: Connection, workspace_id: UUID, coupon_id: UUID, before: datetime, conversion_id: UUID
) -> int: ...


@sql("""
    with earlier as (
        select v.id, v.occurred_at,
            count(*) filter (where v.kind in ('sale', 'booking')) over (
                order by v.occurred_at desc, v.id desc rows between unbounded preceding and 1 preceding
            ) as sales
        from conversions v
        where v.workspace_id = $1 and v.customer_id = $2 and v.status = 'confirmed' and not v.test
            and (v.occurred_at, v.id) < ($3, $4::uuid)
        order by v.occurred_at desc, v.id desc limit 1000
    )
    select e.id as conversion_id, e.occurred_at, t.kind, t.at, t.partner_id, p.program_id, t.link_id,
        t.coupon_id, t.click_id, t.campaign_id, t.sub1, t.share > 0 as credited, e.sales
    from earlier e
    join conversion_touches t on t.workspace_id = $1 and t.conversion_id = e.id
        and t.partner_id is not null and (t.kind = 'click' or (t.share > 0 and t.kind <> 'bond'))
    left join partners p on p.workspace_id = $1 and p.id = t.partner_id
    order by e.occurred_at, e.id, t.n
""")
async def earlier_touches(
    db: Connection, workspace_id: UUID, customer_id: UUID, before: datetime, conversion_id: UUID
) -> list[Earlier]: ...
