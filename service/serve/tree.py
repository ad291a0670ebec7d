"""The process tree: database, migrations, API processes and a job worker, started and stopped as one."""

import asyncio
import http.client
import os
import shutil
import socket
import sys
import time
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from pathlib import Path

import msgspec
import structlog

from service.kit import embedded
from service.kit.durability import examine
from service.kit.presence import Presence, claim, publish
from service.kit.supervisor import Command, Deaths, children
from service.settings import ONE_THREAD, Settings, owner_dsn

log = structlog.get_logger("elci.serve")

READY_WITHIN_S = 90.0
_GIVE_UP_AFTER = 3


class ServeError(RuntimeError):
    """The server cannot start; the message says why."""


@asynccontextmanager
async def serving(
    settings: Settings, env: Mapping[str, str], *, worker: bool = True
) -> AsyncIterator[Presence]:
    """A whole server until the end of the block. Yields where it is, once it answers.

    `env` is what the child processes get, beside what is decided here.
    """
    with claim(settings.home), _listening(settings.host, settings.port) as listener:
        url = _url(settings.host, listener.getsockname()[1])
        async with database(settings) as ready:
            commands = _commands(ready, env, listener, worker)
            async with children(commands) as deaths:
                await _answered(url, deaths)
                presence = Presence(pid=os.getpid(), url=url, database_url=owner_dsn(ready))
                publish(settings.home, presence)
                try:
                    yield presence
                finally:
                    # From here on new callers are refused, instead of waiting for processes that end.
                    listener.close()


@asynccontextmanager
async def database(settings: Settings) -> AsyncIterator[Settings]:
    """A migrated database until the end of the block: the one of DATABASE_URL, else one of our own."""
    async with AsyncExitStack() as stack:
        if settings.database_url is None:
            server = await stack.enter_async_context(embedded.running(settings.home))
            stack.push_async_callback(_cancel, asyncio.create_task(_keep(server)))
            settings = msgspec.structs.replace(settings, database_url=server.dsn)
        for warning in await examine(owner_dsn(settings)):
            log.warning(warning)
        # Alembic takes a third of a second to load, and the processes that the tree starts need none.
        from migrations.migrate import migrate

        await migrate(settings)
        yield settings


async def _keep(server: embedded.Server) -> None:
    """Start the embedded database again whenever it has died."""
    while True:
        await asyncio.sleep(0.2)
        if server.alive:
            continue
        log.warning("database ended", code=server.process.returncode)
        try:
            await server.restart()
        except embedded.EmbeddedError as error:
            log.error("database does not start", reason=str(error))
            await asyncio.sleep(5)


async def _cancel(task: "asyncio.Task[None]") -> None:
    task.cancel()
    await asyncio.wait([task])


@contextmanager
def _listening(host: str, port: int) -> Iterator[socket.socket]:
    # Bound before anything is started: a port that is taken is said at once. The API processes share it, and
    # while one of them is started again, callers wait in the queue instead of being refused.
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        listener = socket.socket(family, kind, protocol)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
    except OSError as error:
        raise ServeError(f"cannot listen on {host} port {port}: {error.strerror}") from error
    with listener:
        yield listener


def _url(host: str, port: int) -> str:
    """Where callers on this machine reach the server.

    >>> _url("0.0.0.0", 8000), _url("::1", 80)
    ('http://127.0.0.1:8000', 'http://[::1]:80')
    """
    near = {"0.0.0.0": "127.0.0.1", "": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104
    return f"http://[{near}]:{port}" if ":" in near else f"http://{near}:{port}"


def _commands(
    settings: Settings, env: Mapping[str, str], listener: socket.socket, worker: bool
) -> list[Command]:
    python = [sys.executable, "-m", "service.serve.process"]
    given = {
        **ONE_THREAD,
        **env,
        "DATABASE_URL": owner_dsn(settings),
        "ELCI_HOME": str(settings.home),
        "ELCI_PORT": str(listener.getsockname()[1]),
        # The processes count together: each of them answers /metrics for all.
        "PROMETHEUS_MULTIPROC_DIR": str(_emptied(settings.home / "metrics")),
    }
    file = listener.fileno()
    commands = [
        Command(f"api-{number}", [*python, "api", "--socket", str(file)], given, [file])
        for number in range(1, settings.workers + 1)
    ]
    if worker:
        commands.append(Command("worker", [*python, "worker"], given))
    return commands


def _emptied(folder: Path) -> Path:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(mode=0o700)
    return folder


async def _answered(url: str, deaths: Deaths) -> None:
    deadline = time.monotonic() + READY_WITHIN_S
    while not await asyncio.to_thread(answers, url):
        if deaths.seen >= _GIVE_UP_AFTER or time.monotonic() > deadline:
            raise ServeError("the server's processes do not come up: their messages are above")
        await asyncio.sleep(0.1)


def answers(url: str) -> bool:
    """Whether a server answers at `url`, whatever it thinks of the host's name."""
    place = http.client.HTTPConnection(url.removeprefix("http://"), timeout=5)
    try:
        place.request("GET", "/healthz")
        return place.getresponse().status < 500
    except (OSError, http.client.HTTPException):
        return False
    finally:
        place.close()
