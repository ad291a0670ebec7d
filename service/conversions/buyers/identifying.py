"""Whose order it is: customers by their keyed hashes, and two that turn out to be one."""

from uuid import UUID

from service.conversions.buyers import store
from service.kit import ids
from service.kit.db import Connection


async def identify(
    db: Connection, workspace_id: UUID, current: UUID | None, keys: dict[bytes, str]
) -> UUID | None:
    """The customer of these keys (customers.keys_of), who is the same as `current`; None: nobody is known."""
    if not keys:
        return current
    candidate = current or ids.new()
    if current is None:
        await store.add_customer(db, workspace_id, candidate)
    await store.add_keys(db, workspace_id, list(keys), list(keys.values()), candidate)
    owners = {row.customer_id for row in await store.owners(db, workspace_id, list(keys))}
    everybody = owners | ({current} if current else set())
    kept = min(everybody)
    if len(everybody) > 1:
        await store.lock_customers(db, workspace_id, sorted(everybody))
    for other in sorted(everybody - {kept}):
        await store.merge_customers(db, workspace_id, kept, other)
    if candidate not in everybody:
        await store.drop_customer(db, workspace_id, candidate)
    return kept
