"""Texts are read in the background: what is new or changed, once; who leaves is forgotten at once."""

from typing import Any

import httpx
import pytest

from service.discovery.content import store
from service.kit import ids
from service.kit.db import Connection, Database
from service.kit.jobs import run_scheduled
from service.settings import Settings
from tests.service.discovery.api import made
from tests.service.discovery.content.texts import COFFEE, market, writer

Json = dict[str, Any]


async def _status(client: httpx.AsyncClient) -> Json:
    answer = await client.get("/v1/content")
    assert answer.status_code == 200, answer.text
    found: Json = answer.json()
    return found


async def _rows(owner: Connection, table: str) -> int:
    return int(await owner.fetchval(f"select count(*) from {table}"))


async def _worked(client: httpx.AsyncClient) -> list[Any]:
    """The jobs that found something to read, the newest first."""
    jobs = (await client.get("/v1/jobs", params={"kind": "discovery.read_texts"})).json()["data"]
    return [job for job in jobs if job["result"]["read"]]


async def test_status_says_how_far_it_is(client: httpx.AsyncClient, drain) -> None:
    before = await _status(client)
    assert (before["influencers"], before["space"], before["job_id"]) == (0, None, None)
    await market(client)
    waiting = await _status(client)
    assert (waiting["influencers"], waiting["read"], waiting["pending"]) == (12, 0, 12)
    assert (await client.get(f"/v1/jobs/{waiting['job_id']}")).json()["status"] == "queued"
    await drain()
    after = await _status(client)
    assert (after["read"], after["pending"], after["job_id"]) == (12, 0, None)
    assert after["space"]["influencers"] == 12
    assert any("kahve" in topic for topic in after["space"]["topics"])
    [job] = await _worked(client)
    assert job["result"] == {"read": 12, "changed": 12, "learnt": True}
    assert job["progress"] == {"done": 12, "total": 12}


async def test_only_what_has_changed_is_read_again(
    client: httpx.AsyncClient, drain, owner: Connection
) -> None:
    people = await market(client)
    await drain()
    space = (await _status(client))["space"]["id"]
    one = people["yoga"][0]
    await client.patch(f"/v1/influencers/{one}", json={"bio": "Artık kahve üzerine"})
    await client.patch(f"/v1/influencers/{people['yoga'][1]}", json={"notes": "no text of theirs"})
    assert (await _status(client))["pending"] == 2
    await drain()
    job = (await _worked(client))[0]
    assert job["result"] == {"read": 2, "changed": 1, "learnt": False}
    after = await _status(client)
    assert (after["space"]["id"], after["space"]["changed_since"], after["pending"]) == (space, 1, 0)
    await drain()
    assert await _rows(owner, "content_vectors") == 12


async def test_many_changes_are_learnt_anew(client: httpx.AsyncClient, drain, owner: Connection) -> None:
    await market(client, each=2)
    await drain()
    first = (await _status(client))["space"]["id"]
    for at in range(4):
        await writer(client, f"new{at}", "Gezi notları", ["Tatil rotası #gezi"])
    await drain()  # reads them, finds that they are many, learns and reads again
    after = await _status(client)
    assert after["space"]["id"] != first
    assert (after["space"]["influencers"], after["pending"]) == (10, 0)
    assert await _rows(owner, "content_spaces") == 1
    assert await _rows(owner, "content_vectors") == 10
    await writer(client, "last", "Gezi", ["Kamp #gezi"])
    await drain()
    assert (await _status(client))["space"]["id"] == after["space"]["id"]


async def test_another_number_of_topics_is_learnt_anew(client: httpx.AsyncClient, drain) -> None:
    await market(client, each=5)
    await drain()
    before = await _status(client)
    assert (await client.patch("/v1/content", json={"topics": 2})).json()["topics"] == 2
    await drain()
    after = await _status(client)
    assert (before["topics"], after["topics"]) == (20, 2)
    assert len(before["space"]["topics"]) == 3
    assert len(after["space"]["topics"]) == 2
    for wrong in (1, 101, "many"):
        assert (await client.patch("/v1/content", json={"topics": wrong})).status_code == 400


