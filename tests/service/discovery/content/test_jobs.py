"""The job that reads: cancelled in the middle, stopped and begun again, two at once, and much to read."""

import asyncio

import httpx
import pytest

from service.discovery.content import actions, spaces, store
from service.discovery.content import jobs as reading
from service.kit import ids
from service.kit.db import Connection, Database
from service.kit.jobs import Work
from tests.service.discovery.content.texts import market


async def _workspace(client: httpx.AsyncClient):
    return ids.read("ws", (await client.get("/v1/workspace")).json()["id"])


async def test_batches_add_up(
    client: httpx.AsyncClient, drain, owner: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "BATCH", 5)
    await market(client)
    await drain()
    assert await owner.fetchval("select count(*) from content_vectors") == 12
    # Each change asks for its own; the first finds all of them, the others nothing.
    jobs = (await client.get("/v1/jobs", params={"kind": reading.READ_TEXTS})).json()["data"]
    [result] = [job["result"] for job in jobs if job["result"]["read"]]
    assert result == {"read": 12, "changed": 12, "learnt": True}


async def test_a_cancel_keeps_what_was_read_and_the_next_goes_on(
    client: httpx.AsyncClient, drain, owner: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "BATCH", 5)
    await market(client)
    whole = Work.progress

    async def cancelled_in_the_middle(work: Work, done: int, total: int | None = None) -> None:
        work.cancelled = work.cancelled or done == 10
        await whole(work, done, total)

    with monkeypatch.context() as patched:
        patched.setattr(Work, "progress", cancelled_in_the_middle)
        await drain()
    job = (await client.get("/v1/jobs", params={"kind": reading.READ_TEXTS})).json()["data"][0]
    assert job["status"] == "cancelled"
    space_id = await owner.fetchval("select id from content_spaces")
    some = await owner.fetchval("select count(*) from content_vectors")
    status = (await client.get("/v1/content")).json()
    # A space that is not filled is not used.
    assert status["space"] is None
    await client.post("/v1/content/refresh", json={})
    await drain()
    status = (await client.get("/v1/content")).json()
    assert (status["pending"], status["read"]) == (0, 12)
    if some:
        assert status["space"]["id"] == ids.show("spc", space_id)


async def test_the_younger_of_two_comes_back_later(
    client: httpx.AsyncClient, drain, owner: Connection
) -> None:
    await market(client, each=1)
    await drain()
    # An older attempt that seems to run still.
    await owner.execute(
        "update jobs set status = 'running', finished_at = null where kind = $1", reading.READ_TEXTS
    )
    await client.post("/v1/content/refresh", json={"learn": True})
    await drain()
    found = (await client.get("/v1/jobs", params={"kind": reading.READ_TEXTS, "status": "queued"})).json()[
        "data"
    ]
    assert len(found) == 1
    assert await owner.fetchval("select count(*) from content_spaces") == 1


async def test_a_space_is_read_once_by_a_process(
    client: httpx.AsyncClient, drain, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    await market(client, each=2)
    await drain()
    workspace = await _workspace(client)
    async with database.transaction(workspace) as db:
        first = await spaces.find(db, workspace)
        assert first is not None

        async def never(*_: object) -> None:
            raise AssertionError("it was read again")

        monkeypatch.setattr(store, "find_artefact", never)
        again = await spaces.find(db, workspace)
        assert again is not None
        assert again[1] is first[1]


@pytest.mark.parametrize(
    ("changed", "topics", "due"), [(0, 20, False), (2, 20, False), (3, 20, True), (0, 21, True)]
)
async def test_when_texts_are_learnt_anew(
    client: httpx.AsyncClient,
    drain,
    database: Database,
    owner: Connection,
    changed: int,
    topics: int,
    due: bool,
) -> None:
    await market(client)
    await drain()
    await owner.execute("update content_spaces set changed = $1", changed)
    workspace = await _workspace(client)
    async with database.transaction(workspace) as db:
        row = await store.find_space(db, workspace)
    assert spaces.is_due(row, topics) is due
    assert spaces.is_due(None, topics)


async def test_nobody_waits_for_the_end_of_an_import(client: httpx.AsyncClient, database: Database) -> None:
    """Two transactions ask for reading: the second does not wait for the first to end."""
    workspace = await _workspace(client)
    async with database.transaction(workspace) as first:
        await actions.ask_for_reading(first, workspace)
        async with asyncio.timeout(5), database.transaction(workspace) as second:
            await actions.ask_for_reading(second, workspace)
