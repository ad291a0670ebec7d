"""A verb in the foreground: to its end, or until Ctrl-C or SIGTERM."""

import asyncio
import signal
from collections.abc import Coroutine
from typing import Any

from migrations.migrate import MissingRoles
from service.kit.durability import UnfitDatabaseError
from service.kit.embedded import EmbeddedError
from service.kit.presence import TakenError
from service.serve.tree import ServeError
from service.settings import SettingsError

# Errors whose message is meant for the person at the command line.
EXPECTED = (EmbeddedError, MissingRoles, ServeError, SettingsError, TakenError, UnfitDatabaseError)


def run(main: Coroutine[Any, Any, int], stopped: int | None = None) -> int:
    """Run `main`; asked to stop, cancel it, so that it stops in order what it has started.

    `stopped` is the exit code after such a stop; the shell's custom (128 + signal) if None.
    """
    return asyncio.run(_guarded(main, stopped))


async def _guarded(main: Coroutine[Any, Any, int], stopped: int | None) -> int:
    task = asyncio.ensure_future(main)
    asked: list[int] = []

    def ask(number: int) -> None:
        # Once: a second Ctrl-C must not interrupt the orderly stop, which has limits of its own.
        if not asked:
            task.cancel()
        asked.append(number)

    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, ask, number)
    try:
        return await task
    except asyncio.CancelledError:
        if not asked:
            raise
        return 128 + asked[0] if stopped is None else stopped
