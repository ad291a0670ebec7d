"""Who serves a home (ELCI_HOME): a lock that one process holds, and server.json, which says where."""

import contextlib
import fcntl
import os
import time
from collections.abc import Iterator
from pathlib import Path

import msgspec

from service.settings import make_home


class Presence(msgspec.Struct, frozen=True):
    """A running server; `url` is None where only a database and a worker run."""

    pid: int
    url: str | None
    database_url: str


class TakenError(RuntimeError):
    """Another process serves this home."""


@contextlib.contextmanager
def claim(home: Path) -> Iterator[None]:
    """Be the one who serves `home`; raises TakenError if somebody else does.

    The kernel gives the lock back however its holder ends, so a killed server needs no cleaning up.
    """
    make_home(home)
    # Readable for its owner alone: whoever can open it can lock it.
    with os.fdopen(os.open(home / "server.lock", os.O_RDWR | os.O_CREAT, 0o600), "r+") as file:
        _take(file.fileno(), home)
        _server_json(home).unlink(missing_ok=True)
        file.truncate(0)
        file.write(f"{os.getpid()}\n")
        file.flush()
        try:
            yield
        finally:
            _server_json(home).unlink(missing_ok=True)


def publish(home: Path, presence: Presence) -> None:
    """Write server.json, at once and readable for its owner alone: the database's URL may hold a password."""
    new = home / ".server.json.new"
    with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as out:
        out.write(msgspec.json.format(msgspec.json.encode(presence)) + b"\n")
    new.replace(_server_json(home))


def find(home: Path) -> Presence | None:
    """The server that runs on `home`; None if none does, or if it is not ready yet."""
    try:
        with (home / "server.lock").open("rb") as file:
            _lock(file.fileno(), home)
    except TakenError:
        with contextlib.suppress(FileNotFoundError):
            return msgspec.json.decode(_server_json(home).read_bytes(), type=Presence)
    except FileNotFoundError:
        pass
    return None


def _server_json(home: Path) -> Path:
    return home / "server.json"


def _take(descriptor: int, home: Path) -> None:
    # Whoever looks (`find`) has the lock for an instant.
    for _ in range(10):
        with contextlib.suppress(TakenError):
            return _lock(descriptor, home)
        time.sleep(0.02)
    _lock(descriptor, home)


def _lock(descriptor: int, home: Path) -> None:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        raise TakenError(_holder(home)) from error


def _holder(home: Path) -> str:
    pid = (home / "server.lock").read_text().strip()
    return f"{home} is in use by process {pid or '(starting)'}"
