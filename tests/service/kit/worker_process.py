"""A worker as a process: `python worker_process.py HEARTBEAT_S GRACE_S NAME=VALUE...`, for test_worker."""

import asyncio
import sys
import time
from typing import Any

from service.kit import jobs
from service.kit.jobs import Work, job, scheduled
from service.settings import Settings


async def steps(work: Work, payload: float) -> None:
    """One effect, then steps for so many seconds, in one transaction with the end."""
    async with work.transaction() as db:
        await db.execute("insert into effects (workspace_id) values ($1)", work.workspace_id)
        for done in range(int(payload / 0.02)):
            await work.progress(done)
            await asyncio.sleep(0.02)
        await work.finish(db)


async def stubborn(work: Work, payload: float) -> None:
    """A thread that nobody can stop."""
    await work.progress(1)
    await asyncio.to_thread(time.sleep, payload)


async def tick(settings: Settings, database: Any) -> None:
    """Once a second."""
    async with database.connection() as db:
        await db.execute("insert into ticks default values")


if __name__ == "__main__":
    job("test.steps")(steps)
    job("test.stubborn")(stubborn)
    scheduled("test.tick", "* * * * * */1")(tick)
    given = Settings.from_env(dict(item.split("=", 1) for item in sys.argv[3:]))
    asyncio.run(jobs.work(given, heartbeat_s=float(sys.argv[1]), grace_s=float(sys.argv[2])))
