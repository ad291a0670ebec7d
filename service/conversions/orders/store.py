"""All SQL of lists of conversions and refunds."""

from datetime import datetime
from typing import Any
from uuid import UUID

from service.conversions.orders.schemas import Listed, ListedRefunds, TouchRow
from service.conversions.problems import UnknownConversion
from service.conversions.rows import ConversionRow, RefRow, RefundRow
from service.conversions.store import COLUMNS
from service.kit.db import Connection, fetch, sql
from service.ledger.schemas import CommissionRow
from service.ledger.store import COLUMNS as COMMISSION

_REFUND = """
    id, shop, external_id, conversion_id, refs, amount, currency, cumulative, channel, verified, reason,
    occurred_at, created_at
"""
_PAID = """
    id in (select t.conversion_id from conversion_touches t
        where t.workspace_id = $1 and t.{} = ${{}} and t.share > 0)
"""
_FRAGMENTS = {
    "ids": "id = any(${})",
    "partner_id": _PAID.format("partner_id"),
    "link_id": _PAID.format("link_id"),
    "coupon_id": _PAID.format("coupon_id"),
    "campaign_id": _PAID.format("campaign_id"),
    "customer_id": "customer_id = ${}",
    "integration_id": "integration_id = ${}",
    "external_id": """
        id in (select r.conversion_id from conversion_refs r where r.workspace_id = $1 and r.ref = ${})
    """,
    "shop": "shop = ${}",
    "kind": "kind = ${}",
    "status": "status = ${}",
    "channel": "channel = ${}",
    "credited": "(partner_id is not null) = ${}",
    "conflicting": "(conflicts <> '[]') = ${}",
    "test": "test = ${}",
    "since": "occurred_at >= ${}",
    "until": "occurred_at < ${}",
    "updated_since": "updated_at >= ${}",
}
_REFUNDS = {
    "conversion_id": "conversion_id = ${}",
    "external_id": "external_id = ${}",
    "waiting": "(conversion_id is null) = ${}",
}


async def list_conversions(
    db: Connection, workspace_id: UUID, wanted: Listed, before: UUID | None, limit: int
) -> list[ConversionRow]:
    """The newest first, older than `before`; merged ones where they are asked for by id."""
    conditions, values = _narrowed(_FRAGMENTS, wanted, workspace_id, before, limit)
    if wanted.ids is None:
        conditions.append("merged_into is null")
    text = f"select {COLUMNS} from conversions where {' and '.join(conditions)} order by id desc limit $2"
    return await fetch(db, ConversionRow, text, *values)


async def list_refunds(
    db: Connection, workspace_id: UUID, wanted: ListedRefunds, before: UUID | None, limit: int
) -> list[RefundRow]:
    """The newest first, older than `before`."""
    conditions, values = _narrowed(_REFUNDS, wanted, workspace_id, before, limit)
    text = f"select {_REFUND} from refunds where {' and '.join(conditions)} order by id desc limit $2"
    return await fetch(db, RefundRow, text, *values)


def _narrowed(
    fragments: dict[str, str], wanted: object, workspace_id: UUID, before: UUID | None, limit: int
) -> tuple[list[str], list[Any]]:
    values: list[Any] = [workspace_id, limit]
    conditions = ["workspace_id = $1"]
    for name, fragment in fragments.items():
        if (value := getattr(wanted, name)) is not None:
            values.append(value)
            conditions.append(fragment.format(len(values)))
    if before is not None:
        values.append(before)
        conditions.append(f"id < ${len(values)}")
    return conditions, values


@sql(
    """
    select kind, partner_id, link_id, coupon_id, click_id, campaign_id, at, share::float8 as share
    from conversion_touches where workspace_id = $1 and conversion_id = $2 order by n
    """,
    missing=UnknownConversion,
)
async def touches(db: Connection, workspace_id: UUID, conversion_id: UUID) -> list[TouchRow]: ...


@sql("""
    select conversion_id, kind, ref from conversion_refs where workspace_id = $1 and conversion_id = $2
    order by kind, ref
""")
async def names(db: Connection, workspace_id: UUID, conversion_id: UUID) -> list[RefRow]: ...


@sql(f"""
    select {COMMISSION} from commissions where workspace_id = $1 and conversion_id = $2
    order by partner_id, key, currency, n
""")
async def commissions(db: Connection, workspace_id: UUID, conversion_id: UUID) -> list[CommissionRow]: ...


# A request that is sent again, without a time as before, tells of nothing that happened since.
@sql("""
    select occurred_at from refunds
    where workspace_id = $1 and shop = $2 and external_id = $3 and amount = $4 and currency = $5
        and cumulative = $6
""")
async def refunded_at(
    db: Connection,
    workspace_id: UUID,
    shop: str,
    external_id: str,
    amount: int,
    currency: str,
    cumulative: bool,
) -> datetime | None: ...


@sql(f"select {_REFUND} from refunds where workspace_id = $1 and shop = $2 and external_id = $3")
async def refund_of(db: Connection, workspace_id: UUID, shop: str, external_id: str) -> RefundRow: ...


@sql("""
    update conversions set reassigned = $3, version = version + 1, updated_at = elci_now()
    where workspace_id = $1 and id = $2
""")
async def reassign(db: Connection, workspace_id: UUID, conversion_id: UUID, reassigned: Any) -> None: ...
