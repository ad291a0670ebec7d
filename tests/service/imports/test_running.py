"""The job: in one transaction, one import at a time, watched and cancelled, and run again after a crash."""

import asyncio
import json
import threading
import time

import msgspec
import pytest

from service.imports import jobs as import_jobs
from service.imports import kinds, taking
from service.imports.cells.types import COUNT, LINE
from service.imports.kinds import Field, Kind
from service.imports.outcomes import Outcome
from service.imports.parsing import Intake
from service.kit.jobs import run_queued
from tests.service.imports.conftest import ROWS


def rows(number, first=0):
    lines = "".join(f"user_{n:05d},{n + 10},{n + 3}\n" for n in range(first, first + number))
    return f"username,followers,avg likes\n{lines}".encode()


@pytest.fixture
def slow(monkeypatch):
    """A kind whose rows take as long as a test wants: `slow(apply)` registers it as `slow`."""

    def register(apply):
        fields = (Field("handle", LINE, ("username",)), Field("followers", COUNT, ("follower",)))

        def assemble(parsed):
            return [[name] for name in parsed.column("handle")]

        monkeypatch.setitem(kinds._kinds, "slow", Kind("slow", fields, assemble, apply))
        monkeypatch.setattr(Intake.batches, "__defaults__", (10,))

    return register


async def _write(db, origin, records):
    """Any row of the workspace's."""
    await db.execute(
        "insert into audience_codes (workspace_id, dimension, code, code_folded) values ($1, '-', $2, $2)",
        origin.workspace_id,
        records[0],
    )


async def _until(client, made, status):
    async with asyncio.timeout(10):
        while (await _status(client, made))["status"] != status:  # noqa: ASYNC110 - it is the API that is asked
            await asyncio.sleep(0.05)


async def _status(client, made):
    return (await client.get(f"/v1/imports/{made['id']}")).json()


async def test_a_queued_import_is_cancelled_at_once(send, client, drain, owner, profiles):
    made = (await send()).json()
    answer = await client.delete(f"/v1/imports/{made['id']}")
    assert (answer.status_code, answer.json()["status"]) == (202, "cancelled")
    assert await owner.fetchval("select count(*) from import_chunks") == 0
    await drain()
    assert (await _status(client, made))["status"] == "cancelled"
    assert await profiles() == {}


async def test_a_running_import_is_cancelled_and_leaves_nothing(send, client, drain, slow, owner):
    """Seen red with the batches' transactions committed one by one."""
    applied = asyncio.Event()

    async def apply(db, origin, records):
        await _write(db, origin, records)
        applied.set()
        await asyncio.sleep(0.2)
        return [Outcome("created")] * len(records)

    slow(apply)
    made = (await send(rows(500), kind="slow", platform=None)).json()
    running = asyncio.create_task(drain())
    await applied.wait()
    assert (await client.delete(f"/v1/imports/{made['id']}")).status_code == 202
    await asyncio.wait_for(running, 10)
    ended = await _status(client, made)
    assert (ended["status"], ended["counts"]["created"]) == ("cancelled", 0)
    assert await owner.fetchval("select count(*) from audience_codes") == 0
    assert await owner.fetchval("select count(*) from import_chunks") == 0
    # It stays as it is.
    assert (await client.delete(f"/v1/imports/{made['id']}")).json()["status"] == "cancelled"


async def test_progress_is_seen_while_it_runs(send, client, drain, slow):
    async def apply(db, origin, records):
        await asyncio.sleep(0.1)
        return [Outcome("created")] * len(records)

    slow(apply)
    made = (await send(rows(150), kind="slow", platform=None)).json()
    running = asyncio.create_task(drain())
    seen = []
    while not running.done():
        seen.append(await _status(client, made))
        await asyncio.sleep(0.1)
    await running
    steps = [one["progress"]["done"] for one in seen if one["status"] == "running"]
    assert steps == sorted(steps)
    assert len(set(steps)) >= 3
    # The columns are shown before the first row is in.
    assert all(one["columns"] for one in seen if one["status"] == "running" and one["progress"]["done"])
    assert all((one["progress"]["total"] or 150) >= one["progress"]["done"] for one in seen)
    assert (await _status(client, made))["progress"] == {"done": 150, "total": 150}