@pytest.mark.parametrize("way", ["opt_out", "archive", "erase"])
async def test_who_leaves_is_forgotten_at_once(
    client: httpx.AsyncClient, drain, owner: Connection, way: str
) -> None:
    people = await market(client, each=2)
    await drain()
    one = people["coffee"][0]
    if way == "archive":
        assert (await client.delete(f"/v1/influencers/{one}")).status_code in (200, 204)
    elif way == "erase":
        assert (await client.post(f"/v1/influencers/{one}/erase", json={})).status_code in (200, 202, 204)
    else:
        await made(client, f"/v1/influencers/{one}/opt-out", {"reason": "asked"}, status=200)
    for table in ("content_vectors", "content_texts"):
        assert await _rows(owner, table) == 5
        key = ids.read("inf", one)
        assert not await owner.fetchval(f"select count(*) from {table} where influencer_id = $1", key)
    await drain()
    assert await _rows(owner, "content_vectors") == 5


async def test_a_changed_artefact_is_refused_and_learnt_anew(
    client: httpx.AsyncClient, drain, owner: Connection
) -> None:
    await market(client, each=2)
    await drain()
    before = (await _status(client))["space"]["id"]
    # A process that has not read it yet sees the bytes as they are stored.
    await owner.execute(
        "update content_spaces set artefact = set_byte(artefact, 100, 7), sha256 = sha256 || '0'"
    )
    answer = await client.get("/v1/content")
    assert answer.status_code == 409
    assert answer.json()["type"] == "/problems/broken-content-space"
    await made(client, "/v1/content/refresh", {}, status=202)
    await drain()
    assert (await _status(client))["space"]["id"] != before


async def test_the_night_reads_what_was_missed(
    client: httpx.AsyncClient, database: Database, settings: Settings, drain, owner: Connection
) -> None:
    await market(client, each=1)
    await drain()
    await owner.execute("update content_texts set lists = '\\x00'")
    assert (await _status(client))["pending"] == 3
    await run_scheduled(settings, database, "discovery.read_texts_nightly")
    await drain()
    assert (await _status(client))["pending"] == 0


async def test_a_refresh_can_be_asked_for(client: httpx.AsyncClient, drain) -> None:
    await market(client, each=1)
    await drain()
    first = (await _status(client))["space"]["id"]
    job = await made(client, "/v1/content/refresh", {"learn": True}, status=202)
    assert job["kind"] == "discovery.read_texts"
    await drain()
    assert (await _status(client))["space"]["id"] != first


async def test_texts_of_one_workspace_are_not_another_s(
    client: httpx.AsyncClient, other_client: httpx.AsyncClient, drain
) -> None:
    await market(client, each=1)
    await writer(other_client, "alone", "Kahve", COFFEE)
    await drain()
    assert (await _status(client))["read"] == 3
    assert (await _status(other_client))["read"] == 1


async def test_vectors_come_with_the_places_they_were_asked_at(
    client: httpx.AsyncClient, drain, database: Database, owner: Connection
) -> None:
    people = await market(client, each=1)
    await drain()
    workspace = await owner.fetchval("select workspace_id from content_spaces")
    space_id = await owner.fetchval("select id from content_spaces")
    keys = [ids.read("inf", each[0]) for each in people.values()]
    async with database.transaction(workspace) as db:
        rows = await store.vectors(db, workspace, space_id, [keys[2], ids.new(), keys[0]])
        alone = await store.vectors(db, workspace, space_id, [keys[0]])
    width = len(rows.vectors) // 2
    by_place = {place: rows.vectors[at * width : (at + 1) * width] for at, place in enumerate(rows.places)}
    assert set(by_place) == {1, 3}
    assert by_place[3] == alone.vectors
