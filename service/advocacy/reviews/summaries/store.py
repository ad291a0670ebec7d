"""All SQL of summaries."""

from datetime import datetime
from typing import Final
from uuid import UUID

from service.advocacy.reviews.schemas import Tally
from service.kit.db import Connection, sql

# Stars, and whether there are words, stand with reviews, too (triggers keep them as mentions have them): a
# look at each review's mention took half of the time. Half stars count as loyalty counts them.
_SUMS: Final = """
    count(*)::integer as reviews, avg(s.stars) as mean,
    (count(*) filter (where s.stars < 1.5))::integer as stars_1,
    (count(*) filter (where s.stars >= 1.5 and s.stars < 2.5))::integer as stars_2,
    (count(*) filter (where s.stars >= 2.5 and s.stars < 3.5))::integer as stars_3,
    (count(*) filter (where s.stars >= 3.5 and s.stars < 4.5))::integer as stars_4,
    (count(*) filter (where s.stars >= 4.5))::integer as stars_5,
    (count(*) filter (where s.words))::integer as with_text,
    (count(*) filter (where s.verified))::integer as verified,
    (count(*) filter (where s.incentivized))::integer as incentivized
"""


@sql(f"""
    with said as (
        select r.product_id,
            date_trunc('month', r.published_at at time zone $6)::date as month,
            r.stars::double precision as stars, r.words,
            r.verified_by is not null as verified, r.told_incentivized or r.incentivized as incentivized
        from reviews r
        where r.workspace_id = $1 and r.status = $2 and r.stars is not null
            and ($3::timestamptz is null or r.published_at >= $3)
            and ($4::timestamptz is null or r.published_at < $4)
            and ($5::text is null or r.product_id = $5)
            and ($7::text is null or r.shop = $7)
            and (not $9 or r.settled)
    ), grouped as (
        select case when grouping(s.product_id) = 0 then 'product' when grouping(s.month) = 0 then 'month'
                else 'total' end as grouped,
            s.product_id,
            s.month, {_SUMS}
        from said s group by grouping sets ((), (s.product_id), (s.month))
    ), ranked as (
        select g.*, row_number() over (partition by g.grouped order by
            case when g.grouped = 'product' then g.reviews end desc nulls last, g.month,
            g.product_id) as place
        from grouped g
    )
    select k.grouped, k.product_id, (
            select r.product_name from reviews r
            where r.workspace_id = $1 and r.product_id = k.product_id and r.product_name is not null
            order by r.published_at desc, r.id desc limit 1) as product_name,
        k.month, k.reviews, k.mean, k.stars_1, k.stars_2, k.stars_3, k.stars_4, k.stars_5, k.with_text,
        k.verified, k.incentivized
    from ranked k where k.grouped <> 'product' or k.place <= $8
    order by k.grouped, k.place
""")
async def tallies(
    db: Connection,
    workspace_id: UUID,
    status: str,
    since: datetime | None,
    until: datetime | None,
    product_id: str | None,
    tz: str,
    shop: str | None,
    products: int,
    settled: bool,
) -> list[Tally]: ...
