"""The embedded PostgreSQL as a child process: make its data, start it, wait for it, stop it."""

import asyncio
import contextlib
import os
import pwd
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from service.kit.embedded.place import DATABASE, OWNER, EmbeddedError, Place, give, opened

# What a start says while something of a killed server is still there.
_BUSY = ("lock file", "pre-existing shared memory block")
_LARGEST_LOG = 10_000_000

# Everyone who gets into the socket's folder is the operating system's user that owns it: the owner's way in.
# The other roles show their password even so, as they would on any server.
_HBA = f"local all postgres trust\nlocal all {OWNER} trust\nlocal all all scram-sha-256\n"
_BOOTSTRAP = f"create role {OWNER} login createrole createdb\ncreate database {DATABASE} owner {OWNER}\n"

OPTIONS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "200",
    "shared_buffers": "256MB",
    "max_wal_size": "2GB",
    "jit": "off",
    "timezone": "UTC",
    "log_timezone": "UTC",
}


def make_data(place: Place, *flags: str) -> None:
    """Run initdb once; an interrupted run leaves nothing that counts."""
    if place.data.exists():
        return
    new = place.base / "data.new"
    shutil.rmtree(new, ignore_errors=True)
    new.mkdir(mode=0o700)
    give(new, place.user)
    locale = ("--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C", "--encoding=UTF8")
    _run(place, "initdb", "-D", new, "-U", "postgres", *locale, "--no-instructions", *flags)
    _run(place, "postgres", "--single", "-D", new, "postgres", text=_BOOTSTRAP)
    new.rename(place.data)


async def start(place: Place, options: dict[str, str], patience: float = 60) -> subprocess.Popen[bytes]:
    """Start PostgreSQL and wait until it takes connections (it may have to recover first).

    Raises EmbeddedError with the end of its log if it does not come up.
    """
    deadline = time.monotonic() + patience
    await end_orphan(place.data)
    with os.fdopen(opened(place.base / "pg_hba.conf", 0o644, os.O_TRUNC), "w") as access:
        access.write(_HBA)
    while True:
        written = _turn_log(place)
        process = _launch(place, options)
        if await _ready(place, process, deadline):
            return process
        said = place.log.read_bytes()[written:].decode(errors="replace").strip()
        if time.monotonic() > deadline or not any(word in said for word in _BUSY):
            await stop(process)
            raise EmbeddedError(f"PostgreSQL did not start; the end of {place.log}:\n{said[-2000:]}")
        await asyncio.sleep(0.3)


async def stop(process: subprocess.Popen[bytes], patience: float = 8) -> None:
    """Ask for a fast shutdown, then for an immediate one, then kill."""
    for request in (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL):
        if process.poll() is not None:
            return
        process.send_signal(request)
        await _until(lambda: process.poll() is not None, patience)


def _launch(place: Place, options: dict[str, str]) -> subprocess.Popen[bytes]:
    places = {
        "unix_socket_directories": str(place.sockets),
        "hba_file": str(place.base / "pg_hba.conf"),
    }
    settings = OPTIONS | places | options
    flags = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
    with os.fdopen(opened(place.log, 0o600), "ab") as log:
        return subprocess.Popen(
            [place.programs / "postgres", "-D", place.data, *flags],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            # Ctrl-C goes to the whole group of the terminal: the database must outlive those who use it.
            start_new_session=True,
            **_identity(place),
        )


def _run(place: Place, program: str, *arguments: str | Path, text: str = "") -> None:
    command = [place.programs / program, *arguments]
    done = subprocess.run(command, input=text.encode(), capture_output=True, check=False, **_identity(place))
    if done.returncode:
        raise EmbeddedError(f"{program} failed:\n{done.stderr.decode(errors='replace').strip()[-2000:]}")


def _identity(place: Place) -> dict[str, Any]:
    # Nothing of the caller's environment: PGDATA, PGPORT, LC_* and the like would change the server.
    # And not the caller's folder, which the other user may not be able to enter.
    common = {"env": {"LC_ALL": "C", "PATH": "/usr/bin:/bin"}, "cwd": place.base, "umask": 0o077}
    if place.user is None:
        return common
    return common | {"user": place.user, "group": pwd.getpwuid(place.user).pw_gid, "extra_groups": []}


async def _ready(place: Place, process: subprocess.Popen[bytes], deadline: float) -> bool:
    def decided() -> bool:
        return process.poll() is not None or _lock_file(place.data) == (process.pid, "ready")

    await _until(decided, deadline - time.monotonic())
    return process.poll() is None and _lock_file(place.data) == (process.pid, "ready")


def _lock_file(data: Path) -> tuple[int, str]:
    # postmaster.pid: process id in the first line, state in the eighth (PostgreSQL, miscadmin.h).
    with contextlib.suppress(OSError, ValueError, IndexError):
        lines = (data / "postmaster.pid").read_text().splitlines()
        return int(lines[0]), lines[7].strip() if len(lines) > 7 else ""
    return 0, ""


async def end_orphan(data: Path) -> None:
    """Stop the server that a killed supervisor left behind; drop a lock file that names another process.

    The caller holds the lock of the data's base, so no living supervisor owns that server.
    """
    pid, _ = _lock_file(data)
    if not pid or sys.platform != "linux":
        return
    for request in (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL):
        if not _serves(pid, data):
            break
        os.kill(pid, request)
        await _until(lambda: not _serves(pid, data), 10)
    # PostgreSQL would believe in a dead process that nobody has waited for, or in one that got the same id.
    # It still refuses to start while an orphan of the old server is attached to its shared memory.
    (data / "postmaster.pid").unlink(missing_ok=True)


def _serves(pid: int, data: Path) -> bool:
    try:
        return os.fsencode(data) in Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
    except OSError:
        return False


def _turn_log(place: Place) -> int:
    with contextlib.suppress(FileNotFoundError):
        if place.log.stat().st_size > _LARGEST_LOG:
            place.log.rename(place.log.with_suffix(".1"))
        return place.log.stat().st_size
    return 0


async def _until(true: Any, seconds: float) -> None:
    for wait in _pauses(seconds):
        if true():
            return
        await asyncio.sleep(wait)


def _pauses(seconds: float) -> Iterator[float]:
    deadline = time.monotonic() + seconds
    wait = 0.01
    while time.monotonic() < deadline:
        yield wait
        wait = min(wait * 1.5, 0.1)
