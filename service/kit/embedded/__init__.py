"""The PostgreSQL inside the installation: `running` for a home's own data, `temporary` for tests."""

import fcntl
import os
import shutil
import subprocess
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from pathlib import Path

from service.kit.embedded import place as places
from service.kit.embedded import process as processes
from service.kit.embedded.place import EmbeddedError, Place

__all__ = ["EmbeddedError", "Held", "Server", "running", "temporary"]


class Server:
    """A running server: its owner's URL, and whether it still runs."""

    def __init__(self, place: Place, process: subprocess.Popen[bytes]) -> None:
        self.dsn = place.dsn
        self.place = place
        self.process = process

    @property
    def alive(self) -> bool:
        return self.process.poll() is None

    async def restart(self) -> None:
        """Start it again after it died."""
        self.process = await processes.start(self.place, {})


@asynccontextmanager
async def running(home: Path) -> AsyncIterator[Server]:
    """The server over the data of `home`, made on the first use, stopped at the end.

    Raises EmbeddedError if it cannot start, and `Held` if another process has it running.
    """
    place = places.permanent(home)
    with _locked(place.base):
        processes.make_data(place)
        server = Server(place, await processes.start(place, {}))
        try:
            yield server
        finally:
            await processes.stop(server.process)


@asynccontextmanager
async def temporary() -> AsyncIterator[str]:
    """A server of its own with nothing in it, for tests; gone at the end. Yields the owner's URL.

    It does not wait for the disk: a crash of the machine may lose everything.
    """
    await _sweep()
    place = places.throwaway()
    careless = {
        "fsync": "off",
        "full_page_writes": "off",
        "synchronous_commit": "off",
        "max_wal_size": "256MB",
    }
    with _locked(place.base):
        try:
            processes.make_data(place, "--no-sync")
            process = await processes.start(place, careless)
            try:
                yield place.dsn
            finally:
                await processes.stop(process)
        finally:
            shutil.rmtree(place.base, ignore_errors=True)


async def _sweep() -> None:
    """Remove temporary servers whose owners were killed."""
    for base in places.throwaways():
        # A lock that is held, or somebody else's folder: not ours to remove.
        with suppress(Held, OSError), _locked(base):
            await processes.end_orphan(base / "data")
            shutil.rmtree(base)


class Held(EmbeddedError):
    """Another process has the data in use."""


@contextmanager
def _locked(base: Path) -> Iterator[None]:
    # flock: the kernel gives it back when the process dies, however it dies.
    with os.fdopen(places.opened(base / "lock", 0o600), "a+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            file.seek(0)
            raise Held(f"the database in {base} is in use by process {file.read().strip()}") from error
        file.truncate(0)
        file.write(f"{os.getpid()}\n")
        file.flush()
        yield
