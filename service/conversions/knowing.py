"""A conversion's row as facts."""

from datetime import datetime
from uuid import UUID

from service.conversions.buyers import store as buyers
from service.conversions.facts import Facts
from service.conversions.rows import ConversionRow
from service.kit.db import Connection


async def facts_of(db: Connection, workspace_id: UUID, row: ConversionRow) -> tuple[Facts, datetime | None]:
    """The facts, and when the customer bought first. A customer is new as long as no older order of theirs
    is known, unless the shop says otherwise."""
    keys: list[bytes] = []
    sales, first_at, is_new = 0, None, row.told_new
    if row.customer_id is not None:
        keys = await buyers.keys(db, workspace_id, row.customer_id)
        before = await buyers.before(db, workspace_id, row.customer_id, row.occurred_at, row.id)
        sales, first_at = before.sales, before.first_at
        is_new = sales == 0 if is_new is None else is_new
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
        keys=tuple(keys),
        is_new=is_new,
        sales_before=sales,
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
    return facts, first_at
