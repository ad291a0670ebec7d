"""Answers: computed at once, found, or left to a job that all who ask for the same share."""

from collections.abc import Callable
from typing import TypeVar
from uuid import UUID

import msgspec

from service.discovery.computations.threads import in_thread
from service.discovery.reach.answers import effort, store
from service.discovery.reach.answers.preparing import Prepared
from service.discovery.reach.answers.schemas import AnswerRow, ComputeReach
from service.discovery.reach.inputs import filled
from service.discovery.reach.problems import ReachFailed
from service.kit import clock, ids, jobs
from service.kit.db import Connection
from service.kit.jobs import Job

T = TypeVar("T")

COMPUTE = "discovery.compute_reach"
# How long a failure answers for the question: a client that asks again and again starts no job each time.
FAILED_S = 60


async def answer(
    db: Connection,
    workspace_id: UUID,
    asked: Prepared,
    at_once: Callable[[Prepared], T],
    kept: Callable[[AnswerRow], T],
) -> T | Job:
    """`at_once` of a small list, `kept` of a stored answer, or the job that computes it.

    asked: an outline. Raises ReachFailed.
    """
    if asked.effort <= effort.MOST_AT_ONCE:
        whole = asked._replace(found=await filled(db, workspace_id, asked.found, asked.question.of))
        return await in_thread(lambda: at_once(whole))
    key = asked.key
    found = await store.find(db, workspace_id, asked.row.id, key)
    if found is None or found.body is None:
        await store.add(db, workspace_id, asked.row.id, key, msgspec.to_builtins(asked.question))
        found = await store.lock(db, workspace_id, asked.row.id, key)
    if found is None:
        raise ReachFailed("the list has changed meanwhile", headers={"Retry-After": "1"})
    if found.body is None:
        return await _job(db, workspace_id, found)
    done = found
    return await in_thread(lambda: kept(done))


async def _job(db: Connection, workspace_id: UUID, row: AnswerRow) -> Job:
    """The job that is at it, or another one."""
    running = None if row.job_id is None else await jobs.find(db, workspace_id, row.job_id)
    if running is not None and running.status == "failed":
        await _refuse_if_fresh(db, running)
    if running is not None and not running.final:
        return running
    payload = ComputeReach(row.shortlist_id, row.key.hex())
    job_id = await jobs.enqueue(db, workspace_id, COMPUTE, payload)
    await store.set_job(db, workspace_id, row.shortlist_id, row.key, job_id)
    return await jobs.get(db, workspace_id, job_id)


async def _refuse_if_fresh(db: Connection, failed: Job) -> None:
    ago = (await clock.now(db) - (failed.finished_at or failed.created_at)).total_seconds()
    if ago < FAILED_S:
        wait = str(max(1, round(FAILED_S - ago)))
        detail = str((failed.error or {}).get("detail", "for an unknown reason"))
        raise ReachFailed(
            detail, headers={"Retry-After": wait}, error=failed.error, job_id=ids.show("job", failed.id)
        )
