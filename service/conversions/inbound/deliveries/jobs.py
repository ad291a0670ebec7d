"""What has come in is read in the background; what is old is dropped."""

import time
from collections import Counter
from datetime import datetime, timedelta
from uuid import UUID

import structlog
from msgspec import Struct

from service.conversions.inbound.deliveries import reading, store
from service.conversions.inbound.deliveries.schemas import ReadRow, ReplayCounts
from service.kit.away import AWAY
from service.kit.db import Database
from service.kit.jobs import Work, enqueue, job, scheduled
from service.settings import Settings

log = structlog.get_logger("elci.inbound")

READ = "inbound.read"
REPLAY = "inbound.replay"
# Other workspaces wait in the same lane.
TURN_S = 1.0
MOST_ATTEMPTS = 6
KEPT = timedelta(days=30)
"""How long what came is kept (RELIABILITY G1)."""
LISTED = timedelta(days=90)
BATCH = 1_000
_ASKED = 500


@job(READ, lane="quick")
async def read_waiting(work: Work, payload: None) -> None:
    """Reads what has come in, one delivery a transaction, for a second; then it queues behind others."""
    until = time.monotonic() + TURN_S
    while await _read_next(work):
        if time.monotonic() > until:
            async with work.database.transaction(work.workspace_id) as db:
                await enqueue(db, work.workspace_id, READ, dedupe="inbound")
            return


async def _read_next(work: Work) -> bool:
    """Whether there was one."""
    row: ReadRow | None = None
    try:
        async with work.database.transaction(work.workspace_id) as db:
            row = await store.next_delivery(db, work.workspace_id)
            if row is not None:
                await reading.read_delivery(db, work.settings, work.workspace_id, row)
    except AWAY:
        raise
    except Exception as error:
        if row is None:
            raise
        await _failed(work, row, error)
    return row is not None


async def _failed(work: Work, row: ReadRow, error: Exception) -> None:
    """One that can't be read must not keep the others from it: it comes again later, six times at most."""
    log.error("a delivery was not read", kind=row.kind, topic=row.topic, exc_info=error)
    async with work.database.transaction(work.workspace_id) as db:
        await store.save_failure(db, work.workspace_id, row.id, "unexpected", MOST_ATTEMPTS)


class ReplayOf(Struct):
    """Which deliveries are read again; those that came after it was asked for are not among them."""

    integration_id: UUID
    asked_at: datetime
    total: int
    delivery_ids: list[UUID] | None = None
    since: datetime | None = None
    until: datetime | None = None
    statuses: list[str] | None = None


@job(REPLAY)
async def replay(work: Work, payload: ReplayOf) -> ReplayCounts:
    """Reads deliveries again, one a transaction, in the order in which they came."""
    counts: Counter[str] = Counter()
    last: UUID | None = None
    while found := await _next(work, payload, last):
        for delivery_id in found:
            counts[await _again(work, delivery_id)] += 1
            await work.progress(counts.total(), max(payload.total, counts.total()))
        last = found[-1]
    del counts["gone"]
    return ReplayCounts(counts.total(), dict(counts))


async def _next(work: Work, asked: ReplayOf, last: UUID | None) -> list[UUID]:
    async with work.database.transaction(work.workspace_id) as db:
        return await store.to_replay(
            *(db, work.workspace_id, asked.integration_id, asked.delivery_ids, asked.since, asked.until),
            *(asked.statuses, asked.asked_at, last, _ASKED),
        )


async def _again(work: Work, delivery_id: UUID) -> str:
    row: ReadRow | None = None
    try:
        async with work.transaction() as db:
            row = await store.lock_delivery(db, work.workspace_id, delivery_id)
            return (
                "gone"
                if row is None
                else await reading.read_delivery(db, work.settings, work.workspace_id, row)
            )
    except AWAY:
        raise
    except Exception as error:
        if row is None:
            raise
        await _failed(work, row, error)
        return "failed"


@scheduled("inbound.waiting", "* * * * *")
async def waiting(settings: Settings, database: Database) -> None:
    """Looks after what waits: what failed is due again, and what lost its job gets one."""
    async with database.connection() as db:
        found = await store.waiting_workspaces(db)
    for workspace_id in found:
        async with database.transaction(workspace_id) as db:
            await enqueue(db, workspace_id, READ, dedupe="inbound")


@scheduled("inbound.drop", "23 * * * *")
async def drop(settings: Settings, database: Database) -> None:
    """Drops what came 30 days ago, and after 90 days the line that it came."""
    async with database.connection() as db:
        while await store.clear(db, KEPT, BATCH):
            pass
        while await store.drop(db, LISTED, BATCH):
            pass
