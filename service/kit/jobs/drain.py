"""The worker without a worker: what is queued is run here and now. For tests and single commands."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from pgqueuer.adapters.drivers.asyncpg import AsyncpgPoolDriver
from pgqueuer.domain.models import Job as Row
from pgqueuer.ports.repository import EntrypointExecutionParameter

from service.kit.db import Database
from service.kit.jobs import queue
from service.kit.jobs.entrypoints import Entrypoint, entrypoints
from service.kit.jobs.queue import Tools
from service.kit.jobs.registry import SCHEDULES
from service.kit.jobs.stop import Stop
from service.settings import Settings

_NOBODY = UUID(int=0)
_STALE = timedelta(seconds=30)


async def run_queued(settings: Settings, database: Database, *, ahead: bool = False) -> int:
    """Runs what is queued until nothing is left that is due; returns how many pieces of work that was.

    `ahead` runs also what is due later (delays, retries), each piece once.
    """
    queries = queue.queries(AsyncpgPoolDriver(database.app))
    known = {each.name: each for each in entrypoints()}
    unlimited = dict.fromkeys(known, EntrypointExecutionParameter(concurrency_limit=0))
    if ahead:
        await database.app.execute("update pgqueuer set execute_after = now() where status = 'queued'")
    ran = 0
    while rows := await queries.dequeue(1, unlimited, _NOBODY, None, _STALE):
        for row in rows:
            await _run(Tools(settings, database, Stop()), queries, known[row.entrypoint], row)
            ran += 1
    return ran


async def _run(tools: Tools, queries: Any, entrypoint: Entrypoint, row: Row) -> None:
    again = await entrypoint.run(tools, *queue.ids(row.payload))
    if again is None:
        await queries.log_jobs([(row, "successful", None)])
    else:
        await queries.retry_job(row, again, None)


async def run_scheduled(settings: Settings, database: Database, name: str) -> None:
    """Runs a schedule's function now."""
    await SCHEDULES[name].function(settings, database)
