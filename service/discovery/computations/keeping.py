"""Results: found, computed at once, or left to a job that all who ask for the same share."""

from typing import NamedTuple
from uuid import UUID

import msgspec

from service.discovery.computations import store
from service.discovery.computations.keys import digest
from service.discovery.computations.operations import OPERATIONS
from service.discovery.computations.operations.base import QUICK
from service.discovery.computations.problems import ComputationFailed
from service.discovery.computations.running import Timed, run, unwatched
from service.discovery.computations.schemas import ResultRow
from service.discovery.computations.threads import in_thread
from service.discovery.graphs import reading
from service.discovery.graphs.schemas import GraphRow
from service.kit import clock, ids, jobs
from service.kit.db import Connection
from service.kit.jobs import Job

COMPUTE = "discovery.compute_graph"
# Of one graph, of all operations together.
MOST_RESULTS = 100
MOST_BYTES = 256 * 1024 * 1024
# How long a failure answers for the question: a client that asks again and again starts no job each time.
FAILED_S = 60


class Compute(msgspec.Struct):
    """The row says what is computed of which graph."""

    result_id: UUID


class Question(NamedTuple):
    """What is asked of a graph's version."""

    graph: GraphRow
    operation: str
    params: msgspec.Struct


async def answer(db: Connection, workspace_id: UUID, asked: Question) -> ResultRow | Job:
    """The stored result, one that was computed just now, or the job that computes it.

    Raises ComputationFailed, NotComputable, graphs' GraphChanged.
    """
    key = asked.graph.id, asked.graph.version, asked.operation, digest(asked.operation, asked.params)
    found = await store.find_answer(db, workspace_id, *key)
    if found is not None and found.result is not None:
        await store.touch(db, workspace_id, found.id)
        return found
    effort = OPERATIONS[asked.operation].effort(asked.graph.nodes, asked.graph.arcs, asked.params)
    if effort > QUICK:
        return await _job(db, workspace_id, asked, key)
    graph = await reading.load(db, workspace_id, asked.graph.id, asked.graph.version)
    made = await in_thread(lambda: run(asked.operation, graph, asked.params, unwatched))
    row = await _begun(db, workspace_id, asked, key)
    return await keep(db, workspace_id, row, made) if row.result is None else row


async def begin_anew(db: Connection, workspace_id: UUID, asked: Question) -> Job:
    """A job in place of a stored result that can't be shown any more."""
    key = asked.graph.id, asked.graph.version, asked.operation, digest(asked.operation, asked.params)
    row = await _begun(db, workspace_id, asked, key)
    return await _enqueued(db, workspace_id, row.id)


async def _job(
    db: Connection, workspace_id: UUID, asked: Question, key: tuple[UUID, int, str, bytes]
) -> ResultRow | Job:
    row = await _begun(db, workspace_id, asked, key)
    if row.result is not None:
        return row
    running = None if row.job_id is None else await jobs.find(db, workspace_id, row.job_id)
    if running is None or running.status in ("succeeded", "cancelled"):
        return await _enqueued(db, workspace_id, row.id)
    if running.status == "failed":
        await _refuse_if_fresh(db, running)
        return await _enqueued(db, workspace_id, row.id)
    return running


async def _begun(
    db: Connection, workspace_id: UUID, asked: Question, key: tuple[UUID, int, str, bytes]
) -> ResultRow:
    """The question's row, locked; of those who ask at once the first one makes it."""
    graph_id, version, operation, hashed = key
    params = msgspec.to_builtins(asked.params)
    await store.add_question(db, workspace_id, ids.new(), graph_id, version, operation, hashed, params)
    row = await store.lock_answer(db, workspace_id, *key)
    if row is None:
        raise ComputationFailed("the graph has changed meanwhile", headers={"Retry-After": "1"})
    return row


async def _enqueued(db: Connection, workspace_id: UUID, result_id: UUID) -> Job:
    job_id = await jobs.enqueue(db, workspace_id, COMPUTE, Compute(result_id), dedupe=str(result_id))
    await store.set_job(db, workspace_id, result_id, job_id)
    return await jobs.get(db, workspace_id, job_id)


async def _refuse_if_fresh(db: Connection, failed: Job) -> None:
    ago = (await clock.now(db) - (failed.finished_at or failed.created_at)).total_seconds()
    if ago < FAILED_S:
        wait = str(max(1, round(FAILED_S - ago)))
        detail = str((failed.error or {}).get("detail", "for an unknown reason"))
        raise ComputationFailed(
            detail, headers={"Retry-After": wait}, error=failed.error, job_id=ids.show("job", failed.id)
        )


async def keep(db: Connection, workspace_id: UUID, row: ResultRow, timed: Timed) -> ResultRow:
    """Writes a result with its columns, and drops what is too much of its graph."""
    result = msgspec.to_builtins(timed.made.result)
    for name, data in timed.made.columns.items():
        await store.put_column(db, workspace_id, row.id, name, data)
    size = sum(map(len, timed.made.columns.values())) + len(msgspec.json.encode(result))
    await store.complete(db, workspace_id, row.id, result, size, timed.seconds)
    await store.trim(db, workspace_id, row.graph_id, MOST_RESULTS, MOST_BYTES)
    return await store.get_result(db, workspace_id, row.id)
