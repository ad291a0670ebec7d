"""All SQL of judging conversions."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from service.conversions.reviews.rules import ReviewRules, RulesRow
from service.conversions.reviews.schemas import ContextRow, DeviceRow, VisitRow
from service.kit.db import Connection, sql

_RULES = "version, rules, created_by, created_at"


@sql(f"select {_RULES} from review_rules where workspace_id = $1 order by version desc limit 1")
async def find_rules(db: Connection, workspace_id: UUID) -> RulesRow | None: ...


@sql(f"""
    select {_RULES} from review_rules where workspace_id = $1 and version < $2
    order by version desc limit $3
""")
async def versions(db: Connection, workspace_id: UUID, before: int, limit: int) -> list[RulesRow]: ...


# The key refuses a version that somebody else has made meanwhile.
@sql(f"""
    insert into review_rules (workspace_id, version, rules, created_by) values ($1, $2, $3, $4)
    on conflict do nothing
    returning {_RULES}
""")
async def add_rules(
    db: Connection, workspace_id: UUID, version: int, rules: ReviewRules, created_by: str
) -> RulesRow | None: ...


async def current(db: Connection, workspace_id: UUID) -> RulesRow:
    """The rules in force; version 0 are the defaults."""
    return await find_rules(db, workspace_id) or RulesRow(0, ReviewRules(), None, None)


# One round trip: it is asked at each settling.
@sql("""
    select
        (select r.rules from review_rules r where r.workspace_id = $1 order by r.version desc limit 1)
            as rules,
        (select coalesce(jsonb_agg(jsonb_build_object('code', f.code, 'partner_id', f.partner_id,
                'group', f."group", 'evidence', f.evidence)), '[]')
            from review_findings f
            where f.workspace_id = $1 and f.partner_id = any($3) and f.ended_at is null
                and f.since <= $4 and (f.until is null or $4 < f.until)
                and (f.coupon is null or f.coupon = any($5))) as findings,
        (select coalesce(jsonb_agg(jsonb_build_object('id', p.id,
                'emails', (select coalesce(jsonb_agg(o.email_key), '[]') from partners o
                    where o.workspace_id = $1 and o.email_key is not null
                        and (o.id = p.id or o.merged_into = p.id)),
                'twin', (select min(t.id::text) from partners t
                    where t.workspace_id = $1 and t.id < p.id and t.status <> 'archived'
                        and t.merged_into is null and t.program_id is not distinct from p.program_id
                        and (t.mailbox = p.mailbox or t.influencer_id = p.influencer_id)))), '[]')
            from partners p where p.workspace_id = $1 and p.id = any($3)) as payees,
        exists (select from review_flags g
            where g.workspace_id = $1 and g.conversion_id = $2 and g.ended_at is null) as flagged
""")
async def context(
    db: Connection,
    workspace_id: UUID,
    conversion_id: UUID,
    partner_ids: Sequence[UUID],
    at: datetime,
    coupons: Sequence[str],
) -> ContextRow: ...


# Clicks that the order names, what the same devices clicked on the same days, and when carts began there.
@sql("""
    with named as (
        select c.id, c.partner_id, c.clicked_at, c.visitor, c.referrer_host, c.counted
        from unnest($2::uuid[], $3::timestamptz[]) as n (id, at)
        join clicks c on c.workspace_id = $1 and c.clicked_at = n.at and c.id = n.id
    ),
    devices as (
        select distinct visitor, date_trunc('day', clicked_at, 'UTC') as day from named
        where visitor is not null
    )
    select id, partner_id, clicked_at as at, visitor, referrer_host as referrer, counted, true as named,
        false as cart
    from named
    union all
    (select c.id, c.partner_id, c.clicked_at, c.visitor, c.referrer_host, c.counted, false, false
        from devices d
        join clicks c on c.workspace_id = $1 and c.visitor = d.visitor and c.clicked_at >= d.day
            and c.clicked_at < d.day + interval '1 day' and c.counted and c.id <> all($2)
        order by c.clicked_at desc limit 100)
    union all
    (select e.id, null, e.occurred_at, e.visitor, null, e.counted, false, true
        from devices d
        join site_events e on e.workspace_id = $1 and e.visitor = d.visitor and e.occurred_at >= d.day
            and e.occurred_at < d.day + interval '1 day' and e.counted
            and e.name in ('add_to_cart', 'begin_checkout')
        order by e.occurred_at limit 1)
""")
async def visits(
    db: Connection, workspace_id: UUID, click_ids: Sequence[UUID], times: Sequence[datetime]
) -> list[VisitRow]: ...


# Customers that turn out to be one are counted as one: they are read from their orders, one by one (a join is
# planned the wrong way round while the table is young: 55 ms instead of 2).
@sql("""
    with told as (
        select * from unnest($3::uuid[], $4::bytea[], $6::boolean[]) as t (partner_id, visitor, own)
    ),
    put as (
        insert into review_visits (workspace_id, conversion_id, partner_id, visitor, own)
        select $1, $2, t.partner_id, t.visitor, t.own from told t
        on conflict (workspace_id, conversion_id, partner_id) do update
            set visitor = excluded.visitor, own = excluded.own
            where (review_visits.visitor, review_visits.own) is distinct from (excluded.visitor, excluded.own)
    )
    select t.partner_id, d.customers, d.own
    from told t
    cross join lateral (
        select (count(distinct coalesce(o.customer_id, o.conversion_id)) filter (
                where $5::uuid is null or o.customer_id is distinct from $5))::integer as customers,
            coalesce(bool_or(o.own), false) as own
        from (
            select v.conversion_id, v.own, (select c.customer_id from conversions c
                where c.workspace_id = $1 and c.id = v.conversion_id) as customer_id
            from review_visits v
            where v.workspace_id = $1 and v.visitor = t.visitor and v.partner_id = t.partner_id
                and v.conversion_id <> $2
        ) o
    ) d
""")
async def put_visits(
    db: Connection,
    workspace_id: UUID,
    conversion_id: UUID,
    partner_ids: Sequence[UUID],
    visitors: Sequence[bytes],
    customer_id: UUID | None,
    own: Sequence[bool],
) -> list[DeviceRow]: ...


@sql("""
    select h.id from unnest($2::uuid[]) as h (id)
    where (select d.status from review_decisions d where d.workspace_id = $1 and d.hold_id = h.id
        order by d.n desc limit 1) = 'released'
""")
async def released(db: Connection, workspace_id: UUID, hold_ids: Sequence[UUID]) -> list[UUID]: ...


@sql("""
    insert into review_flags (workspace_id, conversion_id, hold_id, partner_id, code, "group", evidence)
    select $1, $2, t.* from unnest($3::uuid[], $4::uuid[], $5::text[], $6::text[], $7::jsonb[]) as t
    on conflict (workspace_id, conversion_id, hold_id) do update
        set evidence = excluded.evidence, ended_at = null
        where review_flags.ended_at is not null or review_flags.evidence <> excluded.evidence
""")
async def put_flags(
    db: Connection,
    workspace_id: UUID,
    conversion_id: UUID,
    hold_ids: Sequence[UUID],
    partner_ids: Sequence[UUID],
    codes: Sequence[str],
    groups: Sequence[str],
    evidence: Sequence[dict[str, Any]],
) -> None: ...


# What a person has let pass stays a part of its hold.
@sql("""
    update review_flags set ended_at = elci_now()
    where workspace_id = $1 and conversion_id = $2 and ended_at is null and hold_id <> all($3)
""")
async def end_flags(
    db: Connection, workspace_id: UUID, conversion_id: UUID, kept: Sequence[UUID]
) -> None: ...
