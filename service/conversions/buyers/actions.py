"""Erasing customers, by everything that any part of the house knew them by."""

from collections.abc import Collection, Iterable
from uuid import UUID

from service.conversions.buyers import store
from service.conversions.customers import email_key
from service.conversions.events import CustomersErased
from service.conversions.inbound.deliveries import erasing
from service.conversions.rows import ForgottenRow
from service.kit import events, outbox
from service.kit.db import Connection
from service.kit.idempotency import forget as forget_answers


async def erase(
    db: Connection, workspace_id: UUID, keys: Iterable[bytes], named: Collection[str] = ()
) -> ForgottenRow:
    """Forgets whoever these keyed hashes name; `named`: what the request called them, which is kept nowhere.

    What others knew them by beside (CustomersErased.knew) is forgotten too, until nothing is left: somebody
    may have bought by one address, and have joined a program by another.
    """
    known: set[bytes] = set()
    wanted, done, orders = set(keys), set[bytes](), 0
    while asked := sorted(wanted - done):
        found = await store.forget(db, workspace_id, asked)
        event = CustomersErased(workspace_id, sorted({*asked, *found.keys}), sorted(named), set())
        await erasing.forget(db, workspace_id, event.keys)
        await _forget_mails(db, workspace_id, event.keys)
        await events.emit(db, event)
        known |= {*found.keys, *event.knew}
        done |= set(event.keys)
        wanted |= done | known
        orders += found.conversions
    await forget_answers(db, workspace_id)
    return ForgottenRow(sorted(known), orders)


async def _forget_mails(db: Connection, workspace_id: UUID, keys: Collection[bytes]) -> None:
    """Mails that have not left, however the address is spelled on them."""
    for address in await outbox.subjects(db, workspace_id):
        if email_key(workspace_id, address) in keys:
            await outbox.forget(db, workspace_id, address)
