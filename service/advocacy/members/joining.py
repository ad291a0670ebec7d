"""Who joins by buying: those who agreed to, and wait for it."""

from uuid import UUID

from service.advocacy.members import store
from service.advocacy.terms import store as terms
from service.kit import clock
from service.kit.db import Connection


async def joined_by_purchase(db: Connection, workspace_id: UUID, conversion_id: UUID) -> list[UUID]:
    """The advocates who are in by this order; it stands, and is of the least amount that the terms ask."""
    found = []
    for row in await store.buying(db, workspace_id, conversion_id):
        version = await terms.terms_at(db, workspace_id, row.program_id, await clock.now(db))
        least = None if version is None else version.terms.joining.min_purchase
        if least is None or (least.currency == row.currency and row.net >= least.amount):
            found.append(row.id)
    return await store.let_in(db, workspace_id, found, "purchase") if found else []
