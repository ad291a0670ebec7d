"""Forgetting people: what they are named in is emptied, read or not. What was taken from it is the erasure of
conversions."""

from collections.abc import Collection
from uuid import UUID

from service.conversions import customers
from service.conversions.inbound.deliveries import store
from service.conversions.inbound.deliveries.reading import people_in
from service.influencers.events import InfluencersErased
from service.influencers.profiles.store import contacts_of
from service.kit.db import Connection

_AT_ONCE = 200


async def forget(db: Connection, workspace_id: UUID, keys: Collection[bytes]) -> None:
    """Nulls the bodies of deliveries in which these people are named (keyed hashes of customers.py)."""
    wanted = set(keys)
    if not wanted:
        return
    await store.forget_people(db, workspace_id, sorted(wanted))
    last: UUID | None = None
    while rows := await store.unread(db, workspace_id, last, _AT_ONCE):
        named = [row.id for row in rows if wanted & set(people_in(workspace_id, row, []))]
        if named:
            await store.forget_unread(db, workspace_id, named)
        last = rows[-1].id


async def forget_influencers(db: Connection, event: InfluencersErased) -> None:
    """An influencer may have bought, or be named in a note: by the addresses that are known of them."""
    rows = await contacts_of(db, event.workspace_id, event.ids)
    keys = [customers.email_key(event.workspace_id, row.email) for row in rows]
    await forget(db, event.workspace_id, [key for key in keys if key is not None])
