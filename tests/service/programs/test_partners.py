"""Partners: made, listed, changed, archived; what merges and erasures do to them."""

import httpx
import pytest

from service.kit import ids
from service.kit.db import Database
from service.links import resolving
from tests.service.discovery.api import Json, influencer, made


async def _partner(client: httpx.AsyncClient, **fields: object) -> Json:
    return await made(client, "/v1/partners", {"name": "Ayşe Öz", **fields})


async def test_everything_that_is_sent_comes_back(client: httpx.AsyncClient) -> None:
    who = await influencer(client, "Ayse Oz")
    sent = {"name": "Ayşe Öz", "email": "Ayse@x.example", "group": "gold", "influencer_id": who}
    shown = await made(client, "/v1/partners", sent)
    assert {name: shown[name] for name in sent} == sent
    assert (shown["status"], shown["program_id"]) == ("active", None)
    answer = await client.get(f"/v1/partners/{shown['id']}")
    assert (answer.json(), answer.headers["etag"]) == (shown, '"1"')


async def test_an_address_is_one_partner_s(
    client: httpx.AsyncClient, other_client: httpx.AsyncClient
) -> None:
    first = await _partner(client, email="Ayse@X.example")
    answer = await client.post("/v1/partners", json={"name": "A", "email": "ayse@x.example"})
    assert (answer.status_code, answer.json()["type"]) == (409, "/problems/partner-exists")
    await _partner(other_client, email="ayse@x.example")
    await _partner(client), await _partner(client)
    await client.delete(f"/v1/partners/{first['id']}")
    await _partner(client, email="ayse@x.example")
    answer = await client.patch(f"/v1/partners/{first['id']}", json={"status": "active"})
    assert answer.status_code == 409


@pytest.mark.parametrize("kind", ["never", "theirs", "opted out"])
async def test_an_influencer_who_is_not_there(
    client: httpx.AsyncClient, other_client: httpx.AsyncClient, kind: str
) -> None:
    who = ids.show("inf", ids.new())
    if kind != "never":
        who = await influencer(other_client if kind == "theirs" else client, "Ayse Oz")
    if kind == "opted out":
        await made(client, f"/v1/influencers/{who}/opt-out", {"reason": "asked"}, status=200)
    answer = await client.post("/v1/partners", json={"name": "A", "influencer_id": who})
    assert (answer.status_code, answer.json()["type"]) == (404, "/problems/influencer-not-found")


async def test_a_list_is_narrowed(client: httpx.AsyncClient) -> None:
    who = await influencer(client, "Ayse Oz")
    one = await _partner(client, influencer_id=who, group="gold")
    two = await _partner(client, name="Can Su", email="su@x.example")
    gone = await _partner(client, name="Ece")
    await client.delete(f"/v1/partners/{gone['id']}")
    for query, rows in (
        ("", [two, one]),
        (f"influencer_id={who}", [one]),
        ("group=gold", [one]),
        ("status=archived", [gone]),
        ("q=AYSE", [one]),
        ("q=su%40x", [two]),
        (f"ids={gone['id']}", [gone]),
        ("limit=1", [two]),
    ):
        answer = await client.get(f"/v1/partners?{query}")
        assert [row["id"] for row in answer.json()["data"]] == [row["id"] for row in rows], query


async def test_a_new_name_shows_in_the_links_macro(client: httpx.AsyncClient, database: Database) -> None:
    await client.patch("/v1/workspace", json={"destination_hosts": ["shop.example"]})
    who = await _partner(client)
    body = {"url": "https://shop.example/", "code": "yaz", "partner_id": who["id"]}
    await made(client, "/v1/links", body)
    for name, slug in (("Ayşe Öz", "ayse-oz"), ("Can & Su", "can-su"), ("山田", "")):
        await client.patch(f"/v1/partners/{who['id']}", json={"name": name})
        found = await resolving.resolve(database, None, "yaz")
        assert found is not None
        assert found.partner == slug


async def test_merges_are_followed_and_an_unseen_influencer_is_kept(client: httpx.AsyncClient) -> None:
    ayse, can = await influencer(client, "Ayse Oz"), await influencer(client, "Can Su")
    who = await _partner(client, influencer_id=ayse)
    path = f"/v1/partners/{who['id']}"
    merge = await made(client, "/v1/influencers/merge", {"keep": can, "merge": [ayse]}, status=200)
    assert (await client.patch(path, json={"group": "x"})).json()["influencer_id"] == can
    assert len((await client.get(f"/v1/partners?influencer_id={can}")).json()["data"]) == 1
    await client.post(f"/v1/influencers/{can}/merges/{merge['merge_id']}/undo")
    assert (await client.get(path)).json()["influencer_id"] == ayse
    await made(client, f"/v1/influencers/{ayse}/opt-out", {"reason": "asked"}, status=200)
    assert (await client.get(path)).json()["influencer_id"] is None


async def test_an_erasure_takes_name_and_address(client: httpx.AsyncClient, database: Database) -> None:
    ayse = await influencer(client, "Ayse Oz")
    who = await _partner(client, influencer_id=ayse, email="ayse@x.example", group="Ayşe'nin grubu")
    other = await _partner(client, name="Can")
    await made(client, f"/v1/influencers/{ayse}/erase", {"reason": "asked"}, status=200)
    shown = (await client.get(f"/v1/partners/{who['id']}")).json()
    told = {name: shown[name] for name in ("name", "email", "group", "influencer_id", "status")}
    assert told == {"name": "-", "email": None, "group": None, "influencer_id": None, "status": "archived"}
    workspace = ids.read("ws", (await client.get("/v1/me")).json()["workspace"]["id"])
    async with database.transaction(workspace) as db:
        text = await db.fetchval("select string_agg(p::text, ' ') from partners p")
    assert "ayse" not in text.lower()
    assert (await client.get(f"/v1/partners/{other['id']}")).json()["name"] == "Can"


async def test_groups_with_their_partners(client: httpx.AsyncClient, other_client: httpx.AsyncClient) -> None:
    program = await made(client, "/v1/programs", {"name": "Yaz"})
    await _partner(client, group="silver", program_id=program["id"])
    await _partner(client, group="gold"), await _partner(client, group="gold"), await _partner(client)
    gone = await _partner(client, group="bronze")
    await client.delete(f"/v1/partners/{gone['id']}")
    await _partner(other_client, group="theirs")
    gold, silver = {"group": "gold", "partners": 2}, {"group": "silver", "partners": 1}
    page = (await client.get("/v1/partners/groups?limit=1")).json()
    assert (page["data"], page["has_more"]) == ([gold], True)
    assert (await client.get(f"/v1/partners/groups?cursor={page['next_cursor']}")).json()["data"] == [silver]
    assert (await client.get(f"/v1/partners/groups?program_id={program['id']}")).json()["data"] == [silver]
