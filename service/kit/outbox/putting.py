"""Messages are put out in the transaction that makes them true: no commit, no message."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import msgspec

from service.kit import ids
from service.kit.db import Connection
from service.kit.jobs import queue
from service.kit.jobs.entrypoints import entrypoint
from service.kit.jobs.housekeeping import REQUEUE
from service.kit.outbox import store
from service.kit.outbox.delivery import deliver

ENTRYPOINT = "kit.message"


async def put(
    db: Connection,
    workspace_id: UUID,
    topic: str,
    body: Any,
    *,
    lane: str = "",
    subject: str | None = None,
    delay: timedelta | None = None,
) -> UUID:
    """Queues a message for the carrier of its topic; returns its id.

    `lane` names the receiver (messages of one lane wait for each other), `subject` the person it is about
    (`forget` deletes by it). The body is gone as soon as the message is delivered.
    """
    message_id = ids.new()
    place = await queue.put(db, ENTRYPOINT, workspace_id, message_id, delay=delay)
    plain = msgspec.to_builtins(body)
    await store.insert(db, workspace_id, message_id, topic, lane, subject, plain, delay or timedelta(), place)
    return message_id


async def put_again(db: Connection, workspace_id: UUID, message_id: UUID) -> None:
    """Gives a waiting message a new place in the queue."""
    if await store.lock_waiting(db, workspace_id, message_id):
        place = await queue.put(db, ENTRYPOINT, workspace_id, message_id)
        await store.set_place(db, workspace_id, message_id, place)


entrypoint(ENTRYPOINT, "messages", deliver)
REQUEUE["message"] = put_again
