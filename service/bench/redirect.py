"""`elci bench redirect`: links followed over 64 connections, at each level, against what there is else.

One server after the other answers the same requests, round after round; the floor is a bare ASGI 302 on
uvicorn. CPU is that of the server's process until every click of the turn is stored; PostgreSQL's and the
load's own are told apart. Goals: `disk` .5 of bare's requests and 2 times its CPU, `os` and `memory` 1.5.
"""

import asyncio
import os
import shutil
import signal
import socket
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import NamedTuple

import asyncpg
import msgspec

from service.bench.figures import table
from service.bench.load import CONNECTIONS, LINKS, Result, code
from service.bench.scratch import scratch
from service.kit import ids
from service.kit.db import Connection
from service.settings import ONE_THREAD, Settings, environment, owner_dsn

DEFAULT_SIZE = 20_000
ROUNDS = 5
SYNCS = 100
LEVELS = ("disk", "os", "memory")
_PATIENCE_S = 60.0
_TABLE = """
    create table bench_clicks (
        id uuid primary key, code text, clicked_at timestamptz, address text, agent text, referrer text
    )
"""


class Server(NamedTuple):
    """A process that answers, and how to count what it has stored."""

    name: str
    pid: int
    port: int
    stored: str | None


class Turn(NamedTuple):
    """One server's part of a round; `stored` is None where nothing is."""

    result: Result
    cpu_s: float
    stored: int | None


async def run(settings: Settings, size: int | None = None) -> int:
    """Measures; 1 where an answered click was not stored."""
    number = size or DEFAULT_SIZE
    async with AsyncExitStack() as stack:
        own = await stack.enter_async_context(scratch(settings, "redirect"))
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="elci-redirect-")))
        owner = await asyncpg.connect(owner_dsn(own))
        stack.push_async_callback(owner.close)
        await _fill(owner)
        servers = [await stack.enter_async_context(each) for each in _servers(own, folder)]
        for server in servers:
            await _turn(owner, server, min(number, 3000))
        rounds = [
            {server.name: await _turn(owner, server, number) for server in servers} for _ in range(ROUNDS)
        ]
        sync = _sync_seconds(folder)
    print(_report(number, rounds))
    print(
        f"one fdatasync takes {sync * 1000:.2f} ms here: {CONNECTIONS} connections that each wait for one get"
        f" {CONNECTIONS / sync:,.0f} answers a second at most, at `disk`"
    )
    return 0 if all(_whole(turn) for each in rounds for turn in each.values()) else 1


async def _fill(owner: Connection) -> None:
    workspace_id = ids.new()
    await owner.execute(_TABLE)
    await owner.execute("select entry.new_workspace($1, $2)", workspace_id, "Bench")
    await owner.execute(
        "update workspaces set destination_hosts = array['shop.example'] where id = $1", workspace_id
    )
    await owner.executemany(
        """insert into links (workspace_id, id, code, url, hosts, folded, utm, sub1)
           values ($1, $2, $3, 'https://shop.example/x', array['shop.example'], '', $4, 'story')""",
        [(workspace_id, ids.new(), code(at), '{"utm_source": "elci"}') for at in range(LINKS)],
    )


def _servers(settings: Settings, folder: Path) -> list[AbstractAsyncContextManager[Server]]:
    rival = [sys.executable, "-m", "service.bench.rivals_of_redirect"]
    env = environment() | ONE_THREAD | {"DATABASE_URL": owner_dsn(settings)}
    env |= {"ELCI_SECRET_KEY": settings.secret_key, "ELCI_LOG_LEVEL": "error"}
    env |= {"ELCI_TRUSTED_PROXIES": "127.0.0.1"}
    made: list[AbstractAsyncContextManager[Server]]
    made = [_serving("bare ASGI", [*rival, "bare"], env, None)]
    if shutil.which("nginx"):
        made.append(_nginx(folder))
    for level in LEVELS:
        home = folder / level
        (home / "metrics").mkdir(parents=True)
        own = env | {"ELCI_HOME": str(home), "PROMETHEUS_MULTIPROC_DIR": str(home / "metrics")}
        own |= {"ELCI_CLICK_DURABILITY": level}
        command = [sys.executable, "-m", "service.serve.process", "api", "--parent", "{parent}", "--socket"]
        made.append(_serving(f"elci, {level}", command, own, "select count(*) from clicks"))
    made.append(
        _serving(
            "Litestar, INSERT",
            [*rival, "insert"],
            env | {"ELCI_HOME": str(folder)},
            "select count(*) from bench_clicks",
        )
    )
    return made


@asynccontextmanager
async def _serving(
    name: str, command: list[str], env: dict[str, str], stored: str | None
) -> AsyncIterator[Server]:
    """A server in a process of its own, once it answers."""
    theirs, ours = os.pipe()
    with socket.create_server(("127.0.0.1", 0), backlog=256) as listener:
        number = listener.fileno()
        argv = [part.replace("{parent}", str(theirs)) for part in command] + [str(number)]
        process = await asyncio.create_subprocess_exec(*argv, env=env, pass_fds=(number, theirs))
        port = listener.getsockname()[1]
        try:
            await _answered(port)
            yield Server(name, process.pid, port, stored)
        finally:
            process.terminate()
            await process.wait()
            os.close(theirs)
            os.close(ours)


