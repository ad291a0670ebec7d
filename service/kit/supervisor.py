"""Child processes that are kept alive, and stopped together."""

import asyncio
import os
import signal
import threading
import time
from asyncio.subprocess import Process
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager

import structlog
from msgspec import Struct

log = structlog.get_logger("elci.supervisor")

# Longer than a worker's grace (20 s), and with the database's stop below the 30 s that a stop may take.
PATIENCE_S = 24.0
_FIRST_WAIT_S = 0.5
_LONGEST_WAIT_S = 10.0
# Whoever ran for this long had come up: waiting longer each time is for those that cannot.
_STEADY_S = 5.0


class Command(Struct, frozen=True):
    """What to run; `files` are descriptors that the child inherits."""

    name: str
    argv: Sequence[str]
    env: Mapping[str, str]
    files: Sequence[int] = ()


class Deaths:
    """How many children have ended that should not have."""

    seen = 0


@asynccontextmanager
async def children(commands: Sequence[Command]) -> AsyncIterator[Deaths]:
    """Runs the commands until the end of the block; one that ends is started again, later each time.

    At the end all are asked to stop at once (SIGTERM), and killed after `PATIENCE_S`. Each command gets
    `--parent FD` appended, for `follow`.
    """
    theirs, ours = os.pipe()
    deaths = Deaths()
    tasks = [asyncio.create_task(_keep(command, theirs, deaths)) for command in commands]
    try:
        yield deaths
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        os.close(theirs)
        os.close(ours)


def follow(parent: int) -> None:
    """In a child: ask oneself to stop once the parent is gone, however it went.

    `parent` is the reading end of a pipe whose writing end only the parent holds.
    """

    def wait() -> None:
        os.read(parent, 1)
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=wait, name="follow", daemon=True).start()


async def _keep(command: Command, parent: int, deaths: Deaths) -> None:
    wait = _FIRST_WAIT_S
    while True:
        started = time.monotonic()
        code = await _run(command, parent)
        deaths.seen += 1
        if time.monotonic() - started > _STEADY_S:
            wait = _FIRST_WAIT_S
        log.warning("process ended", process=command.name, code=code, restart_in_s=wait)
        await asyncio.sleep(wait)
        wait = min(wait * 2, _LONGEST_WAIT_S)


async def _run(command: Command, parent: int) -> int:
    process = await asyncio.create_subprocess_exec(
        *command.argv,
        "--parent",
        str(parent),
        env=dict(command.env),
        pass_fds=(parent, *command.files),
        # Ctrl-C reaches the whole group of a terminal: children are stopped by us, in order.
        start_new_session=True,
    )
    try:
        return await process.wait()
    except asyncio.CancelledError:
        await _end(command, process)
        raise


async def _end(command: Command, process: Process) -> None:
    if process.returncode is not None:
        return
    process.terminate()
    try:
        await asyncio.wait_for(process.wait(), PATIENCE_S)
    except TimeoutError:
        log.warning("process killed", process=command.name, patience_s=PATIENCE_S)
        process.kill()
        await process.wait()
