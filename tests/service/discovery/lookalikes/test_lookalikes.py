"""Lookalikes through the API: by content, by audience, by both, with what is shared; who never appears."""

from typing import Any

import httpx
import pytest

from tests.service.discovery.api import influencer, made
from tests.service.discovery.content.texts import market, writer

Json = dict[str, Any]
WOMEN = {"country": {"TR": 0.9, "DE": 0.1}, "gender": {"female": 0.9, "male": 0.1}}
MEN = {"country": {"TR": 0.2, "DE": 0.8}, "gender": {"female": 0.1, "male": 0.9}}


async def _like(client: httpx.AsyncClient, key: str, **request: Any) -> Json:
    return await made(client, f"/v1/influencers/{key}/lookalikes", request, status=200)


def _keys(answer: Json) -> list[str]:
    return [row["influencer"]["id"] for row in answer["data"]]


async def test_by_content(client: httpx.AsyncClient, drain) -> None:
    people = await market(client)
    await drain()
    one = people["yoga"][0]
    answer = await _like(client, one, by="content")
    assert set(_keys(answer)[:3]) == set(people["yoga"][1:])
    assert one not in _keys(answer)
    assert answer["candidates"] == 11
    assert answer["known"] == ["content", "audience"]
    best = answer["data"][0]
    assert best["similarity"] == best["content"] > 0.9
    assert best["audience"] is None
    assert "yoga" in {word.lower() for word in best["shared"]["words"]}
    assert "yoga" in best["shared"]["hashtags"]
    similarities = [row["similarity"] for row in answer["data"]]
    assert similarities == sorted(similarities, reverse=True)
    assert all(0 <= each <= 1 for each in similarities)


async def test_by_audience(client: httpx.AsyncClient, drain) -> None:
    found = {}
    for name, audience, followers, er in (
        ("ana", WOMEN, 10_000, 0.04),
        ("ece", WOMEN, 11_000, 0.042),
        ("can", MEN, 900_000, 0.005),
        ("ali", MEN, 800_000, 0.006),
    ):
        found[name] = await influencer(client, name, followers=followers, er=er, audience=audience)
    answer = await _like(client, found["ana"], by="audience")
    assert _keys(answer)[0] == found["ece"]
    assert answer["data"][0]["audience"] > 0.9
    assert answer["data"][-1]["audience"] < 0.2
    assert answer["known"] == ["audience"]
    assert answer["data"][0]["content"] is None


async def test_by_both_is_the_mean(client: httpx.AsyncClient, drain) -> None:
    people = await market(client)
    await drain()
    for row in (await _like(client, people["coffee"][1]))["data"]:
        assert row["similarity"] == pytest.approx((row["content"] + row["audience"]) / 2, abs=1e-5)


async def test_by_query_parameters(client: httpx.AsyncClient, drain) -> None:
    people = await market(client)
    await drain()
    path = f"/v1/influencers/{people['games'][0]}/lookalikes"
    both = (await client.get(path, params={"by": "content,audience", "limit": 3})).json()
    assert (both["by"], len(both["data"])) == ("both", 3)
    content = (await client.get(path, params={"by": "content"})).json()
    assert _keys(content) == _keys(await _like(client, people["games"][0], by="content"))
    assert (await client.get(path, params={"by": "looks"})).status_code == 400
    assert (await client.get(path, params={"limit": 101})).status_code == 400


async def test_filters_narrow_who_is_compared(client: httpx.AsyncClient, drain) -> None:
    people = await market(client)
    await drain()
    answer = await _like(client, people["coffee"][0], filters={"hashtags": ["yoga"]}, limit=2)
    assert set(_keys(answer)) < set(people["yoga"])
    assert answer["candidates"] == 4
    assert (await _like(client, people["coffee"][0], filters={"country": ["DE"]}))["data"] == []


async def test_who_left_never_appears(client: httpx.AsyncClient, drain) -> None:
    people = await market(client)
    await drain()
    one, left, archived, *_ = people["coffee"]
    await made(client, f"/v1/influencers/{left}/opt-out", {"reason": "asked"}, status=200)
    await client.delete(f"/v1/influencers/{archived}")
    for by in ("content", "audience", "both"):
        keys = _keys(await _like(client, one, by=by, limit=100))
        assert left not in keys
        assert archived not in keys
        assert keys
    answer = await client.post(f"/v1/influencers/{left}/lookalikes", json={})
    assert answer.status_code == 409
    assert answer.json()["type"] == "/problems/not-compared"


async def test_before_texts_are_read_content_is_unknown(client: httpx.AsyncClient) -> None:
    people = await market(client, each=2)
    answer = await _like(client, people["coffee"][0], by="content")
    assert (answer["data"], answer["known"]) == ([], ["audience"])


async def test_answers_are_the_same_every_time(client: httpx.AsyncClient, drain) -> None:
    people = await market(client)
    twin = [await writer(client, f"twin{at}", "Aynı sözler", ["Aynı #aynı"]) for at in range(3)]
    await drain()
    first = await _like(client, twin[0], limit=100)
    assert await _like(client, twin[0], limit=100) == first
    assert set(_keys(first)[:2]) == set(twin[1:])
    assert len(first["data"]) == len(people) * 4 + 2


async def test_unknown_influencers_and_bad_requests(client: httpx.AsyncClient) -> None:
    assert (await client.post("/v1/influencers/inf_x/lookalikes", json={})).status_code == 404
    one = await influencer(client, "one")
    for wrong in ({"by": "looks"}, {"limit": 0}, {"limit": 101}, {"filters": {"x": 1}}, {"cursor": "x"}):
        answer = await client.post(f"/v1/influencers/{one}/lookalikes", json=wrong)
        assert answer.status_code == 400, wrong