async def test_watched_to_the_end(send, client, drain):
    made = (await send()).json()
    watching = asyncio.create_task(client.get(f"/v1/imports/{made['id']}/events"))
    await asyncio.sleep(0.2)
    await drain()
    answer = await asyncio.wait_for(watching, 10)
    assert answer.headers["Content-Type"].startswith("text/event-stream")
    lines = [line.removeprefix("data: ") for line in answer.text.splitlines() if line.startswith("data: ")]
    states = [json.loads(line) for line in lines]
    assert "event: import" in answer.text
    assert (states[0]["status"], states[-1]["status"]) == ("queued", "succeeded")
    assert states[-1]["counts"]["created"] == 2


async def test_an_error_in_the_middle_leaves_nothing(send, client, drain, monkeypatch, owner):
    applied = []
    real = kinds.kinds()["influencers"]

    async def apply(db, origin, records):
        applied.append(len(records))
        if len(applied) == 3:
            raise RuntimeError("a person's name that must not be shown")
        return await real.apply(db, origin, records)

    monkeypatch.setitem(kinds._kinds, "influencers", msgspec.structs.replace(real, apply=apply))
    monkeypatch.setattr(Intake.batches, "__defaults__", (10,))
    made = (await send(rows(100))).json()
    await drain()
    ended = await _status(client, made)
    assert ended["status"] == "failed"
    assert "name" not in ended["error"]["detail"]
    assert applied == [10, 10, 10]
    for table in ("influencers", "influencer_accounts", "influencer_search", "import_chunks"):
        assert await owner.fetchval(f"select count(*) from {table}") == 0, table


async def test_a_lost_database_gives_the_job_back(
    send, client, drain, monkeypatch, owner, settings, database
):
    """The connection is cut in the middle; the next attempt begins anew and completes it."""
    real = kinds.kinds()["influencers"]
    calls = []

    async def apply(db, origin, records):
        calls.append(len(records))
        if len(calls) == 2:
            db.terminate()
        return await real.apply(db, origin, records)

    monkeypatch.setitem(kinds._kinds, "influencers", msgspec.structs.replace(real, apply=apply))
    monkeypatch.setattr(Intake.batches, "__defaults__", (10,))
    made = (await send(rows(40))).json()
    await drain()
    assert (await _status(client, made))["status"] == "running"
    assert await owner.fetchval("select count(*) from influencers") == 0
    assert await owner.fetchval("select count(*) from import_chunks") == 1
    await run_queued(settings, database, ahead=True)
    ended = await _status(client, made)
    assert (ended["status"], ended["counts"]["created"]) == ("succeeded", 40)
    assert await owner.fetchval("select count(*) from influencers") == 40


async def test_an_attempt_that_was_thought_dead_writes_nothing(send, drain, slow, owner, settings, database):
    """Two attempts at once: only the newer one's rows are there, once."""
    entered = asyncio.Event()

    async def apply(db, origin, records):
        entered.set()
        await _write(db, origin, records)
        await asyncio.sleep(0.2)
        return [Outcome("created")] * len(records)

    slow(apply)
    await send(rows(40), kind="slow", platform=None)
    first = asyncio.create_task(drain())
    await entered.wait()
    # A worker that lost its heartbeat is not asked: its place is given away.
    await owner.execute("update pgqueuer set status = 'queued'")
    await asyncio.gather(first, run_queued(settings, database), return_exceptions=True)
    assert await owner.fetchval("select count(*) from audience_codes") == 4


async def test_imports_of_a_workspace_wait_for_each_other(send, client, slow, settings, database):
    inside, most = 0, 0

    async def apply(db, origin, records):
        nonlocal inside, most
        inside += 1
        most = max(most, inside)
        await asyncio.sleep(0.05)
        inside -= 1
        return [Outcome("created")] * len(records)

    slow(apply)
    made = [(await send(rows(30, n), kind="slow", platform=None)).json() for n in range(3)]
    await asyncio.gather(*(run_queued(settings, database) for _ in range(3)))
    assert {(await _status(client, one))["status"] for one in made} == {"succeeded"}
    assert most == 1


