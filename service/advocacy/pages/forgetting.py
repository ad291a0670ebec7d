"""What an erasure takes of those who asked to join."""

import msgspec

from service.advocacy.pages import actions, store
from service.conversions.events import CustomersErased
from service.kit import outbox
from service.kit.db import Connection
from service.kit.secrets import Unsealable


async def forget(db: Connection, event: CustomersErased) -> None:
    """Handles the event: the request, and the mail that waits to be sent, if it does."""
    for row in await store.forget(db, event.workspace_id, event.keys):
        if row.sealed is None:
            continue
        try:
            email = actions.written(row).email
        except (Unsealable, msgspec.MsgspecError):
            continue
        await outbox.forget(db, event.workspace_id, email.lower())
