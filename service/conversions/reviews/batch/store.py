"""All SQL of patterns over many orders."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from msgspec import structs

from service.conversions.reviews.batch.schemas import FindingRow, Found, SlotRow, UseRow
from service.kit.db import Connection, sql

_STANDS = "not c.test and c.merged_into is null and c.status <> 'cancelled'"

# Sums of both and no joins: what is expected of either is far off in a young workspace, and nested loops
# would take seconds. Hours and days are UTC's. Clicks of merged records are their partner's.
_SLOTS = """
    with bought as (
        select t.partner_id, date_trunc('{unit}', c.occurred_at, 'UTC') as slot,
            count(distinct c.id) as orders, count(distinct c.id) filter (where t.kind = 'click') as by_click
        from conversions c
        join conversion_touches t on t.workspace_id = $1 and t.conversion_id = c.id and t.share > 0
            and t.partner_id is not null
        where c.workspace_id = $1 and c.occurred_at >= $2 and {stands}
        group by 1, 2
    ),
    clicked as (
        select coalesce(p.merged_into, p.id) as partner_id, date_trunc('{unit}', r.starts_at, 'UTC') as slot,
            sum(r.net)::bigint as clicks
        from click_rollups r
        join partners p on p.workspace_id = $1 and p.id = r.partner_id
        where r.workspace_id = $1 and r.starts_at >= $2 - interval '1 hour' and r.dimension = 'all'
        group by 1, 2
    )
"""


@sql(
    _SLOTS.format(unit="day", stands=_STANDS)
    + """
    select partner_id, slot as starts_at, sum(orders)::integer as orders, sum(by_click)::integer as by_click,
        sum(clicks)::integer as clicks, false as posted
    from (
        select partner_id, slot, orders, by_click, 0 as clicks from bought
        union all select partner_id, slot, 0, 0, clicks from clicked where slot >= $2
    ) told
    group by 1, 2 order by 1, 2
    """
)
async def days(db: Connection, workspace_id: UUID, since: datetime) -> list[SlotRow]: ...


@sql(
    _SLOTS.format(unit="hour", stands=_STANDS)
    + """
    , slots as (
        select partner_id, slot, sum(orders)::integer as orders, sum(by_click)::integer as by_click,
            sum(clicks)::integer as clicks
        from (
            select partner_id, slot, orders, by_click, 0 as clicks from bought
            union all select partner_id, slot, 0, 0, clicks from clicked
            union all select partner_id, slot + interval '1 hour', 0, 0, clicks from clicked
        ) told
        group by 1, 2 having sum(orders) > 0
    )
    select s.partner_id, s.slot as starts_at, s.orders, s.by_click, s.clicks,
        s.orders >= $3 and exists (select from partners p
            join influencer_accounts a on a.workspace_id = $1 and a.influencer_id = p.influencer_id
            join influencer_posts i on i.workspace_id = $1 and i.account_id = a.id
                and i.published_at between s.slot - interval '3 days' and s.slot + interval '1 hour'
            where p.workspace_id = $1 and p.id = s.partner_id) as posted
    from slots s
    order by s.partner_id, s.slot
    """
)
async def hours(db: Connection, workspace_id: UUID, since: datetime, busy: int) -> list[SlotRow]: ...


# A partner was heard of when they posted or their links were clicked; who can't be heard at all (no post
# was collected of late, no link) is not known to be silent.
@sql(f"""
    with used as (
        select t.partner_id, k.folded as coupon, c.id, c.occurred_at as at, c.referrer, not c.is_new as known,
            coalesce(k.starts_at, k.created_at) as starts_at
        from conversions c
        join conversion_touches t on t.workspace_id = $1 and t.conversion_id = c.id and t.share > 0
            and t.kind = 'coupon' and t.partner_id is not null
        join coupons k on k.workspace_id = $1 and k.id = t.coupon_id and k.kind = 'exclusive'
        where c.workspace_id = $1 and c.occurred_at >= $2 and {_STANDS}
    ),
    clicked as (
        select r.partner_id, max(r.starts_at) as at from click_rollups r
        where r.workspace_id = $1 and r.starts_at >= $2 - interval '1 year' and r.dimension = 'all'
            and r.net > 0 and r.partner_id is not null
        group by 1
    ),
    posted as (
        select p.id as partner_id, max(i.published_at) as at
        from partners p
        join influencer_accounts a on a.workspace_id = $1 and a.influencer_id = p.influencer_id
        join influencer_posts i on i.workspace_id = $1 and i.account_id = a.id
        where p.workspace_id = $1 and p.id in (select partner_id from used)
        group by 1 having max(i.observed_at) >= elci_now() - interval '30 days'
    ),
    heard as (
        select partner_id, max(at) as at from (select * from clicked union all select * from posted) told
        group by 1
    )
    select u.partner_id, u.coupon, u.at, u.referrer, u.known,
        case when h.at is not null then greatest(h.at, u.starts_at) end as last_heard
    from used u left join heard h on h.partner_id = u.partner_id
    order by u.partner_id, u.coupon, u.at, u.id
