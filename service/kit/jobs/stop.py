"""A worker's end: first no new work, then, after the grace, no work at all."""

import asyncio
import contextlib
from collections.abc import Coroutine
from typing import Any


class Stop:
    """`asked` is set when the worker should take nothing new, `expired` when it must let go."""

    def __init__(self, grace_s: float = 20.0) -> None:
        self.asked = asyncio.Event()
        self.expired = asyncio.Event()
        self._grace_s = grace_s

    def ask(self) -> None:
        """Take nothing new; what runs has the grace to finish."""
        if not self.asked.is_set():
            self.asked.set()
            asyncio.get_running_loop().call_later(self._grace_s, self.expired.set)

    async def passed_on(self, event: asyncio.Event) -> None:
        """Sets another's event when this stop is asked for."""
        await self.asked.wait()
        event.set()

    async def bounded(self, work: Coroutine[Any, Any, Any]) -> "asyncio.Task[Any]":
        """Runs work to its end, or until it must let go: then it is cancelled. Returns the ended task."""
        task = asyncio.create_task(work)
        expired = asyncio.create_task(self.expired.wait())
        try:
            await asyncio.wait({task, expired}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            await ended(task, expired)
        return task


async def ended(*tasks: "asyncio.Task[Any]") -> None:
    """Cancels what still runs, and waits for its end."""
    for task in tasks:
        task.cancel()
    await asyncio.wait(tasks)
    for task in tasks:
        # Looked at, so that nobody logs it as never retrieved.
        with contextlib.suppress(asyncio.CancelledError, Exception):
            task.result()
