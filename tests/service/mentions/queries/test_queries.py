"""Listening queries: matched with what comes in and with what is stored; tried; rules tag."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest

Drain = Callable[[], Awaitable[None]]
NOW = datetime.now(UTC)


def told(at: int, text: str, **given: Any) -> dict[str, Any]:
    published = (NOW - timedelta(hours=at)).isoformat()
    return {"native_id": f"m{at}", "platform": "x", "text": text, "published_at": published, **given}


async def send(client: httpx.AsyncClient, *mentions: dict[str, Any]) -> None:
    answer = await client.post("/v1/mentions", json={"mentions": list(mentions)})
    assert answer.json()["rejected"] == 0, answer.text


async def make(client: httpx.AsyncClient, expression: str, **given: Any) -> dict[str, Any]:
    answer = await client.post("/v1/listening/queries", json={"name": "n", "expression": expression, **given})
    assert answer.status_code == 201, answer.text
    body: dict[str, Any] = answer.json()
    return body


async def found(client: httpx.AsyncClient, **asked: Any) -> list[str]:
    page = (await client.get("/v1/mentions", params=asked)).json()
    return [one["native_id"] for one in page["data"]]


async def test_past_and_future_mentions_are_matched(client: httpx.AsyncClient, drain: Drain) -> None:
    await send(client, told(3, "Migros'un kasası"), told(2, "başka"))
    query = await make(client, "migros")
    assert not query["matched"]
    await send(client, told(1, "migrosta sıra"), told(0, "hiç"))
    assert await found(client, query_id=query["id"]) == ["m1"]
    await drain()
    assert await found(client, query_id=query["id"]) == ["m1", "m3"]
    shown = (await client.get(f"/v1/listening/queries/{query['id']}")).json()
    assert (shown["matched"], shown["job_id"]) == (True, None)


async def test_another_expression_is_matched_anew(client: httpx.AsyncClient, drain: Drain) -> None:
    await send(client, told(3, "kahve"), told(2, "çay"))
    query = await make(client, "kahve")
    await drain()
    path = f"/v1/listening/queries/{query['id']}"
    changed = (await client.patch(path, json={"expression": "çay"})).json()
    assert not changed["matched"]
    await drain()
    assert await found(client, query_id=query["id"]) == ["m2"]
    await client.patch(path, json={"status": "paused"})
    await send(client, told(1, "çay"))
    assert await found(client, query_id=query["id"]) == ["m2"]
    assert (await client.delete(path)).status_code == 204
    assert (await client.get("/v1/listening/queries")).json()["data"] == []


async def test_rules_tag_past_and_future_mentions(client: httpx.AsyncClient, drain: Drain) -> None:
    await send(client, told(3, "kargo gelmedi", tags=["eski"]))
    await make(client, "kargo", tags=["Kargo"], categories=["Şikayet"])
    await drain()
    await send(client, told(2, "kargo kayıp"), told(1, "teşekkürler"))
    page = (await client.get("/v1/mentions")).json()["data"]
    assert [one["tags"] for one in page] == [[], ["Kargo"], ["eski", "Kargo"]]
    assert [one["categories"] for one in page] == [[], ["Şikayet"], ["Şikayet"]]
    assert await found(client, tag="Kargo") == ["m2", "m3"]


async def test_a_label_by_hand_changes_what_is_matched(client: httpx.AsyncClient, drain: Drain) -> None:
    await send(client, told(1, "kahve"))
    query = await make(client, "kahve sentiment:negative")
    await drain()
    assert await found(client, query_id=query["id"]) == []
    mention = (await client.get("/v1/mentions")).json()["data"][0]
    await client.patch(f"/v1/mentions/{mention['id']}", json={"label": "negative"})
    assert await found(client, query_id=query["id"]) == ["m1"]


async def test_a_query_is_tried_first(client: httpx.AsyncClient) -> None:
    await send(
        client, *(told(at, "kahve" if at % 2 else "çay", author_handle=f"a{at % 3}") for at in range(6))
    )
    answer = await client.post("/v1/listening/queries/try", json={"expression": "kahve", "sample": 2})
    body = answer.json()
    assert (body["mentions"], body["authors"], body["platforms"]) == (3, 3, {"x": 3})
    assert sum(day["mentions"] for day in body["days"]) == 3
    assert [one["native_id"] for one in body["sample"]] == ["m1", "m3"]


async def test_mentions_are_searched_by_expression(client: httpx.AsyncClient) -> None:
    await send(client, told(3, "kahve"), told(2, "çay"), told(1, "kahveden", language="en"))
    assert await found(client, query="kahve") == ["m1", "m3"]
    assert await found(client, query="kahve", language="en") == ["m1"]
    first = (await client.get("/v1/mentions", params={"query": "kahve", "limit": 1})).json()
    assert await found(client, query="kahve", cursor=first["next_cursor"]) == ["m3"]
    wrong = await client.get("/v1/mentions", params={"query": "kahve", "status": "new"})
    assert wrong.json()["errors"] == [{"path": "status", "message": "can't be combined with `query`"}]


@pytest.mark.parametrize("path", ["/v1/listening/queries", "/v1/listening/queries/try"])
async def test_a_query_that_can_t_be_read_says_where(client: httpx.AsyncClient, path: str) -> None:
    body = {"expression": "kahve AND (çay"} | ({"name": "n"} if path.endswith("queries") else {})
    answer = await client.post(path, json=body)
    assert answer.status_code == 400
    (fault,) = answer.json()["errors"]
    assert (fault["path"], fault["position"]) == ("expression", 10)


async def test_refusals(client: httpx.AsyncClient, other_client: httpx.AsyncClient) -> None:
    query = await make(client, "kahve")
    again = await client.post("/v1/listening/queries", json={"name": "N", "expression": "çay"})
    assert again.status_code == 409
    unknown = await client.post(
        "/v1/listening/queries", json={"name": "b", "expression": "çay", "brand_id": "brd_" + "0" * 26}
    )
    assert unknown.status_code == 404
    span = {"expression": "çay", "since": "2020-01-01T00:00:00Z", "tz": "Mars/Base"}
    errors = (await client.post("/v1/listening/queries/try", json=span)).json()["errors"]
    assert [one["path"] for one in errors] == ["tz", "since"]
    assert (await other_client.get(f"/v1/listening/queries/{query['id']}")).status_code == 404
    assert (await other_client.get("/v1/mentions", params={"query_id": query["id"]})).json()["data"] == []
