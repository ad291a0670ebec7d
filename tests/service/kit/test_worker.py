"""The worker as a process of its own: killed, stopped, and cut off from its database."""

import asyncio
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from service.kit import ids, jobs
from service.kit.jobs.registry import KINDS, Kind

ROOT = Path(__file__).parents[3]

SCRIPT = Path(__file__).with_name("worker_process.py")


class Worker:
    """A worker process. Its heartbeat is shortened, so that a test need not wait half a minute."""

    def __init__(self, settings, heartbeat_s=2.0, grace_s=20.0):
        env = {
            "DATABASE_URL": settings.database_url,
            "ELCI_APP_DATABASE_URL": settings.app_database_url,
            "ELCI_SEARCH_DATABASE_URL": settings.search_database_url,
            "ELCI_HOME": str(settings.home),
        }
        self.process = subprocess.Popen(
            [sys.executable, SCRIPT, str(heartbeat_s), str(grace_s), *(f"{k}={v}" for k, v in env.items())],
            env={"PYTHONPATH": os.pathsep.join([p for p in sys.path if p] + [str(ROOT)])},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def stop(self, within_s=30.0):
        """Seconds that a polite stop takes."""
        began = time.monotonic()
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(within_s)
        return time.monotonic() - began


@pytest.fixture
def worker(settings):
    started = []

    def start(*args, **kwargs):
        started.append(Worker(settings, *args, **kwargs))
        return started[-1]

    yield start
    for each in started:
        each.process.kill()
        each.process.wait()
        each.process.stdout.close()


@pytest.fixture
def workspace():
    return ids.new()


@pytest.fixture(autouse=True)
def _kinds(monkeypatch):
    """The kinds of worker_process.py, as far as the asking side has to know them."""
    for name in ("test.steps", "test.stubborn"):
        monkeypatch.setitem(KINDS, name, Kind(name, None, float, "long"))


@pytest.fixture
async def effects(owner, settings):
    """A table that the jobs write into."""
    await owner.execute("create table effects (workspace_id uuid); create table ticks (id serial)")
    await owner.execute("grant all on effects, ticks, ticks_id_seq to public")


async def ask(database, workspace, kind, payload):
    async with database.transaction(workspace) as db:
        return await jobs.enqueue(db, workspace, kind, payload)


async def until(database, workspace, job_id, wanted, within_s=20.0):
    """The job once `wanted(job)` holds."""
    async with asyncio.timeout(within_s):
        async for now in jobs.events(database, workspace, job_id):
            if wanted(now):
                return now
    raise AssertionError(f"the job ended {now.status}")


def ended(now):
    return now.final


def begun(now):
    return now.status == "running" and now.done > 0


async def test_a_worker_takes_what_is_queued_at_once(database, workspace, worker, effects):
    worker()
    await until(database, workspace, await ask(database, workspace, "test.steps", 0.0), ended)
    asked = time.monotonic()
    done = await until(database, workspace, await ask(database, workspace, "test.steps", 0.0), ended)
    assert done.status == "succeeded"
    # Told by NOTIFY; by looking it would take up to heartbeat/6 (and 5 s with the usual heartbeat).
    assert time.monotonic() - asked < 1.5


async def test_a_killed_workers_job_is_done_once_by_the_next(database, workspace, worker, effects, owner):
    """Seen red with a heartbeat of an hour, and with the effect in a transaction of its own."""
    first = worker()
    job_id = await ask(database, workspace, "test.steps", 2.0)
    await until(database, workspace, job_id, begun)
    first.process.kill()
    first.process.wait()
    worker()
    done = await until(database, workspace, job_id, ended)
    assert done.status == "succeeded"
    assert await owner.fetchval("select count(*) from effects") == 1
    assert await owner.fetchval("select attempts from jobs") == 2


async def test_a_stopped_worker_finishes_what_it_has_begun(database, workspace, worker, effects, owner):
    first = worker()
    job_id = await ask(database, workspace, "test.steps", 1.5)
    await until(database, workspace, job_id, begun)
    assert first.stop() < 10
    assert first.process.returncode == 0
    assert (await until(database, workspace, job_id, ended)).status == "succeeded"


async def test_a_stopped_worker_takes_nothing_new(database, workspace, worker, effects, owner):
    """Seen red with a worker that is not told of the stop."""
    first = worker()
    running = await ask(database, workspace, "test.steps", 1.5)
    await until(database, workspace, running, begun)
    first.process.send_signal(signal.SIGTERM)
    await asyncio.sleep(0.3)
    late = await ask(database, workspace, "test.steps", 0.0)
    await until(database, workspace, running, ended)
    first.process.wait(10)
    async with database.transaction(workspace) as db:
        assert (await jobs.get(db, workspace, late)).status == "queued"


async def test_a_restarted_database_finds_its_worker(database, workspace, worker, effects, owner):
    """Every connection of the worker is cut, without a word to it. Seen red with lanes that end instead."""
    first = worker()
    await until(database, workspace, await ask(database, workspace, "test.steps", 0.0), ended)
    await database.app.execute(
        """select pg_terminate_backend(pid) from pg_stat_activity
           where datname = current_database() and usename = current_user and pid <> pg_backend_pid()"""
    )
    job_id = await ask(database, workspace, "test.steps", 0.0)
    assert (await until(database, workspace, job_id, ended)).status == "succeeded"
    assert first.process.poll() is None


async def test_two_workers_share_one_clock(worker, effects, owner):
    """A schedule runs once for all workers: two of them do not make two ticks a second."""
    worker()
    worker()
    await asyncio.sleep(3)
    began, before = time.monotonic(), await owner.fetchval("select count(*) from ticks")
    await asyncio.sleep(4)
    ticks = await owner.fetchval("select count(*) from ticks") - before
    assert 1 <= ticks <= time.monotonic() - began + 1


async def test_what_will_not_end_is_handed_back(database, workspace, worker, effects):
    """... and a thread that nobody can stop does not hold up the exit."""
    first = worker(grace_s=1.0)
    job_id = await ask(database, workspace, "test.stubborn", 300.0)
    await until(database, workspace, job_id, begun)
    took = await asyncio.to_thread(first.stop)
    assert took < 15
    async with database.transaction(workspace) as db:
        assert (await jobs.get(db, workspace, job_id)).status == "queued"
