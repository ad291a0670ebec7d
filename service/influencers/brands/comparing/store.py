"""All SQL of comparing brands."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from service.influencers.brands.comparing.schemas import ComparisonRow, PostRow
from service.kit.db import Connection, fetch, sql

MOST_POSTS: Final = 500


def _nearest(moment: str) -> str:
    """The snapshot of `a` nearest to a moment, the earlier of two, within the period and the slack (SQL)."""
    side = """(select s.as_of, s.source, s.followers from brand_snapshots s
            where s.workspace_id = $1 and s.account_id = a.id and s.followers is not null
              and s.as_of >= coalesce($3, to_timestamp(0)) - $5::interval
              and s.as_of < coalesce($4, '2200-01-01'::timestamptz) + $5::interval
              and s.as_of {} order by s.as_of {}, s.source limit 1)"""
    return f"""(
        select n.as_of, n.followers from (
            {side.format(f"< {moment}", "desc")} union all {side.format(f">= {moment}", "")}) n
        order by abs(extract(epoch from n.as_of - {moment})), n.as_of limit 1)"""


# Without a bound the first or the last snapshot of all is the nearest.
@sql(f"""
    select a.id as account_id, a.brand_id, a.platform, a.handle, a.er_value, a.er_format, a.er_basis,
        a.er_components, a.er_statistic, a.er_n, a.er_window_days, a.er_origin, a.er_as_of,
        first.as_of as first_at, last.as_of as last_at,
        first.followers as first_followers, last.followers as last_followers, o.seen_at,
        p.posts, p.sponsored_posts, p.likes, p.comments, p.shares, p.views
    from brand_accounts a
    left join lateral {_nearest("coalesce($3, to_timestamp(0))")} first on true
    left join lateral {_nearest("coalesce($4, '2200-01-01'::timestamptz)")} last on true
    cross join lateral (
        select max(q.observed_at) as seen_at from brand_posts q
        where q.workspace_id = $1 and q.account_id = a.id) o
    cross join lateral (
        select count(*) as posts, count(*) filter (where p.sponsored) as sponsored_posts,
            sum(p.likes)::bigint as likes, sum(p.comments)::bigint as comments,
            sum(p.shares)::bigint as shares, sum(p.views)::bigint as views
        from brand_posts p
        where p.workspace_id = $1 and p.account_id = a.id
          and ($3::timestamptz is null or p.published_at >= $3)
          and ($4::timestamptz is null or p.published_at < $4)) p
    where a.workspace_id = $1 and a.brand_id = any($2)
    order by a.brand_id, last.followers desc nulls last, a.id
""")
async def compare(
    db: Connection,
    workspace_id: UUID,
    brands: Sequence[UUID],
    since: datetime | None,
    until: datetime | None,
    slack: timedelta,
) -> list[ComparisonRow]: ...


def _side(sign: str, order: str) -> str:
    """The snapshot of a post's account that is nearest to it on one side: a look at the index (SQL)."""
    return f"""(
        select s.as_of, s.followers from brand_snapshots s
        where s.workspace_id = $1 and s.account_id = p.account_id and s.followers is not null
          and s.as_of {sign} p.published_at order by s.as_of {order}, s.source limit 1)"""


async def posts(
    db: Connection,
    workspace_id: UUID,
    brands: Sequence[UUID],
    since: datetime | None,
    until: datetime | None,
) -> list[PostRow]:
    """The newest posts of a period, up to 500 of each account."""
    text = f"""
        select p.id, p.account_id, a.brand_id, a.platform, p.url, p.format, p.published_at,
            (extract(epoch from o.seen_at - p.published_at) / 3600)::float8 as age_hours,
            left(p.caption, 280) as caption, p.hashtags, coalesce(p.sponsored, false) as sponsored,
            p.likes, p.comments, p.shares, p.saves, p.private_interactions as private, p.views, p.reach,
            coalesce(p.followers, (
                select n.followers from ({_side("<", "desc")} union all {_side(">=", "")}) n
                order by abs(extract(epoch from n.as_of - p.published_at)), n.as_of limit 1
            ), a.followers) as followers
        from brand_accounts a
        cross join lateral (
            select max(q.observed_at) as seen_at from brand_posts q
            where q.workspace_id = $1 and q.account_id = a.id) o
        cross join lateral (
            select * from brand_posts q
            where q.workspace_id = $1 and q.account_id = a.id and q.published_at is not null
              and ($3::timestamptz is null or q.published_at >= $3)
              and ($4::timestamptz is null or q.published_at < $4)
            order by q.published_at desc, q.id desc limit {MOST_POSTS}) p
        where a.workspace_id = $1 and a.brand_id = any($2)
    """
    return await fetch(db, PostRow, text, workspace_id, brands, since, until)
