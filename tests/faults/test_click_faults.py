"""Clicks under kills, a database that is away, a full disk: what was answered is stored, once.

About 500 clicks a second go to two workers while it happens. Each test was seen red on a variant that was
broken on purpose; its docstring says which.
"""

import asyncio
import json
import os
import re
import signal
import subprocess
import time

import asyncpg
import httpx
import pytest

from service.kit import embedded, ids
from service.kit.embedded import process as processes
from tests.e2e.conftest import ROOT, Server, gone, home, serve, until
from tests.faults.clicking import Visitors

__all__ = ["home", "serve"]

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can mount a small disk: run as root")
once_or_often = pytest.mark.parametrize("times", [1, pytest.param(20, marks=pytest.mark.long)])
often = pytest.mark.parametrize("times", [pytest.param(20, marks=pytest.mark.long)])
PATIENCE_S = 90


class Shop:
    """A workspace with links, on a running server."""

    def __init__(self, server: Server, links: int = 20) -> None:
        self.server = server
        command = [ROOT / "elci", "workspace", "create", "Shop", "--json"]
        env = {"PATH": os.environ["PATH"], "ELCI_HOME": str(server.home)}
        done = subprocess.run(command, env=env, cwd=server.home.parent, capture_output=True, check=True)
        headers = {"Authorization": f"Bearer {json.loads(done.stdout)['api_key']}"}
        with httpx.Client(base_url=server.url, headers=headers, timeout=30) as client:
            client.patch("/v1/workspace", json={"destination_hosts": ["shop.example"]}).raise_for_status()
            self.codes = [f"shop-{at}" for at in range(links)]
            for code in self.codes:
                body = {"url": "https://shop.example/x", "code": code}
                client.post("/v1/links", json=body).raise_for_status()
        self.port = int(server.url.rpartition(":")[2])

    def visitors(self) -> Visitors:
        """Visitors of all its links, once each worker knows them."""
        self.until_known()
        return Visitors(self.port, self.codes)

    def until_known(self) -> None:
        """Until the links of the first answers are on the disk, which is written behind the answers."""
        for code in self.codes:
            answer = httpx.get(f"{self.server.url}/r/{code}", headers={"User-Agent": "curl/8"})
            assert answer.status_code == 302, answer.text
        time.sleep(1.5)


async def _ids(dsn: str) -> list[str]:
    db = await asyncpg.connect(dsn)
    try:
        return [ids.show("clk", row[0]) for row in await db.fetch("select id from clicks")]
    finally:
        await db.close()


def _check(visitors: Visitors, dsn: str, at_least: int) -> None:
    """What was answered is stored, once; nobody saw an error."""
    deadline = time.monotonic() + PATIENCE_S
    while True:
        stored = asyncio.run(_ids(dsn))
        missing = set(visitors.answered) - set(stored)
        if not missing or time.monotonic() > deadline:
            break
        time.sleep(0.5)
    assert not missing, f"{len(missing)} of {len(visitors.answered)} answered clicks are not stored"
    assert len(stored) == len(set(stored)), "a click is stored twice"
    assert not visitors.wrong, f"{visitors.wrong} ({visitors.cut} connections were cut)"
    assert len(set(visitors.answered)) == len(visitors.answered) > at_least


def _alive(server: Server, part: str, number: int, without: set[int]) -> bool:
    children = server.children()[part]
    return len(children) == number and not without & set(children)


@once_or_often
def test_postgresql_is_killed(serve, home, times):
    """Red with a flusher that takes a batch for stored before its commit: 2,799 of 4,088 were missing."""
    server = serve(home, ELCI_WORKERS="2", ELCI_LOG_LEVEL="error")
    shop = Shop(server)
    with shop.visitors() as visitors:
        for _ in range(times):
            time.sleep(1.5)
            [pid] = server.children()["postgres"]
            os.kill(pid, signal.SIGKILL)
            until(lambda pid=pid: _alive(server, "postgres", 1, {pid}))
            until(server.is_ready, 60)
        time.sleep(1)
    _check(visitors, server.dsn, at_least=300 * times)
    assert visitors.rate >= 300
    assert server.stop() == 0


@often
def test_a_worker_is_killed(serve, home, times):
    """Red at the level `memory`, which promises less (8 of 4,929 were missing after 3 kills), and red without
    the clicks' primary key: 9,434 rows of 5,226 clicks, as what a dead worker has left is stored again."""
    server = serve(home, ELCI_WORKERS="2", ELCI_LOG_LEVEL="error")
    shop = Shop(server)
    with shop.visitors() as visitors:
        for at in range(times):
            time.sleep(1.0)
            pid = server.children()["api"][at % 2]
            os.kill(pid, signal.SIGKILL)
            until(lambda pid=pid: _alive(server, "api", 2, {pid}))
            time.sleep(3)
    _check(visitors, server.dsn, at_least=300 * times)
    assert visitors.rate >= 300
    assert server.stop() == 0
    assert not list((home / "spool").glob("*.clicks"))


