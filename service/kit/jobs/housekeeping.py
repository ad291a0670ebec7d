"""What keeps the kit's own tables small, and its queue whole."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from uuid import UUID

import structlog

from service.kit.db import Connection, Database
from service.kit.jobs import store
from service.kit.jobs.enqueueing import enqueue_again
from service.kit.jobs.registry import scheduled
from service.settings import Settings

log = structlog.get_logger("elci.housekeeping")

BATCH = 5_000
LOG_AGE = timedelta(days=7)
STATISTICS_AGE = timedelta(days=90)
Requeue = Callable[[Connection, UUID, UUID], Awaitable[None]]
REQUEUE: dict[str, Requeue] = {"job": enqueue_again}


@scheduled("kit.purge", "17 * * * *")
async def purge(settings: Settings, database: Database) -> None:
    """Deletes expired idempotency keys, finished messages (7 days), jobs (90 days), the queue's log."""
    async with database.connection() as db:
        while await store.purge(db, BATCH):
            pass
        await store.purge_log(db, LOG_AGE)
        await store.purge_statistics(db, STATISTICS_AGE)
        await store.purge_limits(db)


@scheduled("kit.requeue", "* * * * *")
async def requeue(settings: Settings, database: Database) -> None:
    """Gives a new place to open work that has lost its own.

    A worker that was thought dead and was not may take the place of its successor with it.
    """
    async with database.connection() as db:
        lost = await store.list_lost(db)
    for each in lost:
        async with database.transaction(each.workspace_id) as db:
            await REQUEUE[each.what](db, each.workspace_id, each.id)
    if lost:
        log.warning("requeued lost work", number=len(lost))
