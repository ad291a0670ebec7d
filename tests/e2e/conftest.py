"""A running `./elci serve` for each test that wants one, on a home of its own."""

import asyncio
import json
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import asyncpg
import httpx
import pytest

ROOT = Path(__file__).parents[2]


def query(dsn: str, statement: str) -> Any:
    """The first value that a statement gives."""

    async def run() -> Any:
        db = await asyncpg.connect(dsn)
        try:
            return await db.fetchval(statement)
        finally:
            await db.close()

    return asyncio.run(run())


def gone(pid: int) -> bool:
    """Whether a process has ended (be it that nobody has waited for it)."""
    try:
        return "\nState:\tZ" in Path(f"/proc/{pid}/status").read_text()
    except FileNotFoundError:
        return True


def until(true: Callable[[], bool], seconds: float = 30) -> None:
    """Wait until it is true; fail if it does not become so."""
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.05)


class Server:
    """`./elci serve` as a process, and where it answers once it does."""

    def __init__(self, home: Path, *arguments: str, wait: bool = True, **env: str) -> None:
        self.home = home
        self.log = home.parent / f"log-{time.monotonic_ns()}"
        kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
        with self.log.open("w") as log:
            self.process = subprocess.Popen(
                [ROOT / "elci", "serve", "--port", "0", *arguments],
                env=kept | {"ELCI_HOME": str(home)} | env,
                cwd=home.parent,
                stderr=log,
            )
        if wait:
            self.wait()

    def wait(self) -> None:
        """Until it answers."""
        until(
            lambda: (self._found() or {}).get("pid") == self.process.pid or self.process.poll() is not None,
            60,
        )
        assert self.process.poll() is None, self.said()
        found = self._found()
        self.url, self.dsn = found["url"], found["database_url"]

    def _found(self) -> Any:
        try:
            return json.loads((self.home / "server.json").read_text())
        except FileNotFoundError:
            return None

    def said(self) -> str:
        """What it wrote to standard error."""
        return self.log.read_text()

    def get(self, path: str, **more: Any) -> httpx.Response:
        """The answer to a GET."""
        return httpx.get(self.url + path, timeout=10, **more)

    def is_ready(self) -> bool:
        """Whether /readyz says so."""
        try:
            return self.get("/readyz").status_code == 200
        except httpx.HTTPError:
            return False

    def query(self, statement: str) -> Any:
        """The first value that a statement gives, as the database's owner."""
        return query(self.dsn, statement)

    def children(self) -> dict[str, list[int]]:
        """Process ids of the tree, by what they do."""
        found: dict[str, list[int]] = {"api": [], "worker": [], "postgres": []}
        for process in Path("/proc").glob("[0-9]*"):
            try:
                words = (process / "cmdline").read_bytes().decode().split("\0")
                parent = int((process / "stat").read_text().rpartition(")")[2].split()[1])
            except OSError:
                continue
            kind = words[3] if words[2:3] == ["service.serve.process"] else words[0].rpartition("/")[2]
            if parent == self.process.pid and kind in found:
                found[kind].append(int(process.name))
        return found

    def kill(self) -> None:
        """kill -9 of the parent alone."""
        self.process.kill()
        self.process.wait()

    def stop(self, number: int = signal.SIGTERM) -> int:
        """Ask it to stop; its exit code. Fails if that takes 30 s."""
        self.process.send_signal(number)
        return self.process.wait(30)


@pytest.fixture
def home() -> Iterator[Path]:
    """A path for ELCI_HOME that is not there yet."""
    # Not tmp_path: pytest's own folder is closed to the user whom root becomes.
    folder = Path(tempfile.mkdtemp(prefix="elci-e2e-"))
    folder.chmod(0o755)
    yield folder / "home"
    until(lambda: _removed(folder))


def _removed(folder: Path) -> bool:
    """Whether it is gone: a process that ends just now may take its files away at the same time."""
    try:
        shutil.rmtree(folder)
    except OSError:
        return not folder.exists()
    return True


@pytest.fixture
def serve(home: Path) -> Iterator[Callable[..., Server]]:
    """Starts servers: `serve(home, *arguments, wait=True, **environment)`; kills what is left at the end."""
    started: list[Server] = []

    def start(home: Path, *arguments: str, wait: bool = True, **env: str) -> Server:
        server = Server(home, *arguments, wait=False, **env)
        started.append(server)
        if wait:
            server.wait()
        return server

    yield start
    for server in started:
        if server.process.poll() is None:
            server.kill()
        _end_postgres(server.home / "postgres")


def _end_postgres(base: Path) -> None:
    # A killed parent leaves its PostgreSQL to the next start, which will not come. The process id in the file
    # may be somebody else's by now: only one that works on this data is ended.
    try:
        data = base.resolve() / "data"
        pid = int((data / "postmaster.pid").read_text().split()[0])
        if str(data) in Path(f"/proc/{pid}/cmdline").read_text().split("\0"):
            os.kill(pid, signal.SIGQUIT)
            until(lambda: gone(pid))
    except (OSError, ValueError, IndexError):
        return
