"""The clock of the schedules: one worker at a time runs each, and a dead one's is taken over."""

import asyncio
from collections.abc import Awaitable, Callable

import structlog
from pgqueuer.core.sm import SchedulerManager
from pgqueuer.domain.models import Schedule as Row

from service.kit.jobs import queue
from service.kit.jobs.queue import Tools
from service.kit.jobs.registry import SCHEDULES, Schedule

log = structlog.get_logger("elci.schedules")


def clock(tools: Tools) -> Callable[[], Awaitable[None]]:
    """Runs the schedules until the worker stops, or the database goes away."""

    async def run() -> None:
        async with queue.listening(tools.settings) as queries:
            manager = SchedulerManager(queries)
            for schedule in SCHEDULES.values():
                manager.schedule(schedule.name, schedule.cron, accepts_context=False)(
                    _executor(tools, schedule)
                )
            asking = asyncio.create_task(tools.stop.passed_on(manager.shutdown))
            try:
                await manager.run()
            finally:
                asking.cancel()

    return run


def _executor(tools: Tools, schedule: Schedule) -> Callable[[Row], Awaitable[None]]:
    async def execute(row: Row) -> None:
        await tools.stop.bounded(_logged(tools, schedule))

    return execute


async def _logged(tools: Tools, schedule: Schedule) -> None:
    try:
        await schedule.function(tools.settings, tools.database)
    except Exception as error:
        log.error("schedule failed", schedule=schedule.name, exc_info=error)
