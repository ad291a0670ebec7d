"""All SQL of loyalty: read of conversions, mentions, surveys and brands, and never written.

A month is null where a row is about the whole span.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from service.advocacy.loyalty.schemas import (
    Counts,
    Customers,
    Followed,
    Scored,
    Sums,
    TookBack,
    Voices,
)
from service.kit.db import Connection, sql

# What counts as a purchase.
_COUNTED: Final = """{0}.status = 'confirmed' and not {0}.test and {0}.merged_into is null
            and {0}.kind in ('sale', 'booking')"""
# Of the same moment, what is older by its id, as conversions decide who is new; the shop's word counts more.
# $6: of many orders, the first ones of all customers are found at once, in half the time of as many looks for
# an earlier one.
_ORDERS: Final = f"""
    with firsts as (
        select distinct on (e.customer_id) e.customer_id, e.id from conversions e
        where e.workspace_id = $1 and e.customer_id is not null and e.occurred_at < $3
            and {_COUNTED.format("e")} and $6
        order by e.customer_id, e.occurred_at, e.id
    ), orders as (
        select date_trunc('month', c.occurred_at at time zone $4)::date as month, c.currency, c.amount,
            c.refunded, c.customer_id, c.told_new,
            c.customer_id is not null and case when $6 then f.id <> c.id
                else exists (
                    select from conversions e
                    where e.workspace_id = $1 and e.customer_id = c.customer_id
                        and (e.occurred_at, e.id) < (c.occurred_at, c.id) and {_COUNTED.format("e")}
                ) end as again
        from conversions c left join firsts f on f.customer_id = c.customer_id
        where c.workspace_id = $1 and c.occurred_at >= $2 and c.occurred_at < $3 and {_COUNTED.format("c")}
    ), kept as (
        select * from orders
        where $5 = 'all' or ($5 = 'existing') = coalesce(not told_new, case when customer_id is not null
            then again end)
    )
"""


@sql(
    _ORDERS
    + """
    select month, count(*)::integer as orders, count(customer_id)::integer as known_orders,
        count(distinct customer_id)::integer as customers,
        (count(distinct customer_id) filter (where again))::integer as repeat_customers,
        (count(*) filter (where again))::integer as repeat_orders
    from kept group by grouping sets ((month), ()) order by month nulls first
"""
)
async def counts(
    db: Connection,
    workspace_id: UUID,
    since: datetime,
    until: datetime,
    tz: str,
    customers: Customers,
    at_once: bool,
) -> list[Counts]: ...


@sql(
    _ORDERS
    + """
    select month, currency, count(*)::integer as orders, sum(amount)::bigint as amount,
        sum(refunded)::bigint as refunded, count(distinct customer_id)::integer as customers,
        coalesce(sum(amount - refunded) filter (where customer_id is not null), 0)::bigint
            as known_after_returns
    from kept group by grouping sets ((month, currency), (currency)) order by month nulls first, currency
"""
)
async def sums(
    db: Connection,
    workspace_id: UUID,
    since: datetime,
    until: datetime,
    tz: str,
    customers: Customers,
    at_once: bool,
) -> list[Sums]: ...


# An order of more than a year ago is not called off any more: so the index over time serves.
@sql("""
    with back as (
        select cancelled_at as at, true as cancelled from conversions
        where workspace_id = $1 and status = 'cancelled' and not test and merged_into is null
            and kind in ('sale', 'booking') and cancelled_at >= $2 and cancelled_at < $3
            and occurred_at >= $2 - interval '1 year' and occurred_at < $3
        union all
        select r.occurred_at, false from refunds r
        join conversions c on c.workspace_id = r.workspace_id and c.id = r.conversion_id
        where r.workspace_id = $1 and r.occurred_at >= $2 and r.occurred_at < $3 and r.amount > 0
            and not c.test and c.status <> 'cancelled'
    )
    select date_trunc('month', at at time zone $4)::date as month,
        (count(*) filter (where cancelled))::integer as cancelled,
        (count(*) filter (where not cancelled))::integer as refunds
    from back group by grouping sets ((date_trunc('month', at at time zone $4)::date), ())
    order by month nulls first
