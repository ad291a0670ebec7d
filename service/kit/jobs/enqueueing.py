"""Jobs are asked for inside the transaction that needs them: no commit, no job."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import msgspec

from service.kit import ids
from service.kit.db import Connection
from service.kit.jobs import queue, store
from service.kit.jobs.registry import KINDS


async def enqueue(
    db: Connection,
    workspace_id: UUID,
    kind: str,
    payload: Any = None,
    *,
    delay: timedelta | None = None,
    dedupe: str | None = None,
    priority: int = 0,
) -> UUID:
    """A new job, or with `dedupe` the one of the same kind and key that is still queued. Returns its id.

    A queued job will see what the caller is about to commit; a running one may not, so it is no duplicate.
    """
    if kind not in KINDS:
        raise ValueError(f"there is no job {kind!r}")
    body = msgspec.to_builtins(payload)
    job_id = ids.new()
    while await store.insert(db, workspace_id, job_id, kind, body, dedupe, priority) is None:
        queued = await store.find_queued(db, workspace_id, kind, dedupe or "")
        if queued is not None:
            return queued
    place = await queue.put(db, kind, workspace_id, job_id, delay=delay, priority=priority)
    await store.set_place(db, workspace_id, job_id, place)
    return job_id


async def enqueue_again(db: Connection, workspace_id: UUID, job_id: UUID) -> None:
    """Gives an open job a new place in the queue."""
    found = await store.find_place(db, workspace_id, job_id)
    if found is not None:
        place = await queue.put(db, found.kind, workspace_id, job_id, priority=found.priority)
        await store.set_place(db, workspace_id, job_id, place)