""")
async def uses(db: Connection, workspace_id: UUID, since: datetime) -> list[UseRow]: ...


@sql("""
    select id, code, partner_id, coupon, "group", since, until from review_findings
    where workspace_id = $1 and ended_at is null order by id
""")
async def findings(db: Connection, workspace_id: UUID) -> list[FindingRow]: ...


@sql("""
    insert into review_findings (workspace_id, id, code, partner_id, coupon, "group", since, until, evidence)
    select $1, f.id, f.code, f.partner_id, f.coupon, f."group", f.since, f.until, f.evidence
    from unnest($2::uuid[], $3::text[], $4::uuid[], $5::text[], $6::text[], $7::timestamptz[],
        $8::timestamptz[], $9::jsonb[])
        as f (id, code, partner_id, coupon, "group", since, until, evidence)
    on conflict do nothing
""")
async def add_rows(
    db: Connection,
    workspace_id: UUID,
    ids: Sequence[UUID],
    codes: Sequence[str],
    partner_ids: Sequence[UUID],
    coupons: Sequence[str | None],
    groups: Sequence[str],
    since: Sequence[datetime],
    until: Sequence[datetime | None],
    evidence: Sequence[Any],
) -> None: ...


async def add_findings(
    db: Connection, workspace_id: UUID, ids: Sequence[UUID], found: Sequence[Found]
) -> None:
    """Keeps findings; one that stands already stays as it is."""
    if found:
        columns: list[list[Any]] = [list(each) for each in zip(*map(structs.astuple, found), strict=True)]
        await add_rows(db, workspace_id, ids, *columns)


@sql("""
    update review_findings set ended_at = elci_now()
    where workspace_id = $1 and id = any($2) and ended_at is null
""")
async def end_findings(db: Connection, workspace_id: UUID, ids: Sequence[UUID]) -> None: ...


@sql("""
    select distinct c.id
    from unnest($2::uuid[], $3::timestamptz[], $4::timestamptz[], $5::text[])
        as f (partner_id, since, until, coupon)
    join conversion_touches t on t.workspace_id = $1 and t.partner_id = f.partner_id and t.share > 0
    join conversions c on c.workspace_id = $1 and c.id = t.conversion_id and c.occurred_at >= f.since
        and (f.until is null or c.occurred_at < f.until) and c.merged_into is null
    left join coupons k on k.workspace_id = $1 and k.id = t.coupon_id
    where f.coupon is null or k.folded = f.coupon
    order by c.id
""")
async def taken_in(
    db: Connection,
    workspace_id: UUID,
    partner_ids: Sequence[UUID],
    since: Sequence[datetime],
    until: Sequence[datetime | None],
    coupons: Sequence[str | None],
) -> list[UUID]: ...


# Orders that came before a device was known to be one of many customers, or the partner's own.
@sql("""
    with devices as (
        select v.visitor, v.partner_id, bool_or(v.own) as own,
            count(distinct coalesce(c.customer_id, c.id)) as customers
        from review_visits v
        join conversions c on c.workspace_id = $1 and c.id = v.conversion_id
        where v.workspace_id = $1 and v.created_at >= elci_now() - interval '3 days'
        group by v.visitor, v.partner_id
    )
    select v.conversion_id from devices d
    join review_visits v on v.workspace_id = $1 and v.visitor = d.visitor and v.partner_id = d.partner_id
    where (d.own or d.customers >= $2) and not v.own
        and not exists (select from review_flags f
            where f.workspace_id = $1 and f.conversion_id = v.conversion_id and f.partner_id = v.partner_id
                and f.code in ('same_device', 'self_referral_device'))
    order by v.conversion_id
""")
async def behind_devices(db: Connection, workspace_id: UUID, customers: int) -> list[UUID]: ...


# Devices can't be told from those of other days: old ones say nothing any more.
@sql("""
    with gone as (
        delete from review_visits
        where workspace_id = $1 and created_at < elci_now() - interval '45 days' returning 1
    )
    select count(*) from gone
""")
async def forget_visits(db: Connection, workspace_id: UUID) -> int: ...


@sql("select pg_advisory_xact_lock(hashtextextended('elci reviews of ' || $1::uuid, 0)) -- workspace_id")
async def take_turn(db: Connection, workspace_id: UUID) -> None: ...


@sql("select * from entry.reviewed_workspaces($1)")
async def reviewed_workspaces(db: Connection, since: datetime) -> list[UUID]: ...
