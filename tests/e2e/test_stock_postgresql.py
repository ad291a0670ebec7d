"""The same service on a PostgreSQL as distributions ship it, by DATABASE_URL alone."""

import os
import shutil
import signal
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import asyncpg
import pytest

from tests.e2e.conftest import query, until
from tests.e2e.test_demo import LIST, demo, ranks

PROGRAMS = sorted(Path("/usr/lib/postgresql").glob("*/bin"))


class Stock:
    """A stock server with the database `shop`, owned by `owner`."""

    def __init__(self, port: int) -> None:
        self.url = f"postgresql://owner:canary@127.0.0.1:{port}/shop"
        self._admin = f"postgresql://admin:canary@127.0.0.1:{port}/postgres"
        until(self._answers)
        self.run("create role owner login password 'canary'")
        self.run("create database shop owner owner")

    def _answers(self) -> bool:
        try:
            self.run("select 1")
        except (OSError, asyncpg.PostgresError):
            return False
        return True

    def run(self, statement: str) -> Any:
        """The first value that a statement of the administrator gives."""
        return query(self._admin, statement)


@pytest.fixture
def stock() -> Iterator[Stock]:
    """A server of its own, of the oldest version that is installed."""
    if not PROGRAMS:
        pytest.skip("no PostgreSQL under /usr/lib/postgresql: install the package postgresql")
    data = Path(tempfile.mkdtemp(prefix="elci-stock-"))
    identity: dict[str, Any] = {"cwd": "/"}
    if os.geteuid() == 0:
        identity |= {"user": "postgres", "group": "postgres", "extra_groups": []}
        shutil.chown(data, "postgres", "postgres")
    port = free_port()
    command = [*initialised(data, identity), "-c", f"port={port}", "-c", f"unix_socket_directories={data}"]
    with (data / "log").open("w") as log, subprocess.Popen(command, stderr=log, **identity) as postgres:
        yield Stock(port)
        postgres.send_signal(signal.SIGINT)
    shutil.rmtree(data)


def initialised(data: Path, identity: dict[str, Any]) -> list[str]:
    """Make a cluster; how its server is started."""
    (data / "password").write_text("canary")
    (data / "password").chmod(0o644)
    locale = ["--encoding=UTF8", "--locale=C.UTF-8"]
    access = ["-U", "admin", "-A", "scram-sha-256", f"--pwfile={data / 'password'}"]
    cluster = str(data / "cluster")
    initdb = [str(PROGRAMS[0] / "initdb"), "-D", cluster, *locale, *access, "--no-sync"]
    subprocess.run(initdb, check=True, stdout=subprocess.DEVNULL, **identity)
    return [str(PROGRAMS[0] / "postgres"), "-D", cluster, "-c", "fsync=off"]


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


def test_it_serves(serve, home, stock):
    stock.run("alter role owner createrole")
    server = serve(home, DATABASE_URL=stock.url)
    assert server.get("/readyz").status_code == 200
    assert server.children()["postgres"] == []
    assert not (home / "postgres").exists()
    rights = (
        "select bool_or(rolsuper or rolbypassrls or rolcreaterole) from pg_roles where rolname like 'shop%'"
    )
    assert stock.run(rights) is False
    assert "fsync=off" in server.said()
    assert server.stop() == 0
    assert "canary" not in server.said()


def test_the_demo(home, stock):
    stock.run("alter role owner createrole")
    (home.parent / "liste.csv").write_text(LIST, encoding="utf-8")
    for _ in range(2):
        done = demo(home, "--once", "--import", "liste.csv", DATABASE_URL=stock.url)
        assert done.returncode == 0, done.stderr
        assert ranks(done.stdout) == [1, 2]
    assert not (home / "postgres").exists()
    assert query(stock.url, "select count(*) from workspaces") == 1


def test_an_owner_who_may_not_make_roles_is_told_what_an_administrator_has_to_run(serve, home, stock):
    server = serve(home, wait=False, DATABASE_URL=stock.url)
    assert server.process.wait(60) == 1
    assert "Traceback" not in server.said()
    statements = [line for line in server.said().splitlines() if line.startswith("create role")]
    assert len(statements) == 2
    for statement in statements:
        stock.run(statement)
    server = serve(home, DATABASE_URL=stock.url)
    assert server.get("/readyz").status_code == 200
    assert server.stop() == 0
