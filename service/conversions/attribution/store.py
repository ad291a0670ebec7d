"""All SQL of attribution: what speaks for partners. `n` is an order's place in what is asked."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from service.conversions.attribution.schemas import (
    Earlier,
    OtherClick,
    SeenClick,
    SeenCoupon,
    TokenClick,
)
from service.kit.db import Connection, sql

_CLICK = """
    select c.id, c.clicked_at as at, c.link_id, c.partner_id, p.program_id, c.campaign_id, c.sub1, c.visitor,
        'foreign_origin' = any(c.reasons) as "foreign"
    from clicks c left join partners p on p.workspace_id = c.workspace_id and p.id = c.partner_id
"""


# Times are those of the ids: they name the days in which to look.
@sql(f"""
    {_CLICK} where c.workspace_id = $1 and c.clicked_at = any($2) and c.id = any($3)
    order by c.clicked_at, c.id
""")
async def clicks(
    db: Connection, workspace_id: UUID, times: Sequence[datetime], ids: Sequence[UUID]
) -> list[SeenClick]: ...


# The newest ones are enough: nobody follows a hundred links before an order. `visitors`: hex.
@sql(f"""
    select c.*, a.n from jsonb_to_recordset($2) as a (
        n integer, visitors text[], since timestamptz, until timestamptz, beside uuid[]
    )
    cross join lateral (
        {_CLICK}
        where c.workspace_id = $1
            and c.visitor = any(array(select decode(v, 'hex') from unnest(a.visitors) v))
            and c.clicked_at >= a.since and c.clicked_at <= a.until and c.counted and c.id <> all(a.beside)
        order by c.clicked_at desc, c.id desc limit 100
    ) c
""")
async def clicks_of_visitors(
    db: Connection, workspace_id: UUID, asked: Sequence[dict[str, Any]]
) -> list[OtherClick]: ...


@sql("""
    select f.click_id, a.n from unnest($2::integer[], $3::text[]) as a (n, token)
    cross join lateral (
        select distinct e.click_id from site_events e
        where e.workspace_id = $1 and e.token_key = sha256(convert_to(a.token, 'UTF8'))
            and e.click_id is not null and not 'foreign_origin' = any(e.reasons)
        limit 100
    ) f
""")
async def clicks_of_tokens(
    db: Connection, workspace_id: UUID, orders: Sequence[int], tokens: Sequence[str]
) -> list[TokenClick]: ...


# Whose it was when the order was placed.
@sql("""
    select c.id, c.code, c.folded, h.kind = 'public' as public, h.partner_id, p.program_id, c.link_id,
        l.campaign_id, c.starts_at, c.ends_at, c."limit", c.archived_at, a.n
    from unnest($2::integer[], $3::text[], $4::timestamptz[]) as a (n, folded, at)
    join coupons c on c.workspace_id = $1 and c.folded = a.folded
    join lateral (
        select kind, partner_id from coupon_history
        where workspace_id = $1 and coupon_id = c.id and since <= a.at
        order by since desc limit 1
    ) h on true
    left join partners p on p.workspace_id = c.workspace_id and p.id = h.partner_id
    left join links l on l.workspace_id = c.workspace_id and l.id = c.link_id
""")
async def coupons(
    db: Connection,
    workspace_id: UUID,
    orders: Sequence[int],
    folded: Sequence[str],
    times: Sequence[datetime],
) -> list[SeenCoupon]: ...


# How often each was used before an order.
@sql("""
    select (
        select count(distinct v.id) from conversion_touches t
        join conversions v on v.workspace_id = t.workspace_id and v.id = t.conversion_id
        where t.workspace_id = $1 and t.coupon_id = a.coupon_id and t.kind = 'coupon'
            and v.status <> 'cancelled' and (v.occurred_at, v.id) < (a.before, a.conversion_id)
    )
    from unnest($2::uuid[], $3::timestamptz[], $4::uuid[]) with ordinality
        as a (coupon_id, before, conversion_id, n)
    order by a.n
""")
async def times_used(
    db: Connection,
    workspace_id: UUID,
    coupon_ids: Sequence[UUID],
    before: Sequence[datetime],
    conversion_ids: Sequence[UUID],
) -> list[int]: ...


# offset 0: orders and touches are looked up one by one, whatever the planner thinks of tables that are young
# (half a second instead of 10 ms).
@sql("""
    select e.*, a.n::integer
    from unnest($2::uuid[], $3::timestamptz[], $4::uuid[]) with ordinality
        as a (customer_id, before, conversion_id, n)
    cross join lateral (
        with earlier as (
            select v.id, v.occurred_at,
                count(*) filter (where v.kind in ('sale', 'booking')) over (
                    order by v.occurred_at desc, v.id desc rows between unbounded preceding and 1 preceding
                ) as sales
            from conversions v
            where v.workspace_id = $1 and v.customer_id = a.customer_id and v.status = 'confirmed'
                and not v.test and (v.occurred_at, v.id) < (a.before, a.conversion_id)
            order by v.occurred_at desc, v.id desc limit 1000
        )
        select e.id as conversion_id, e.occurred_at, t.kind, t.at, t.partner_id, p.program_id, t.link_id,
            t.coupon_id, t.click_id, t.campaign_id, t.sub1, t.share > 0 as credited, e.sales,
            t.n as place
        from earlier e
        cross join lateral (
            select * from conversion_touches t
            where t.workspace_id = $1 and t.conversion_id = e.id and t.partner_id is not null
                and (t.kind = 'click' or (t.share > 0 and t.kind <> 'bond'))
            offset 0
        ) t
        left join partners p on p.workspace_id = $1 and p.id = t.partner_id
    ) e
    order by a.n, e.occurred_at, e.conversion_id, e.place
""")
async def earlier_touches(
    db: Connection,
    workspace_id: UUID,
    customer_ids: Sequence[UUID],
    before: Sequence[datetime],
    conversion_ids: Sequence[UUID],
) -> list[Earlier]: ...