@asynccontextmanager
async def _nginx(folder: Path) -> AsyncIterator[Server]:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    (folder / "nginx.conf").write_text(
        f"daemon off; master_process off; pid {folder}/nginx.pid; error_log stderr error;\n"
        "events { worker_connections 512; }\n"
        f"http {{ access_log off; keepalive_requests 10000000; server {{ listen 127.0.0.1:{port};\n"
        "location / { return 302 https://shop.example/x; } } }\n"
    )
    process = await asyncio.create_subprocess_exec(
        "nginx", "-p", str(folder), "-c", str(folder / "nginx.conf")
    )
    try:
        await _answered(port)
        yield Server("nginx", process.pid, port, None)
    finally:
        process.send_signal(signal.SIGTERM)
        await process.wait()


async def _answered(port: int) -> None:
    deadline = time.monotonic() + _PATIENCE_S
    while True:
        try:
            async with asyncio.timeout(5):
                reader, writer = await asyncio.open_connection("127.0.0.1", port)
                try:
                    writer.write(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                    answered = await reader.read(12)
                finally:
                    writer.close()
            if answered:
                return
        except (OSError, TimeoutError):
            if time.monotonic() > deadline:
                raise
        await asyncio.sleep(0.1)


async def _turn(owner: Connection, server: Server, number: int) -> Turn:
    before = await owner.fetchval(server.stored) if server.stored else None
    spent = cpu_seconds(server.pid)
    load = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "service.bench.load", str(server.port), str(number)),
        stdout=asyncio.subprocess.PIPE,
    )
    printed, _ = await load.communicate()
    result = msgspec.json.decode(printed, type=Result)
    stored = await _stored(owner, server, before, result.answered)
    return Turn(result, cpu_seconds(server.pid) - spent, stored)


async def _stored(owner: Connection, server: Server, before: int | None, answered: int) -> int | None:
    """How many clicks of the turn are stored, once that is all of them, or no more come."""
    if server.stored is None or before is None:
        return None
    deadline = time.monotonic() + _PATIENCE_S
    stored = -1
    while time.monotonic() < deadline:
        stored = await owner.fetchval(server.stored) - before
        if stored >= answered:
            break
        await asyncio.sleep(0.1)
    return stored


def cpu_seconds(pid: int) -> float:
    """CPU time of a process with all its threads, also of those that have ended (Linux; else clock ticks)."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _sync_seconds(folder: Path) -> float:
    """The median time of a group's write and sync, in a file that was written to before, on its own."""
    group, took = bytes(CONNECTIONS * 350), []
    descriptor = os.open(folder / "sync", os.O_RDWR | os.O_CREAT, 0o600)
    os.pwrite(descriptor, bytes(len(group) * SYNCS), 0)
    os.fsync(descriptor)
    for at in range(SYNCS):
        began = time.perf_counter()
        os.pwrite(descriptor, group, at * len(group))
        os.fdatasync(descriptor)
        took.append(time.perf_counter() - began)
    os.close(descriptor)
    return _median(took)


def _whole(turn: Turn) -> bool:
    kept = turn.stored is None or turn.stored == turn.result.answered
    return kept and not turn.result.wrong


def _report(number: int, rounds: list[dict[str, Turn]]) -> str:
    rows = [_row(name, rounds) for name in rounds[0]]
    head = (
        "server",
        "requests/s",
        "vs bare (least-most)",
        "CPU us",
        "vs bare (least-most)",
        "p99 ms",
        "stored",
    )
    loads = sorted(each["bare ASGI"].result.cpu_s / each["bare ASGI"].result.answered for each in rounds)
    return "\n".join(
        [
            f"{number:,} requests a turn, {len(rounds)} rounds, 64 connections, {LINKS:,} links; medians",
            table(head, rows),
            f"the load itself: {loads[len(loads) // 2] * 1e6:.0f} us of CPU a request, on another core",
        ]
    )


def _row(name: str, rounds: list[dict[str, Turn]]) -> list[str]:
    turns = [each[name] for each in rounds]
    bare = [each["bare ASGI"] for each in rounds]
    rates = [turn.result.answered / turn.result.seconds for turn in turns]
    costs = [turn.cpu_s / turn.result.answered * 1e6 for turn in turns]
    bare_rates = [turn.result.answered / turn.result.seconds for turn in bare]
    bare_costs = [turn.cpu_s / turn.result.answered * 1e6 for turn in bare]
    stored = "-" if turns[0].stored is None else "all" if all(map(_whole, turns)) else _missing(turns)
    return [
        name,
        f"{_median(rates):,.0f}",
        _spread([mine / its for mine, its in zip(rates, bare_rates, strict=True)]),
        f"{_median(costs):.0f}",
        _spread([mine / its for mine, its in zip(costs, bare_costs, strict=True)]),
        f"{_median([turn.result.p99_ms for turn in turns]):.1f}",
        stored,
    ]


def _missing(turns: list[Turn]) -> str:
    return ", ".join(f"{turn.stored} of {turn.result.answered}" for turn in turns)


def _spread(values: list[float]) -> str:
    return f"{_median(values):.2f} ({min(values):.2f}-{max(values):.2f})"


def _median(values: list[float]) -> float:
    return sorted(values)[len(values) // 2]
