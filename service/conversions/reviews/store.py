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


# One round trip: it is asked at each settling. The rules are the same for all: the first row has them.
@sql("""
    select
        case when a.n = 0 then
            (select r.rules from review_rules r where r.workspace_id = $1 order by r.version desc limit 1)
        end as rules,
        (select coalesce(jsonb_agg(jsonb_build_object('code', f.code, 'partner_id', f.partner_id,
                'group', f."group", 'evidence', f.evidence)), '[]')
            from review_findings f
            where f.workspace_id = $1 and f.partner_id = any(a.partner_ids) and f.ended_at is null
                and f.since <= a.at and (f.until is null or a.at < f.until)
                and (f.coupon is null or f.coupon = any(a.coupons))) as findings,
        (select coalesce(jsonb_agg(jsonb_build_object('id', p.id,
                'emails', (select coalesce(jsonb_agg(o.email_key), '[]') from partners o
                    where o.workspace_id = $1 and o.email_key is not null
                        and (o.id = p.id or o.merged_into = p.id)),
                'twin', (select min(t.id::text) from partners t
                    where t.workspace_id = $1 and t.id < p.id and t.status <> 'archived'
                        and t.merged_into is null and t.program_id is not distinct from p.program_id
                        and (t.mailbox = p.mailbox or t.influencer_id = p.influencer_id)),
                'sharers', (select coalesce(jsonb_agg(o), '[]') from (
                    select distinct coalesce(r.merged_into, r.id) as id, r.email_key as email,
                        case when x.ended_at is null and y.ended_at is null and r.status <> 'archived'
                            and r.program_id is not distinct from p.program_id then x.id end as account_id
                    from payout_accounts x
                    join payout_accounts y on y.workspace_id = $1 and y.number_key = x.number_key
                        and y.partner_id <> p.id
                    join partners r on r.workspace_id = $1 and r.id = y.partner_id
                        and r.merged_into is distinct from p.id
                    where x.workspace_id = $1 and x.partner_id = p.id
                    order by 1, 2, 3 limit 500
                ) o))), '[]')
            from partners p where p.workspace_id = $1 and p.id = any(a.partner_ids)) as payees,
        exists (select from review_flags g
            where g.workspace_id = $1 and g.conversion_id = a.conversion_id and g.ended_at is null) as flagged
    from jsonb_to_recordset($2) as a (
        n integer, conversion_id uuid, partner_ids uuid[], at timestamptz, coupons text[]
    )
    order by a.n
""")
async def contexts(
    db: Connection, workspace_id: UUID, asked: Sequence[dict[str, Any]]
) -> list[ContextRow]: ...


# Clicks that orders name, what the same devices clicked on the same days, and when carts began there. Each is
# looked up by its day, whatever the planner thinks of tables that are young: hence the limits.
@sql("""
    with asked as (
        select * from unnest($2::integer[], $3::uuid[], $4::timestamptz[]) as n (n, id, at)
    ),
    named as (
        select a.n, c.* from asked a
        cross join lateral (
            select c.id, c.partner_id, c.clicked_at, c.visitor, c.referrer_host, c.counted from clicks c
            where c.workspace_id = $1 and c.clicked_at = a.at and c.id = a.id limit 1
        ) c
    ),
    devices as (
        select distinct n, visitor, date_trunc('day', clicked_at, 'UTC') as day from named
        where visitor is not null
    )
    select id, partner_id, clicked_at as at, visitor, referrer_host as referrer, counted, true as named,
        false as cart, n
    from named
    union all
    select c.*, d.n from devices d
    cross join lateral (
        select c.id, c.partner_id, c.clicked_at, c.visitor, c.referrer_host, c.counted, false, false
        from clicks c
        where c.workspace_id = $1 and c.visitor = d.visitor and c.clicked_at >= d.day
            and c.clicked_at < d.day + interval '1 day' and c.counted
            and not exists (select from asked a where a.n = d.n and a.id = c.id)
        order by c.clicked_at desc limit 100
    ) c
    union all
    select e.*, d.n from devices d
    cross join lateral (
        select e.id, null::uuid, e.occurred_at, e.visitor, null::text, e.counted, false, true
        from site_events e
        where e.workspace_id = $1 and e.visitor = d.visitor and e.occurred_at >= d.day
            and e.occurred_at < d.day + interval '1 day' and e.counted
            and e.name in ('add_to_cart', 'begin_checkout')
        order by e.occurred_at limit 1
    ) e
""")
async def visits(
    db: Connection,
    workspace_id: UUID,
    orders: Sequence[int],
    click_ids: Sequence[UUID],
    times: Sequence[datetime],
) -> list[VisitRow]: ...


# Customers that turn out to be one are counted as one: they are read from their orders, one by one (a join is
# planned the wrong way round while the table is young: 55 ms instead of 2).
@sql("""
    with told as (
        select * from unnest(
            $2::integer[], $3::uuid[], $4::uuid[], $5::uuid[], $6::bytea[], $7::boolean[]
        ) as t (n, conversion_id, customer_id, partner_id, visitor, own)
    ),
    put as (
        insert into review_visits (workspace_id, conversion_id, partner_id, visitor, own)
        select $1, t.conversion_id, t.partner_id, t.visitor, t.own from told t
        on conflict (workspace_id, conversion_id, partner_id) do update
            set visitor = excluded.visitor, own = excluded.own
            where (review_visits.visitor, review_visits.own) is distinct from (excluded.visitor, excluded.own)
    )
    select t.n, t.partner_id, d.customers, d.own
    from told t
    cross join lateral (
        select (count(distinct coalesce(o.customer_id, o.conversion_id)) filter (
                where t.customer_id is null or o.customer_id is distinct from t.customer_id
            ))::integer as customers,
            coalesce(bool_or(o.own), false) as own
        from (
            select v.conversion_id, v.own, (select c.customer_id from conversions c
                where c.workspace_id = $1 and c.id = v.conversion_id) as customer_id
            from review_visits v
            where v.workspace_id = $1 and v.visitor = t.visitor and v.partner_id = t.partner_id
                and v.conversion_id <> t.conversion_id
        ) o
    ) d
""")
async def put_visits(
    db: Connection,
    workspace_id: UUID,
    orders: Sequence[int],
    conversion_ids: Sequence[UUID],
    customer_ids: Sequence[UUID | None],
    partner_ids: Sequence[UUID],
    visitors: Sequence[bytes],
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
    select $1, t.* from jsonb_to_recordset($2) as t (
        conversion_id uuid, hold_id uuid, partner_id uuid, code text, "group" text, evidence jsonb
    )
    on conflict (workspace_id, conversion_id, hold_id) do update
        set evidence = excluded.evidence, ended_at = null
        where review_flags.ended_at is not null or review_flags.evidence <> excluded.evidence
""")
async def put_flags(db: Connection, workspace_id: UUID, found: Sequence[dict[str, Any]]) -> None: ...


# What a person has let pass stays a part of its hold.
@sql("""
    update review_flags f set ended_at = elci_now()
    from jsonb_to_recordset($2) as a (id uuid, kept uuid[])
    where f.workspace_id = $1 and f.conversion_id = a.id and f.ended_at is null and f.hold_id <> all(a.kept)
""")
async def end_flags(db: Connection, workspace_id: UUID, kept: Sequence[dict[str, Any]]) -> None: ...
