"""A job for those who wait for it: as the API shows it, and as a stream of its changes."""

import asyncio
from collections.abc import AsyncIterator
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from msgspec import Struct

from service.kit import ids
from service.kit.db import Connection, Database
from service.kit.jobs import store
from service.kit.jobs.store import Job

QUICK_S = 0.25
# A job that waits in the queue is not looked at four times a second by everyone who watches it.
SLOW_S = 1.0


class Progress(Struct, frozen=True):
    """`total` is null as long as nobody knows it."""

    done: int
    total: int | None


class JobView(Struct, frozen=True):
    """A piece of work in the background. `error` is the problem it failed with."""

    id: str
    kind: str
    status: Literal["queued", "running", "succeeded", "failed", "cancelled"]
    progress: Progress
    result: Any
    error: dict[str, Any] | None
    created_at: datetime
    started_at: datetime | None
    finished_at: datetime | None


def show(job: Job) -> JobView:
    """A job as the API shows it."""
    return JobView(
        id=ids.show("job", job.id),
        kind=job.kind,
        status=job.status,  # type: ignore[arg-type]
        progress=Progress(job.done, job.total),
        result=job.result,
        error=job.error,
        created_at=job.created_at,
        started_at=job.started_at,
        finished_at=job.finished_at,
    )


async def cancel(db: Connection, workspace_id: UUID, job_id: UUID) -> Job:
    """Cancels a queued job, asks a running one to stop at its next step; a finished one stays as it is.

    Raises UnknownJob.
    """
    await store.request_cancel(db, workspace_id, job_id)
    return await store.get(db, workspace_id, job_id)


async def events(database: Database, workspace_id: UUID, job_id: UUID) -> AsyncIterator[Job]:
    """The job now and at each change, until its final status. Raises UnknownJob.

    It looks rather than listens: a NOTIFY per step of every job would wake every process for nothing.
    """
    seen: Job | None = None
    while seen is None or not seen.final:
        async with database.transaction(workspace_id) as db:
            job = await store.get(db, workspace_id, job_id)
        if job != seen:
            yield job
        changed = job != seen
        seen = job
        if not job.final:
            await asyncio.sleep(QUICK_S if changed or job.status == "running" else SLOW_S)