@pytest.mark.long
@pytest.mark.parametrize("seconds", [30])
def test_postgresql_is_away_and_workers_start_meanwhile(serve, home, seconds):
    """Red without the links on the disk: nobody was led on any more.

    Both workers are killed while there is no database, so that whoever answers then has started without it.
    """
    with asyncio.Runner() as runner:
        context = embedded.running(home.parent / "database")
        database = runner.run(context.__aenter__())
        try:
            server = serve(home, ELCI_WORKERS="2", ELCI_LOG_LEVEL="error", DATABASE_URL=database.dsn)
            shop = Shop(server)
            with shop.visitors() as visitors:
                time.sleep(1.5)
                runner.run(processes.stop(database.process))
                before = set(server.children()["api"])
                for pid in before:
                    os.kill(pid, signal.SIGKILL)
                until(lambda: _alive(server, "api", 2, before))
                answered = len(visitors.answered)
                until(lambda: len(visitors.answered) > answered + 300, 60)
                time.sleep(seconds)
                runner.run(database.restart())
                until(server.is_ready, 60)
                time.sleep(1)
            _check(visitors, server.dsn, at_least=200 * seconds)
            assert server.stop() == 0
        finally:
            runner.run(context.__aexit__(None, None, None))


@as_root
@pytest.mark.long
@pytest.mark.parametrize("seconds", [20])
def test_the_spools_disk_is_full(serve, home, seconds):
    """Red where a failed write is taken for done: 1,198 of 1,198 clicks were missing. Then, with the database
    away as well, red where losses are not counted: 42 were missing and none was told of."""
    spool = home / "spool"
    spool.mkdir(parents=True)
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", spool], check=True)
    try:
        server = serve(home, ELCI_WORKERS="2", ELCI_LOG_LEVEL="error")
        shop = Shop(server)
        (spool / "filling").write_bytes(bytes(40_000))
        with shop.visitors() as visitors:
            time.sleep(seconds)
        _check(visitors, server.dsn, at_least=200 * seconds)
        assert _metric(server, "elci_clicks_lost") == 0
        assert _metric(server, "elci_clicks_direct") > 0
        _lose(server, shop)
        assert server.stop() == 0
    finally:
        subprocess.run(["umount", spool], check=True)


def _lose(server: Server, shop: Shop) -> None:
    """Neither disk nor database: the visitors are led on, and what is lost is counted."""
    before = len(asyncio.run(_ids(server.dsn)))
    with shop.visitors() as visitors:
        for _ in range(2):
            [pid] = server.children()["postgres"]
            # Stopped, it starts no other one: the database is away for longer than a click is patient.
            os.kill(server.process.pid, signal.SIGSTOP)
            os.kill(pid, signal.SIGKILL)
            until(lambda pid=pid: gone(pid))
            time.sleep(2.5)
            os.kill(server.process.pid, signal.SIGCONT)
            until(server.is_ready, 60)
    assert not visitors.wrong, visitors.wrong
    time.sleep(1)
    stored = asyncio.run(_ids(server.dsn))
    lost = set(visitors.answered) - set(stored)
    # Whether a commit came through that nobody confirmed is not known: such a click is counted as lost.
    assert len(lost) <= _metric(server, "elci_clicks_lost")
    assert _metric(server, "elci_clicks_lost") > 0
    assert len(stored) > before


def _metric(server: Server, name: str) -> float:
    found = re.search(rf"^{name}_total ([\d.e+]+)$", server.get("/metrics").text, re.M)
    return float(found[1]) if found else 0.0


@pytest.mark.long
def test_a_stop_while_the_database_is_away_keeps_every_click(serve, home):
    """Red without the end of the recorder: nothing of what waited in memory was on the disk.

    At the level `memory`, which writes nothing while it runs: what waits goes to the spool in the end.
    """
    with asyncio.Runner() as runner:
        context = embedded.running(home.parent / "database")
        database = runner.run(context.__aenter__())
        try:
            env = {"ELCI_LOG_LEVEL": "error", "DATABASE_URL": database.dsn}
            server = serve(home, "--no-worker", ELCI_WORKERS="2", ELCI_CLICK_DURABILITY="memory", **env)
            visitors = Shop(server).visitors()
            runner.run(processes.stop(database.process))
            with visitors:
                time.sleep(2)
                visitors.stop()
            assert server.stop() == 0
            assert list((home / "spool").glob("*.clicks"))
            runner.run(database.restart())
            server = serve(home, "--no-worker", **env)
            _check(visitors, server.dsn, at_least=300)
            assert server.stop() == 0
        finally:
            runner.run(context.__aexit__(None, None, None))


@pytest.mark.long
def test_a_stop_under_load_is_in_order(serve, home):
    """Whoever was answered before the stop is stored after it. Red where a stop is a kill: 5 of 795
    clicks were missing."""
    server = serve(home, ELCI_WORKERS="2", ELCI_LOG_LEVEL="error", ELCI_CLICK_DURABILITY="memory")
    with Shop(server).visitors() as visitors:
        time.sleep(2)
        assert server.stop() == 0
        visitors.stop()
    # Whoever came after the end was refused.
    visitors.wrong.clear()
    server = serve(home, "--no-worker")
    _check(visitors, server.dsn, at_least=300)
    assert not list((home / "spool").glob("*.clicks"))
    assert server.stop() == 0
