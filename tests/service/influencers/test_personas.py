"""Personas: made, read, changed, archived, and what they can't say."""

import httpx
import pytest

DENIZ = {
    "name": "Öğrenci Deniz",
    "demographics": {"age": {"18-24": 0.7, "25-34": 0.3}, "gender": ["female"], "city": ["TR-34", "TR-06"]},
    "values": ["sürdürülebilirlik"],
    "challenges": ["bütçe"],
    "joys": ["konser"],
    "interests": ["moda"],
    "online_behaviour": "Akşamları kısa video izler",
    "platforms": ["tiktok", "instagram"],
    "content_types": ["kısa video"],
    "active_hours": ["mon-20", "sun-23"],
}


async def test_a_persona_is_made_read_changed_archived(client: httpx.AsyncClient) -> None:
    created = await client.post("/v1/personas", json=DENIZ)
    assert created.status_code == 201, created.text
    persona = created.json()
    assert {name: persona[name] for name in DENIZ} == DENIZ
    path = f"/v1/personas/{persona['id']}"
    read = await client.get(path)
    assert read.json() == persona
    tag = {"If-Match": read.headers["ETag"]}
    changed = await client.patch(path, json={"joys": [], "demographics": {}}, headers=tag)
    assert (changed.json()["joys"], changed.json()["demographics"]) == ([], {})
    assert changed.json()["values"] == DENIZ["values"]
    assert (await client.patch(path, json={"name": "x"}, headers=tag)).status_code == 412
    assert (await client.delete(path)).status_code == 204
    assert (await client.get("/v1/personas")).json()["data"] == []
    assert len((await client.get("/v1/personas?archived=true")).json()["data"]) == 1
    assert (await client.post(f"{path}/restore")).json()["archived_at"] is None


@pytest.mark.parametrize(
    ("change", "path"),
    [
        ({"name": " "}, "name"),
        ({"platforms": ["myspace"]}, "platforms[0]"),
        ({"active_hours": ["mon-24"]}, "active_hours[0]"),
        ({"demographics": {"zodiac": ["leo"]}}, "demographics"),
        ({"demographics": {"age": ["18-25"]}}, "demographics.age"),
        ({"demographics": {"age": {"18-24": 1.2}}}, "demographics"),
        ({"demographics": {"gender": {"female": 0.8, "male": 0.8}}}, "demographics.gender"),
        ({"demographics": {"city": []}}, "demographics"),
        ({"role": "owner"}, "role"),
    ],
)
async def test_what_a_persona_can_not_say(client: httpx.AsyncClient, change: dict, path: str) -> None:
    answer = await client.post("/v1/personas", json=DENIZ | change)
    assert answer.status_code == 400, answer.text
    assert any(error["path"].startswith(path) for error in answer.json()["errors"]), answer.text


async def test_lists_are_paged_and_walled(client: httpx.AsyncClient, other_client: httpx.AsyncClient) -> None:
    made = [(await client.post("/v1/personas", json=DENIZ | {"name": f"P{n}"})).json() for n in range(3)]
    page = (await client.get("/v1/personas?limit=2")).json()
    rest = (await client.get("/v1/personas", params={"limit": 2, "cursor": page["next_cursor"]})).json()
    assert [row["name"] for row in page["data"] + rest["data"]] == ["P2", "P1", "P0"]
    wanted = ",".join(row["id"] for row in made[:2])
    assert len((await client.get(f"/v1/personas?ids={wanted}")).json()["data"]) == 2
    assert (await other_client.get("/v1/personas")).json()["data"] == []
    assert (await other_client.get(f"/v1/personas/{made[0]['id']}")).status_code == 404
