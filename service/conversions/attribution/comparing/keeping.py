"""Comparisons: computed at once, found, or left to a job that all who ask for the same share."""

from datetime import datetime, timedelta
from typing import Final, NamedTuple
from uuid import UUID

import msgspec

from service.conversions.attribution.comparing import store
from service.conversions.attribution.comparing.asking import key, within
from service.conversions.attribution.comparing.figures import compare
from service.conversions.attribution.comparing.schemas import Compare, ComparisonRow, Figures, Question
from service.conversions.problems import ComparisonFailed
from service.discovery.computations.threads import in_thread
from service.kit import clock, ids, jobs
from service.kit.db import Connection
from service.kit.jobs import Job

COMPARE: Final = "conversions.compare"
# So many conversions are compared while the asker waits: in about .3 s.
MOST_AT_ONCE: Final = 20_000
# Orders come in all the time; an answer that took seconds stands for a while.
KEPT: Final = timedelta(minutes=10)
# How long a failure answers for the question: who asks again and again starts no job each time.
FAILED: Final = timedelta(minutes=1)


class Answer(NamedTuple):
    figures: Figures
    computed_at: datetime


async def answer(db: Connection, workspace_id: UUID, asked: Question) -> Answer | Job:
    """The figures, or the job that computes them. Raises ComparisonFailed."""
    span = within(asked, ())
    count = await store.count_up_to(db, workspace_id, span.since, span.before, MOST_AT_ONCE + 1)
    now = await clock.now(db)
    if count <= MOST_AT_ONCE:
        return Answer(await figures(db, workspace_id, asked), now)
    found = await store.find(db, workspace_id, key(asked))
    if found is None or not _stands(found, now):
        await store.add(db, workspace_id, key(asked), msgspec.to_builtins(asked))
        found = await store.lock(db, workspace_id, key(asked))
    if not _stands(found, now) or found.body is None or found.computed_at is None:
        return await _job(db, workspace_id, found, now)
    return Answer(msgspec.json.decode(found.body, type=Figures), found.computed_at)


async def figures(db: Connection, workspace_id: UUID, asked: Question) -> Figures:
    """The comparison itself: SQL, then a thread."""
    span = within(asked, await store.windows(db, workspace_id))
    paths = await store.paths(db, workspace_id, span)
    faded = await store.decay(db, workspace_id, span) if "time_decay" in asked.models else []
    return await in_thread(lambda: compare(paths, faded, asked.models))


def _stands(row: ComparisonRow, now: datetime) -> bool:
    return row.computed_at is not None and now - row.computed_at < KEPT


async def _job(db: Connection, workspace_id: UUID, row: ComparisonRow, now: datetime) -> Job:
    """The job that is at it, or another one."""
    running = None if row.job_id is None else await jobs.find(db, workspace_id, row.job_id)
    if running is not None and not running.final:
        return running
    if running is not None and running.status == "failed":
        left = (running.finished_at or running.created_at) + FAILED - now
        if left > timedelta(0):
            raise ComparisonFailed(
                str((running.error or {}).get("detail", "for an unknown reason")),
                headers={"Retry-After": str(1 + int(left.total_seconds()))},
                job_id=ids.show("job", running.id),
            )
    job_id = await jobs.enqueue(db, workspace_id, COMPARE, Compare(row.key.hex()))
    await store.start(db, workspace_id, row.key, job_id)
    return await jobs.get(db, workspace_id, job_id)
