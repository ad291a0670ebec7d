"""Orders and clicks as they are stored, for judging."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from service.conversions.facts import Facts
from service.kit.db import Connection
from tests.service.conversions.reviews.test_judging import facts
from tests.service.links import stored_clicks


def click_id(at: datetime, n: int) -> UUID:
    """An id that carries its click's time, as all do."""
    return UUID(int=int(at.timestamp() * 1000) << 80 | 7 << 76 | 2 << 62 | n)


def click(at: datetime, partner: UUID | None, n: int, **fields: Any) -> dict[str, Any]:
    """A click that counts. Its time is its id's, to the millisecond."""
    at = at.replace(microsecond=at.microsecond // 1000 * 1000)
    return stored_clicks.click(at, UUID(int=1), partner_id=partner, **fields) | {"id": click_id(at, n)}


async def partner(db: Connection, workspace: UUID, n: int, email: str | None = None, **fields: Any) -> UUID:
    """A partner with this number as id."""
    values = {"status": "active", "program_id": None, "merged_into": None} | fields
    await db.execute(
        """insert into partners (workspace_id, id, name, slug, name_folded, email, email_key, status,
               program_id, merged_into)
           values ($1, $2, 'P', 'p', 'p', $3, lower($3), $4, $5, $6)""",
        *(workspace, UUID(int=n), email, *values.values()),
    )
    return UUID(int=n)


async def order(db: Connection, workspace: UUID, n: int, **fields: Any) -> Facts:
    """A stored conversion, and its facts."""
    told = facts(**{"id": UUID(int=n), "customer_id": None} | fields)
    if told.customer_id is not None:
        await db.execute(
            "insert into customers (workspace_id, id) values ($1, $2) on conflict do nothing",
            *(workspace, told.customer_id),
        )
    await db.execute(
        """insert into conversions (workspace_id, id, kind, external_id, status, amount, currency, net,
               net_basis, channel, verified, occurred_at, customer_id)
           values ($1, $2, 'sale', $3, 'confirmed', $4, $5, $6, 'order', $7, $8, $9, $10)""",
        *(workspace, told.id, str(n), told.amount, told.currency, told.net),
        *(told.channel, told.verified, told.occurred_at, told.customer_id),
    )
    return told


def seconds(value: float) -> timedelta:
    return timedelta(seconds=value)
