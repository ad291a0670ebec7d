"""All SQL of what settling leaves: touches, the decision, and what is waited for."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any
from uuid import UUID

from msgspec import Struct

from service.conversions.attribution.touches import Touch
from service.conversions.facts import Facts
from service.conversions.rows import ConversionRow, EarnerRow, WaitRow
from service.conversions.settled import parting
from service.conversions.store import COLUMNS
from service.kit.db import Connection, sql


class Left(Struct, frozen=True):
    """What settling leaves of an order. `touches` with the parts that they are paid; `waits`: evidence that
    isn't known yet."""

    id: UUID
    partner_id: UUID | None
    attribution: dict[str, Any] | None
    is_new: bool | None
    touches: list[dict[str, Any]] = []
    waits: list[str] = []


@sql(f"""
    with settled as (
        update conversions v
        set partner_id = s.partner_id, attribution = s.attribution, is_new = s.is_new, settled_at = elci_now()
        from jsonb_to_recordset($2) as s (id uuid, partner_id uuid, attribution jsonb, is_new boolean)
        where v.workspace_id = $1 and v.id = s.id
        returning v.*
    )
    select {COLUMNS} from settled order by occurred_at, id
""")
async def mark(db: Connection, workspace_id: UUID, left: Sequence[Left]) -> list[ConversionRow]: ...


# These touches in the place of those before.
@sql("""
    with gone as (
        delete from conversion_touches t
        using jsonb_to_recordset($2) as s (id uuid, touches jsonb)
        where t.workspace_id = $1 and t.conversion_id = s.id and t.n >= jsonb_array_length(s.touches)
    )
    insert into conversion_touches (workspace_id, conversion_id, n, kind, partner_id, link_id, coupon_id,
        click_id, campaign_id, sub1, at, share, sales, occurred_at, currency, counted, products)
    select $1, s.id, t.n, t.kind, t.partner_id, t.link_id, t.coupon_id, t.click_id, t.campaign_id, t.sub1,
        t.at, t.share, t.sales, t.occurred_at, t.currency, t.counted, t.products
    from jsonb_to_recordset($2) as s (id uuid, touches jsonb)
    cross join lateral jsonb_to_recordset(s.touches) as t (n integer, kind text, partner_id uuid,
        link_id uuid, coupon_id uuid, click_id uuid, campaign_id uuid, sub1 text, at timestamptz,
        share numeric, sales bigint, occurred_at timestamptz, currency text, counted boolean, products jsonb)
    on conflict (workspace_id, conversion_id, n) do update set kind = excluded.kind,
        partner_id = excluded.partner_id, link_id = excluded.link_id, coupon_id = excluded.coupon_id,
        click_id = excluded.click_id, campaign_id = excluded.campaign_id, sub1 = excluded.sub1,
        at = excluded.at, share = excluded.share, sales = excluded.sales, occurred_at = excluded.occurred_at,
        currency = excluded.currency, counted = excluded.counted, products = excluded.products
""")
async def put_touches(db: Connection, workspace_id: UUID, left: Sequence[Left]) -> None: ...


def touch_row(n: int, touch: Touch, share: Fraction, facts: Facts) -> dict[str, Any]:
    """A touch as it is stored; one that is paid with what figures need of its order."""
    return {
        "n": n,
        "kind": touch.kind,
        "partner_id": touch.partner_id,
        "link_id": touch.link_id,
        "coupon_id": touch.coupon_id,
        "click_id": touch.click_id,
        "campaign_id": touch.campaign_id,
        "sub1": touch.sub1,
        "at": touch.at,
        "share": Decimal(share.numerator) / share.denominator,
        "sales": parting.sales(facts, share) if share else None,
        "occurred_at": facts.occurred_at,
        "currency": facts.currency,
        "counted": facts.status != "cancelled",
        "products": parting.products(facts) if share else None,
    }


@sql("""
    with wanted as (
        select s.id, w.evidence from jsonb_to_recordset($2) as s (id uuid, waits text[])
        cross join lateral unnest(s.waits) as w (evidence)
    ), gone as (
        delete from conversion_waits o
        using jsonb_to_recordset($2) as s (id uuid, waits text[])
        where o.workspace_id = $1 and o.conversion_id = s.id and o.evidence <> all(s.waits)
    )
    insert into conversion_waits (workspace_id, conversion_id, evidence)
    select $1, id, evidence from wanted
    on conflict do nothing
""")
async def put_waits(db: Connection, workspace_id: UUID, left: Sequence[Left]) -> None: ...


@sql("""
    select conversion_id, evidence from conversion_waits
    where workspace_id = $1 and (conversion_id, evidence) > ($2, $3)
    order by conversion_id, evidence limit $4
""")
async def waits(
    db: Connection, workspace_id: UUID, after: UUID, after_evidence: str, limit: int
) -> list[WaitRow]: ...


# A click is found by its time, which its id tells.
@sql("""
    select id from clicks where workspace_id = $1 and clicked_at = any($2) and id = any($3)
""")
async def arrived_clicks(
    db: Connection, workspace_id: UUID, times: Sequence[datetime], click_ids: Sequence[UUID]
) -> list[UUID]: ...


@sql("""
    select t from unnest($2::text[]) t
    where exists (
        select from site_events e
        where e.workspace_id = $1 and e.token_key = sha256(convert_to(t, 'UTF8')) and e.click_id is not null)
""")
async def arrived_tokens(db: Connection, workspace_id: UUID, tokens: Sequence[str]) -> list[str]: ...


@sql("""
    with gone as (
        delete from conversion_waits where workspace_id = $1 and created_at < elci_now() - interval '7 days'
        returning 1
    )
    select count(*) from gone
""")
async def give_up(db: Connection, workspace_id: UUID) -> int: ...


@sql("select * from entry.waiting_workspaces()")
async def waiting_workspaces(db: Connection) -> list[UUID]: ...


@sql("""
    select l.id from conversions o
    cross join lateral (
        select v.id from conversions v
        where v.workspace_id = $1 and v.customer_id = o.customer_id
            and (v.occurred_at, v.id) > (o.occurred_at, o.id)
        order by v.occurred_at, v.id limit 1000
    ) l
    where o.workspace_id = $1 and o.id = any($2) and o.customer_id is not null
""")
async def later_of_customers(
    db: Connection, workspace_id: UUID, conversion_ids: Sequence[UUID]
) -> list[UUID]: ...


@sql("""
    select distinct conversion_id, partner_id from commissions
    where workspace_id = $1 and conversion_id = any($2)
""")
async def earners(db: Connection, workspace_id: UUID, conversion_ids: Sequence[UUID]) -> list[EarnerRow]: ...


@sql("select timezone from workspaces where id = $1 -- workspace_id")
async def timezone(db: Connection, workspace_id: UUID) -> str: ...


@sql("""
    select l.id from jsonb_to_recordset($2) as a (
        id uuid, partner_ids uuid[], since timestamptz, until timestamptz
    )
    cross join lateral (
        select id from (
            select distinct v.id, v.occurred_at from commissions c
            join conversions v on v.workspace_id = $1 and v.id = c.conversion_id
            where c.workspace_id = $1 and c.partner_id = any(a.partner_ids) and c.occurred_at >= a.since
                and c.occurred_at < a.until and (v.occurred_at, v.id) > (a.since, a.id)
        ) later
        order by occurred_at, id limit 10000
    ) l
""")
async def later_of_partners(
    db: Connection, workspace_id: UUID, asked: Sequence[dict[str, Any]]
) -> list[UUID]: ...
