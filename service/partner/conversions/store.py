"""All SQL of a partner's conversions."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from service.kit.db import Connection, fetch, sql
from service.ledger.schemas import CommissionRow
from service.ledger.store import COLUMNS as COMMISSION
from service.ledger.store import OF_PARTNER
from service.partner.conversions.schemas import (
    ClickSubsRow,
    ConversionRow,
    CouponNameRow,
    LinkNameRow,
    Listed,
)

_COLUMNS = """
    c.id, c.kind, c.status, c.amount, c.net, c.refunded, c.currency, c.is_new, c.country, c.lines,
    coalesce(c.attribution -> 'shares', '[]') as shares, c.occurred_at, c.paid_at, c.delivered_at,
    c.cancelled_at, c.settled_at is not null as settled, c.created_at, c.updated_at
"""
_FRAGMENTS = {
    "ids": "c.id = any(${})",
    "kind": "c.kind = ${}",
    "status": "c.status = ${}",
    "since": "c.occurred_at >= ${}",
    "until": "c.occurred_at < ${}",
    "updated_since": "c.updated_at >= ${}",
}
_BY = {"link_id": "{{}}.link_id = ${}", "coupon_id": "{{}}.coupon_id = ${}"}
_PAID = ("{0}.workspace_id = $1", "{0}.partner_id = r.id", "{0}.share > 0")


async def list_conversions(
    db: Connection, workspace_id: UUID, partner_id: UUID, wanted: Listed, before: UUID | None, limit: int
) -> list[ConversionRow]:
    """Those that the partner has a part of, the newest first, older than `before`; no test orders."""
    values: list[Any] = [workspace_id, partner_id, limit]

    def conditions(fragments: dict[str, str]) -> list[str]:
        found = []
        for name, fragment in fragments.items():
            if (value := getattr(wanted, name)) is not None:
                values.append(value)
                found.append(fragment.format(len(values)))
        return found

    by = conditions(_BY)
    touches = [each.format("t") for each in (*_PAID, *by)]
    # A coupon and a click of one partner share an order: it is one row.
    earlier = [each.format("e") for each in (*_PAID, *by)]
    touches.append(f"""not exists (
        select from conversion_touches e
        where {" and ".join(earlier)} and e.conversion_id = t.conversion_id and e.n < t.n
    )""")
    orders = ["c.workspace_id = $1", "c.id = t.conversion_id", "not c.test", "c.merged_into is null"]
    orders += conditions(_FRAGMENTS)
    if before is not None:
        values.append(before)
        touches.append(f"t.conversion_id < ${len(values)}")
    # Along the index of what each record is paid a part of: 20,000 orders aren't sorted for a page of 50.
    text = f"""
        select distinct on (id) found.* from partners r
        cross join lateral (
            select {_COLUMNS} from conversion_touches t
            join conversions c on {" and ".join(orders)}
            where {" and ".join(touches)}
            order by t.conversion_id desc limit $3
        ) found
        where r.workspace_id = $1 and $2 in (r.id, r.merged_into)
        order by id desc limit $3
    """
    return await fetch(db, ConversionRow, text, *values)


@sql(f"""
    select {COMMISSION} from commissions
    where workspace_id = $1 and partner_id = {OF_PARTNER.format(2)} and conversion_id = any($3)
        and kind <> 'override'
    order by conversion_id, partner_id, key, currency, n
""")
async def commissions(
    db: Connection, workspace_id: UUID, partner_id: UUID, conversion_ids: Sequence[UUID]
) -> list[CommissionRow]: ...


@sql("""
    select id, coalesce(title, code) as name, array[sub1, sub2, sub3, sub4, sub5] as subs from links
    where workspace_id = $1 and id = any($2)
""")
async def link_names(db: Connection, workspace_id: UUID, link_ids: Sequence[UUID]) -> list[LinkNameRow]: ...


@sql("select id, code from coupons where workspace_id = $1 and id = any($2)")
async def coupon_names(
    db: Connection, workspace_id: UUID, coupon_ids: Sequence[UUID]
) -> list[CouponNameRow]: ...


# Times name the days in which to look.
@sql("""
    select id, array[sub1, sub2, sub3, sub4, sub5] as subs from clicks
    where workspace_id = $1 and clicked_at = any($2) and id = any($3)
""")
async def click_subs(
    db: Connection, workspace_id: UUID, times: Sequence[datetime], click_ids: Sequence[UUID]
) -> list[ClickSubsRow]: ...
