"""All SQL of what settling leaves: touches, the decision, and what is waited for."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any
from uuid import UUID

from service.conversions.attribution.touches import Touch
from service.conversions.facts import Facts
from service.conversions.problems import UnknownConversion
from service.conversions.rows import ConversionRow, WaitRow
from service.conversions.settled import parting
from service.conversions.store import COLUMNS
from service.kit.db import Connection, sql


@sql(
    f"""
    update conversions
    set partner_id = $3, attribution = $4, is_new = $5, settled_at = elci_now()
    where workspace_id = $1 and id = $2
    returning {COLUMNS}
    """,
    missing=UnknownConversion,
)
async def mark(
    db: Connection,
    workspace_id: UUID,
    conversion_id: UUID,
    partner_id: UUID | None,
    attribution: Any,
    is_new: bool | None,
) -> ConversionRow: ...


@sql("delete from conversion_touches where workspace_id = $1 and conversion_id = $2 and n >= $3")
async def drop_touches(db: Connection, workspace_id: UUID, conversion_id: UUID, since: int) -> None: ...


@sql("""
    insert into conversion_touches (workspace_id, conversion_id, n, kind, partner_id, link_id, coupon_id,
        click_id, campaign_id, sub1, at, share, sales, occurred_at, currency, counted, products)
    select $1, $2, t.n - 1, t.kind, t.partner_id, t.link_id, t.coupon_id, t.click_id, t.campaign_id, t.sub1,
        t.at, t.share, t.sales, $13, $14, $15, case when t.share > 0 then $16::jsonb end
    from unnest($3::text[], $4::uuid[], $5::uuid[], $6::uuid[], $7::uuid[], $8::uuid[], $9::text[],
        $10::timestamptz[], $11::numeric[], $12::bigint[]) with ordinality
        as t (kind, partner_id, link_id, coupon_id, click_id, campaign_id, sub1, at, share, sales, n)
    on conflict (workspace_id, conversion_id, n) do update set kind = excluded.kind,
        partner_id = excluded.partner_id, link_id = excluded.link_id, coupon_id = excluded.coupon_id,
        click_id = excluded.click_id, campaign_id = excluded.campaign_id, sub1 = excluded.sub1,
        at = excluded.at, share = excluded.share, sales = excluded.sales, occurred_at = excluded.occurred_at,
        currency = excluded.currency, counted = excluded.counted, products = excluded.products
""")
async def add_touches(
    db: Connection,
    workspace_id: UUID,
    conversion_id: UUID,
    kinds: Sequence[str],
    partner_ids: Sequence[UUID | None],
    link_ids: Sequence[UUID | None],
    coupon_ids: Sequence[UUID | None],
    click_ids: Sequence[UUID | None],
    campaign_ids: Sequence[UUID | None],
    subs: Sequence[str | None],
    times: Sequence[datetime],
    shares: Sequence[Decimal],
    sales: Sequence[int | None],
    occurred_at: datetime,
    currency: str,
    counted: bool,
    products: Any,
) -> None: ...


async def put_touches(
    db: Connection,
    workspace_id: UUID,
    facts: Facts,
    touches: Sequence[Touch],
    shares: Sequence[Fraction],
) -> None:
    """Puts these touches, with the parts that they are paid, in the place of those before."""
    await drop_touches(db, workspace_id, facts.id, len(touches))
    if touches:
        await add_touches(
            db,
            workspace_id,
            facts.id,
            [touch.kind for touch in touches],
            [touch.partner_id for touch in touches],
            [touch.link_id for touch in touches],
            [touch.coupon_id for touch in touches],
            [touch.click_id for touch in touches],
            [touch.campaign_id for touch in touches],
            [touch.sub1 for touch in touches],
            [touch.at for touch in touches],
            [Decimal(share.numerator) / share.denominator for share in shares],
            [parting.sales(facts, share) if share else None for share in shares],
            facts.occurred_at,
            facts.currency,
            facts.status != "cancelled",
            parting.products(facts),
        )


@sql("""
    with wanted as (select unnest($3::text[]) as evidence),
    gone as (
        delete from conversion_waits
        where workspace_id = $1 and conversion_id = $2 and evidence <> all($3)
    )
    insert into conversion_waits (workspace_id, conversion_id, evidence)
    select $1, $2, evidence from wanted
    on conflict do nothing
""")
async def put_waits(
    db: Connection, workspace_id: UUID, conversion_id: UUID, evidence: Sequence[str]
) -> None: ...


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
    select id from conversions
    where workspace_id = $1 and customer_id = $2 and (occurred_at, id) > ($3, $4::uuid)
    order by occurred_at, id limit 1000
""")
async def later_of_customer(
    db: Connection, workspace_id: UUID, customer_id: UUID, occurred_at: datetime, conversion_id: UUID
) -> list[UUID]: ...


@sql("select distinct partner_id from commissions where workspace_id = $1 and conversion_id = $2")
async def earners(db: Connection, workspace_id: UUID, conversion_id: UUID) -> list[UUID]: ...


@sql("select timezone from workspaces where id = $1 -- workspace_id")
async def timezone(db: Connection, workspace_id: UUID) -> str: ...


@sql("""
    select id from (
        select distinct v.id, v.occurred_at from commissions c
        join conversions v on v.workspace_id = $1 and v.id = c.conversion_id
        where c.workspace_id = $1 and c.partner_id = any($2) and c.occurred_at >= $3 and c.occurred_at < $5
            and (v.occurred_at, v.id) > ($3, $4::uuid)
    ) later
    order by occurred_at, id limit 10000
""")
async def later_of_partners(
    db: Connection,
    workspace_id: UUID,
    partner_ids: Sequence[UUID],
    occurred_at: datetime,
    conversion_id: UUID,
    until: datetime,
) -> list[UUID]: ...