""")
async def took_back(
    db: Connection, workspace_id: UUID, since: datetime, until: datetime, tz: str
) -> list[TookBack]: ...


# A review that was rejected (as fake, as spam) is nobody's voice.
@sql("""
    with said as (
        select date_trunc('month', published_at at time zone $4)::date as month, kind, author_key, label,
            stars, kind = 'review' and stars is not null as rated
        from mention_search s
        where s.workspace_id = $1 and s.published_at >= $2 and s.published_at < $3 and not exists (
            select from reviews r
            where r.workspace_id = $1 and r.id = s.mention_id and r.status = 'rejected')
    )
    select month, count(*)::integer as mentions, count(distinct author_key)::integer as authors,
        count(author_key)::integer as known_authors,
        (count(*) filter (where label = 'positive' and not rated))::integer as positive,
        (count(*) filter (where label = 'neutral' and not rated))::integer as neutral,
        (count(*) filter (where label = 'negative' and not rated))::integer as negative,
        (count(*) filter (where kind = 'review'))::integer as reviews,
        (count(*) filter (where rated))::integer as rated,
        avg(stars::double precision) filter (where rated) as stars,
        (count(*) filter (where rated and stars < 1.5))::integer as stars_1,
        (count(*) filter (where rated and stars >= 1.5 and stars < 2.5))::integer as stars_2,
        (count(*) filter (where rated and stars >= 2.5 and stars < 3.5))::integer as stars_3,
        (count(*) filter (where rated and stars >= 3.5 and stars < 4.5))::integer as stars_4,
        (count(*) filter (where rated and stars >= 4.5))::integer as stars_5
    from said group by grouping sets ((month), ()) order by month nulls first
""")
async def voices(
    db: Connection, workspace_id: UUID, since: datetime, until: datetime, tz: str
) -> list[Voices]: ...


@sql("""
    with told as (
        select date_trunc('month', answered_at at time zone $4)::date as month, score from nps_answers
        where workspace_id = $1 and answered_at >= $2 and answered_at < $3
    )
    select month, (count(*) filter (where score >= 9))::integer as promoters,
        (count(*) filter (where score between 7 and 8))::integer as passives,
        (count(*) filter (where score <= 6))::integer as detractors
    from told group by grouping sets ((month), ()) order by month nulls first
""")
async def scored(
    db: Connection, workspace_id: UUID, since: datetime, until: datetime, tz: str
) -> list[Scored]: ...


# The start is what stood last before it, if that is not too long ago, else the first that is told.
@sql("""
    select p.starts_at, a.id as account_id, coalesce(b.as_of, f.as_of) as first_at,
        coalesce(b.followers, f.followers) as first, l.as_of as last_at, l.followers as last
    from unnest($2::timestamptz[], $3::timestamptz[]) as p (starts_at, ends_at)
    cross join brand_accounts a
    join brands o on o.workspace_id = a.workspace_id and o.id = a.brand_id
    left join lateral (
        select s.as_of, s.followers from brand_snapshots s
        where s.workspace_id = $1 and s.account_id = a.id and s.followers is not null
            and s.as_of <= p.starts_at and s.as_of >= p.starts_at - $4::interval
        order by s.as_of desc, s.source limit 1) b on true
    left join lateral (
        select s.as_of, s.followers from brand_snapshots s
        where s.workspace_id = $1 and s.account_id = a.id and s.followers is not null
            and s.as_of > p.starts_at and s.as_of < p.ends_at
        order by s.as_of, s.source limit 1) f on true
    left join lateral (
        select s.as_of, s.followers from brand_snapshots s
        where s.workspace_id = $1 and s.account_id = a.id and s.followers is not null
            and s.as_of > p.starts_at and s.as_of < p.ends_at
        order by s.as_of desc, s.source limit 1) l on true
    where a.workspace_id = $1 and o.kind = 'own' and o.archived_at is null
    order by p.starts_at, a.id
""")
async def followed(
    db: Connection,
    workspace_id: UUID,
    starts: Sequence[datetime],
    ends: Sequence[datetime],
    slack: timedelta,
) -> list[Followed]: ...