async def test_one_that_waits_its_turn_can_be_cancelled(send, client, slow, settings, database):
    inside, go = asyncio.Event(), asyncio.Event()

    async def apply(db, origin, records):
        inside.set()
        await go.wait()
        return [Outcome("created")] * len(records)

    slow(apply)
    first = (await send(rows(5), kind="slow", platform=None)).json()
    one = asyncio.create_task(run_queued(settings, database))
    await asyncio.wait_for(
        inside.wait(), 10
    )  # it is the first that holds the turn, not whichever came first to it
    second = (await send(rows(5, 1), kind="slow", platform=None)).json()
    running = asyncio.gather(one, run_queued(settings, database))
    try:
        await _until(client, second, "running")
        await client.delete(f"/v1/imports/{second['id']}")
        await _until(client, second, "cancelled")
    finally:
        go.set()  # or the first would wait for ever where this fails
    await asyncio.wait_for(running, 10)
    assert (await _status(client, first))["status"] == "succeeded"


async def test_the_same_file_twice_at_once(send, client, settings, database, profiles):
    made = [(await send()).json() for _ in range(4)]
    await asyncio.gather(*(run_queued(settings, database) for _ in range(4)))
    ended = [await _status(client, one) for one in made]
    assert sorted((one["counts"]["created"], one["counts"]["unchanged"]) for one in ended) == [
        (0, 2),
        (0, 2),
        (0, 2),
        (2, 0),
    ]
    assert len(await profiles()) == 2


async def test_reading_leaves_the_loop_free(send, drain, monkeypatch):
    """A file that is slow to read must not keep a worker from its heartbeat."""
    threads = []
    real = Intake._batch

    def slow_batch(self, taken):
        threads.append(threading.current_thread())
        time.sleep(0.3)
        return real(self, taken)

    monkeypatch.setattr(Intake, "_batch", slow_batch)
    monkeypatch.setattr(Intake.batches, "__defaults__", (10,))
    await send(rows(50))
    ticks, running = 0, asyncio.create_task(drain())
    while not running.done():
        await asyncio.sleep(0.02)
        ticks += 1
    await running
    assert ticks > 30
    assert threading.main_thread() not in threads


async def test_a_file_that_is_gone_is_said_to_be(send, client, drain, owner):
    made = (await send()).json()
    await owner.execute("delete from import_chunks")
    await drain()
    ended = await _status(client, made)
    assert (ended["status"], ended["error"]["type"]) == ("failed", "/problems/import-file-gone")


async def test_a_long_statement_is_no_request(send, drain, slow, client):
    async def apply(db, origin, records):
        allowed = await db.fetchval("select setting::int from pg_settings where name = 'statement_timeout'")
        assert allowed >= 15 * 60 * 1000
        return [Outcome("created")] * len(records)

    slow(apply)
    made = (await send(rows(5), kind="slow", platform=None)).json()
    await drain()
    assert (await _status(client, made))["status"] == "succeeded"


async def test_chunks_go_with_the_end(take, owner):
    for body in (ROWS, b"%PDF-", ROWS):
        await take(body)
    assert await owner.fetchval("select count(*) from import_chunks") == 0


def test_the_job_is_registered_under_its_name():
    assert import_jobs.RUN == "imports.run"
    assert taking.SAMPLE == 10


@pytest.mark.parametrize(
    ("method", "path"),
    [("GET", ""), ("GET", "/rejects"), ("GET", "/rejects.csv"), ("GET", "/events"), ("DELETE", "")],
)
async def test_another_workspace_s_import_is_unknown(take, other_client, method, path):
    made = await take()
    foreign = await other_client.request(method, f"/v1/imports/{made['id']}{path}")
    unknown = await other_client.request(method, f"/v1/imports/imp_{'0' * 26}{path}")
    assert foreign.status_code == unknown.status_code == 404
    assert foreign.json() == unknown.json()
    assert (await other_client.get("/v1/imports")).json()["data"] == []


async def test_the_same_bytes_elsewhere_tell_nothing(take, other_client, drain, owner):
    await take()
    await other_client.post("/v1/imports?kind=influencers&platform=instagram", content=ROWS)
    await drain()
    [other] = (await other_client.get("/v1/imports")).json()["data"]
    assert other["counts"]["created"] == 2
    assert await owner.fetchval("select count(distinct first_seen_at) from imports") == 2
