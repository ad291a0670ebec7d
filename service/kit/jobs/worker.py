"""The worker: takes from the queue what the registries know, until it is told to stop."""

import asyncio
import os
import signal
import threading
from collections.abc import Awaitable, Callable
from datetime import timedelta

import msgspec
import structlog
from pgqueuer.core.qm import QueueManager
from pgqueuer.domain.errors import RetryRequested
from pgqueuer.domain.models import Job as Row

from service.kit import db as kit_db
from service.kit.jobs import clockwork, queue
from service.kit.jobs.entrypoints import Entrypoint, entrypoints
from service.kit.jobs.queue import CHANNEL, Tools
from service.kit.jobs.registry import KINDS, PREPARATIONS, SCHEDULES, Lane
from service.kit.jobs.stop import Stop
from service.settings import Settings, app_dsn, search_dsn

log = structlog.get_logger("elci.worker")

QUICK_AT_ONCE = 8
# Most of them wait for a receiver.
MESSAGES_AT_ONCE = 16
GRACE_S = 20.0
# For putting back, and for what the caller has to stop; all in all less than a supervisor grants (30 s).
TO_LEAVE_S = 8.0


async def work(settings: Settings, *, heartbeat_s: float = 30.0, grace_s: float = GRACE_S) -> None:
    """A process that runs jobs, messages and schedules until SIGTERM or SIGINT.

    What runs then has the grace to finish; the rest is put back, and the process ends whatever its threads
    still do. A worker that was killed stops its heartbeat, and after `heartbeat_s` its work is taken up by
    another.
    """
    stop = Stop(grace_s)
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, _ask, stop, grace_s + TO_LEAVE_S)
    await take(settings, stop, heartbeat_s)


async def take(settings: Settings, stop: Stop, heartbeat_s: float) -> None:
    """Takes from the queue until the stop is asked for."""
    roomy = msgspec.structs.replace(settings, pool_size=max(settings.pool_size, _most_connections(settings)))
    async with kit_db.connect(app_dsn(settings), search_dsn(settings), roomy) as database:
        tools = Tools(settings, database, stop)
        beat = timedelta(seconds=heartbeat_s)
        log.info("worker started", kinds=len(KINDS), schedules=len(SCHEDULES))
        async with asyncio.TaskGroup() as group:
            for lane, at_once in _lanes(settings).items():
                group.create_task(_restarted(stop, _lane(tools, lane, at_once, beat)))
            group.create_task(_restarted(stop, clockwork.clock(tools)))
            group.create_task(_prepare())
        log.info("worker stopped")


async def _prepare() -> None:
    """One after the other, so that jobs which come at once have the other cores."""
    for prepare in PREPARATIONS:
        try:
            await asyncio.to_thread(prepare)
        except Exception as error:
            log.warning("not prepared", what=prepare.__name__, exc_info=error)


def _lanes(settings: Settings) -> dict[Lane, int]:
    return {"long": settings.jobs_at_once, "quick": QUICK_AT_ONCE, "messages": MESSAGES_AT_ONCE}


def _most_connections(settings: Settings) -> int:
    # A job holds one connection for its work and now and then one for its progress.
    return 2 * (settings.jobs_at_once + QUICK_AT_ONCE) + 4


def _ask(stop: Stop, at_most_s: float) -> None:
    stop.ask()
    # Python waits at its end for every thread, also for one that computes for another hour.
    leave = threading.Timer(at_most_s, os._exit, (1,))
    leave.daemon = True
    leave.start()


async def _restarted(stop: Stop, run: Callable[[], Awaitable[None]]) -> None:
    """Runs it again whenever it fails: a restarted database must find its worker."""
    while not stop.asked.is_set():
        try:
            await run()
        except Exception as error:
            log.warning("lane restarts", error=type(error).__name__)
            await _wait(stop, 1.0)


async def _wait(stop: Stop, seconds: float) -> None:
    try:
        await asyncio.wait_for(stop.asked.wait(), seconds)
    except TimeoutError:
        return


def _lane(tools: Tools, lane: Lane, at_once: int, beat: timedelta) -> Callable[[], Awaitable[None]]:
    async def run() -> None:
        async with queue.listening(tools.settings) as queries:
            await _take(QueueManager(queries, channel=CHANNEL))

    async def _take(manager: QueueManager) -> None:
        room = asyncio.Semaphore(at_once)
        for entrypoint in entrypoints(lane):
            manager.entrypoint(entrypoint.name, accepts_context=False)(_executor(tools, entrypoint, room))
        asking = asyncio.create_task(tools.stop.passed_on(manager.shutdown))
        try:
            await manager.run(
                dequeue_timeout=beat / 6,
                batch_size=1,
                # The library wants two at least; the semaphore keeps to one where one is set.
                max_concurrent_tasks=max(2, at_once),
                shutdown_on_listener_failure=True,
                heartbeat_timeout=beat,
            )
        finally:
            asking.cancel()

    return run


def _executor(
    tools: Tools, entrypoint: Entrypoint, room: asyncio.Semaphore
) -> Callable[[Row], Awaitable[None]]:
    async def execute(row: Row) -> None:
        async with room:
            if tools.stop.asked.is_set():
                raise RetryRequested
            again = await entrypoint.run(tools, *queue.ids(row.payload))
        if again is not None:
            raise RetryRequested(again)

    return execute
