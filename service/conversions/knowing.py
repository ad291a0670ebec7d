"""A conversion's row as facts."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from service.conversions.buyers import store
from service.conversions.facts import Facts
from service.conversions.rows import BuyerRow, ConversionRow
from service.kit.db import Connection


class Known(NamedTuple):
    """`first_at`: when the customer bought first, before this order."""

    facts: Facts
    first_at: datetime | None


async def known_of(db: Connection, workspace_id: UUID, rows: Sequence[ConversionRow]) -> list[Known]:
    """The facts of each. A customer is new as long as no older order of theirs is known, unless the shop says
    otherwise."""
    bought = [row.id for row in rows if row.customer_id is not None]
    buyers = {each.conversion_id: each for each in await store.buyers(db, workspace_id, bought)}
    return [_known(row, buyers.get(row.id)) for row in rows]


def _known(row: ConversionRow, buyer: BuyerRow | None) -> Known:
    is_new = row.told_new
    if buyer is not None and is_new is None:
        is_new = buyer.sales == 0
    facts = Facts(
        id=row.id,
        shop=row.shop,
        kind=row.kind,
        status=row.status,
        amount=row.amount,
        currency=row.currency,
        net=row.net,
        refunded=row.refunded,
        lines=tuple(row.lines),
        clicks=tuple(row.clicks),
        tokens=tuple(row.tokens),
        coupons=tuple(row.coupons),
        customer_id=row.customer_id,
        keys=() if buyer is None else tuple(buyer.keys),
        is_new=is_new,
        sales_before=0 if buyer is None else buyer.sales,
        country=row.country,
        referrer=row.referrer,
        landing=row.landing,
        channel=row.channel,
        verified=row.verified,
        occurred_at=row.occurred_at,
        delivered_at=row.delivered_at,
        paid_at=row.paid_at if row.status != "open" else None,
        domain=row.domain,
    )
    return Known(facts, None if buyer is None else buyer.first_at)
