"""What an order brings about."""

from uuid import UUID

from service.conversions import store
from service.kit.db import Connection


async def settle(db: Connection, workspace_id: UUID, conversion_id: UUID) -> None:
    """Brings what partners earn by an order to what its facts say now. Repeated, it changes nothing."""
    await store.lock(db, workspace_id, conversion_id)
