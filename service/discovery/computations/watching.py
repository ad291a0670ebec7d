"""What computes in a thread, watched for a cancel and for somebody who still wants it."""

import asyncio
import threading
import time
from collections.abc import Awaitable, Callable
from typing import TypeVar

from service.discovery.computations.operations.base import Report
from service.kit.jobs import Cancelled, Work

T = TypeVar("T")

LOOK_S = 0.2


async def watched(
    work: Work, function: Callable[[Report], T], wanted: Callable[[], Awaitable[object]], every_s: float
) -> T:
    """The function's answer from a thread. Raises Cancelled soon after somebody cancels, and what `wanted`
    raises, which is asked every few seconds.

    Most computations report many times a second, and end there; the thread of one that does not (communities,
    a last step) ends by itself, and nobody waits for it.
    """
    left = threading.Event()

    def report(done: int, total: int | None) -> None:
        if left.is_set():
            raise Cancelled
        work.report(done, total)

    running = asyncio.ensure_future(asyncio.to_thread(function, report))
    running.add_done_callback(lambda ended: ended.cancelled() or ended.exception())
    looked = time.monotonic()
    try:
        while not running.done():
            await asyncio.wait({running}, timeout=LOOK_S)
            if work.cancelled and not running.done():
                raise Cancelled
            if time.monotonic() - looked > every_s and not running.done():
                await wanted()
                looked = time.monotonic()
    finally:
        left.set()
    return running.result()
