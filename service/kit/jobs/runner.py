"""One attempt at one job: start, run the handler, write how it ended."""

import asyncio
from datetime import timedelta
from typing import Any
from uuid import UUID

import msgspec
import structlog

from service.kit.away import AWAY
from service.kit.jobs import store
from service.kit.jobs.attempt import Cancelled, Superseded, Work
from service.kit.jobs.queue import Tools
from service.kit.jobs.registry import KINDS
from service.kit.jobs.stop import ended
from service.kit.metrics import JOBS_ENDED
from service.kit.problems import Problem

log = structlog.get_logger("elci.jobs")

# A job that takes its worker with it would come back for ever.
MOST_ATTEMPTS = 10
NOW = timedelta()
SOON = timedelta(seconds=2)


class NeverEnds(Problem):
    title = "The job never ended"
    slug = "job-never-ended"


class Failed(Problem):
    title = "The job failed"
    slug = "job-failed"


async def run_job(tools: Tools, workspace_id: UUID, job_id: UUID) -> timedelta | None:
    """Runs a queued job; None when it has ended, else how long until it is tried again."""
    try:
        async with tools.database.transaction(workspace_id) as db:
            started = await store.start(db, workspace_id, job_id)
        if started is None:
            return None
        work = Work(tools, workspace_id, job_id, started.attempts, started.cancel_requested)
        with structlog.contextvars.bound_contextvars(job=str(job_id), kind=started.kind):
            return await _attempt(tools, work, started)
    except AWAY as error:
        log.warning("job interrupted", error=type(error).__name__)
        return SOON


async def _attempt(tools: Tools, work: Work, started: store.Started) -> timedelta | None:
    pulse = asyncio.create_task(work.pulse())
    try:
        handler = await tools.stop.bounded(_handle(work, started))
    finally:
        await ended(pulse)
    if handler.cancelled() and tools.stop.expired.is_set():
        return await _put_back(work)
    return await _write_end(work, handler, started.kind)


async def _handle(work: Work, started: store.Started) -> Any:
    if started.attempts > MOST_ATTEMPTS:
        raise NeverEnds(f"it was begun {MOST_ATTEMPTS} times and never came to an end")
    if work.cancelled:
        raise Cancelled
    kind = KINDS[started.kind]
    return await kind.handler(work, msgspec.convert(started.payload, kind.payload, strict=False))


async def _put_back(work: Work) -> timedelta:
    async with work.database.transaction(work.workspace_id) as db:
        await store.put_back(db, work.workspace_id, work.job_id, work.attempt)
    log.info("job handed back", done=work.done)
    return NOW


async def _write_end(work: Work, handler: "asyncio.Task[Any]", kind: str) -> timedelta | None:
    status, members = _outcome(handler)
    if work.finished and status == "succeeded":
        _count(kind, status)
        return None
    if status == "superseded":
        log.info("job superseded", attempt=work.attempt)
        return None
    try:
        async with work.database.transaction(work.workspace_id) as db:
            await work.close(db, status, **members)
        _count(kind, status)
    except Superseded:
        log.info("job superseded", attempt=work.attempt)
    return None


def _count(kind: str, status: str) -> None:
    JOBS_ENDED.labels(kind, status).inc()
    log.info("job ended", status=status)


def _outcome(handler: "asyncio.Task[Any]") -> tuple[str, dict[str, Any]]:
    try:
        return "succeeded", {"result": handler.result()}
    except Cancelled:
        return "cancelled", {}
    except Superseded:
        return "superseded", {}
    except AWAY:
        raise
    except Problem as problem:
        return "failed", {"error": problem.body()}
    except (Exception, asyncio.CancelledError) as error:
        # The text of an exception may hold a person's data: the log names the place, the row the kind.
        log.error("job failed", exc_info=error)
        return "failed", {"error": Failed(f"an unexpected {type(error).__name__}").body()}
