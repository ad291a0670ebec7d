"""Sources that send: an address, a signature, deliveries that are kept, read and read again."""

import base64
import hashlib
import hmac
import json
from collections.abc import Awaitable, Callable
from typing import Any

import httpx
import pytest

from service.kit.db import Connection
from service.mentions.sources import graph
from tests.service.mentions.sources.conftest import Json, Make, Site

Drain = Callable[[], Awaitable[None]]

PAGE = {
    "results": [
        {
            "resourceId": "r1",
            "snippet": "Kahveniz berbat",
            "url": "https://a.example/1",
            "pageType": "forum",
            "added": "2026-11-20T10:00:00.000+0000",
            "updated": "2026-11-20T10:00:00.000+0000",
            "impressions": 3,
            "countryCode": "TUR",
        },
        "odd",
    ],
    "nextCursor": "c2",
}


async def deliveries(client: httpx.AsyncClient, made: Json) -> list[Json]:
    answer = await client.get(f"/v1/listening/sources/{made['id']}/deliveries")
    assert answer.status_code == 200, answer.text
    found: list[Json] = answer.json()["data"]
    return found


async def shown(client: httpx.AsyncClient, made: Json) -> Json:
    found: Json = (await client.get(f"/v1/listening/sources/{made['id']}")).json()
    return found


async def test_a_page_of_brandwatch_comes_in_once(
    client: httpx.AsyncClient, anonymous: httpx.AsyncClient, source: Make, drain: Drain
) -> None:
    made = await source("brandwatch")
    assert (made["status"], made["signed"]) == ("waiting", False)
    for expected in ("accepted", "duplicate"):
        assert (await anonymous.post(made["path"], json=PAGE)).json() == {"status": expected}
    later = json.loads(json.dumps(PAGE))
    later["results"][0] |= {"impressions": 9, "updated": "2026-11-20T12:00:00.000+0000"}
    await anonymous.post(made["path"], json=later)
    await drain()
    [mention] = (await client.get("/v1/mentions")).json()["data"]
    assert (mention["source"], mention["platform"], mention["impressions"]) == ("brandwatch", "forum", 9)
    second, first = await deliveries(client, made)
    assert (first["status"], first["why"]) == ("quarantined", "shape")
    assert first["outcomes"][0] == {"report": "mention", "outcome": "created", "number": 1}
    assert first["outcomes"][1]["field"] == "results[1]"
    assert second["outcomes"][0]["outcome"] == "updated"
    found = await shown(client, made)
    assert (found["status"], found["cursor"], found["counts"]["created"]) == ("ok", "c2", 1)
    assert found["last_result"]["faults"][0] == {
        "path": "results[1]",
        "why": "shape",
        "value": "odd",
        "lost": True,
    }
    # Read again, the older after the newer: nothing changes.
    answer = await client.post(f"/v1/listening/sources/{made['id']}/replay")
    assert (answer.status_code, answer.json()["matched"]) == (202, 2)
    await drain()
    [again] = (await client.get("/v1/mentions")).json()["data"]
    assert again == mention


async def test_ids_of_unknown_senders_are_their_own(
    client: httpx.AsyncClient, anonymous: httpx.AsyncClient, source: Make, drain: Drain
) -> None:
    for text in ("a", "b"):
        made = await source("generic", name=text)
        await anonymous.post(made["path"], json={"id": 7, "text": text})
        # Another envelope around the same.
        await anonymous.post(made["path"], json={"mentions": [{"id": 7, "text": text}]})
    await drain()
    found = (await client.get("/v1/mentions")).json()["data"]
    assert {(one["native_id"], one["text"]) for one in found} == {("7", "a"), ("7", "b")}
    assert len({one["source"] for one in found}) == len(found) == 2


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 2, 0)], ids=str)
async def test_pages_out_of_order_leave_the_same(
    client: httpx.AsyncClient,
    anonymous: httpx.AsyncClient,
    source: Make,
    drain: Drain,
    order: tuple[int, ...],
) -> None:
    pages = [
        {
            "resourceId": "r1",
            "snippet": "k",
            "added": f"2026-11-20T1{at}:00:00Z",
            "updated": f"2026-11-20T1{at}:00:00Z",
        }
        | ({"impressions": at} if at else {"reachEstimate": 5})
        for at in range(3)
    ]
    made = await source("brandwatch")
    for at in (*order, *order):
        await anonymous.post(made["path"], json={"results": [pages[at]], "page": at})
        await drain()
    [mention] = (await client.get("/v1/mentions")).json()["data"]
    assert (mention["impressions"], mention["reach"]) == (2, 5)


def signed(body: bytes, secret: str) -> dict[str, str]:
    made = hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
    return {"X-Hub-Signature-256": f"sha256={made}", "Content-Type": "application/json"}


async def test_meta_signs_and_shakes_hands(
    client: httpx.AsyncClient, anonymous: httpx.AsyncClient, source: Make, drain: Drain
) -> None:
    made = await source("meta", secret="s3cret")
    asked = {"hub.mode": "subscribe", "hub.verify_token": "s3cret", "hub.challenge": "42"}
    answer = await anonymous.get(made["path"], params=asked)
    assert (answer.status_code, answer.text) == (200, "42")
    wrong = await anonymous.get(made["path"], params=asked | {"hub.verify_token": "x"})
    assert wrong.status_code == 405
    value = {"id": "c1", "from": {"id": "2", "username": "ayse"}, "text": "harika"}
    body = json.dumps(
        {
            "object": "instagram",
            "entry": [{"id": "17", "time": 1700000000, "changes": [{"field": "comments", "value": value}]}],
        }
    ).encode()
    assert (
        await anonymous.post(made["path"], content=body, headers=signed(body, "other"))
    ).status_code == 401
    assert (await anonymous.post(made["path"], content=body)).status_code == 401
    assert (
        await anonymous.post(made["path"], content=body, headers=signed(body, "s3cret"))
    ).status_code == 200
    await drain()
    [mention] = (await client.get("/v1/mentions")).json()["data"]
    assert (mention["author"]["handle"], mention["text"]) == ("ayse", "harika")
    [one] = await deliveries(client, made)
    assert (one["verified"], one["status"]) == (True, "processed")


async def test_x_checks_its_webhook_and_signs(
    anonymous: httpx.AsyncClient, source: Make, client: httpx.AsyncClient
) -> None:
    made = await source("x", secret="c0nsumer")

    def digest(message: bytes) -> str:
        return "sha256=" + base64.b64encode(hmac.digest(b"c0nsumer", message, "sha256")).decode()

    answer = await anonymous.get(made["path"], params={"crc_token": "abc"})
    assert answer.json() == {"response_token": digest(b"abc")}
    assert (await anonymous.get(made["path"])).status_code == 405
    body = b'{"data": {"id": "1", "text": "a"}}'
    statuses = [
        (
            await anonymous.post(
                made["path"], content=body, headers={"X-Twitter-Webhooks-Signature": digest(message)}
            )
        ).status_code
        for message in (body, body + b" ")
    ]
    assert (statuses, (await anonymous.post(made["path"], content=body)).status_code) == ([200, 401], 401)
    [one] = await deliveries(client, made)
    assert one["verified"] is True


async def test_what_meta_names_is_asked_for(
    client: httpx.AsyncClient,
    anonymous: httpx.AsyncClient,
    source: Make,
    look: Drain,
    site: Site,
    owner: Connection,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(graph, "GRAPH", site.url(""))
    made = await source("meta", secret="s")
    changes = [
        {"field": "mentions", "value": {"media_id": "m1", "comment_id": "c1"}},
        {"field": "mentions", "value": {"media_id": "m2"}},
    ]
    body = json.dumps({"object": "instagram", "entry": [{"id": "17", "changes": changes}]}).encode()
    await anonymous.post(made["path"], content=body, headers=signed(body, "s"))
    await look()
    [one] = await deliveries(client, made)
    assert (one["status"], one["why"]) == ("needs_fetch", "access_token")
    assert (await shown(client, made))["fetches"] == {"waiting": 2, "done": 0, "failed": 0}
    assert site.asked == []
    told = {"mentioned_comment": {"id": "c1", "text": "@a iyi", "timestamp": "2021-08-19T09:14:16+0000"}}
    site.put("/17", json.dumps(told))
    changed = await client.patch(f"/v1/listening/sources/{made['id']}", json={"access_token": "EAAtoken"})
    assert changed.json()["has_access_token"] is True
    assert "EAAtoken" not in changed.text
    await client.post(f"/v1/listening/sources/{made['id']}/replay")
    await look()
    assert {headers["authorization"] for _, headers in site.asked} == {"bearer eaatoken"}
    assert any("mentioned_comment.comment_id(c1)" in path for path, _ in site.asked)
    found = await shown(client, made)
    assert found["fetches"]["done"] == 2
    mentions = (await client.get("/v1/mentions")).json()["data"]
    assert ("c1", "@a iyi", "comment") in {(one["native_id"], one["text"], one["kind"]) for one in mentions}
    sealed = await owner.fetchval("select token_sealed from mention_sources")
    assert b"EAAtoken" not in sealed


@pytest.mark.parametrize(
    ("why", "code", "told", "attempts", "status"),
    [
        (None, None, True, 1, "done"),
        ("limited", None, False, 9, "waiting"),
        ("status", 4, False, 9, "waiting"),
        ("denied", 190, False, 1, "waiting"),
        ("denied", 190, False, 6, "failed"),
        ("status", 100, False, 1, "failed"),
        ("server", 2, False, 1, "waiting"),
        ("timeout", None, False, 1, "waiting"),
        ("timeout", None, False, 6, "failed"),
        (None, None, False, 6, "failed"),
    ],
)
def test_what_becomes_of_a_question(
    why: str | None, code: int | None, told: bool, attempts: int, status: str
) -> None:
    assert graph.after(why, code, told, attempts, None).status == status


async def test_lines_of_x_and_a_stream_of_talkwalker(
    client: httpx.AsyncClient, anonymous: httpx.AsyncClient, source: Make, drain: Drain
) -> None:
    x = await source("x")
    line = json.dumps(
        {"data": {"id": "1494321", "text": "#reklam", "created_at": "2026-11-20T10:00:00.000Z"}}
    )
    await anonymous.post(x["path"], content=f"\r\n{line}\r\n\r\n".encode())
    talkwalker = await source("talkwalker")
    inner = {"url": "https://a.example/t", "content": "k", "published": 1646432900000, "sentiment": 5}
    chunks = [
        {"chunk_type": "CT_RESULT", "chunk_result": {"data": {"data": inner}}},
        {"chunk_type": "CT_CONTROL", "chunk_control": {"resume_offset": "off-9"}},
    ]
    await anonymous.post(talkwalker["path"], content="".join(map(json.dumps, chunks)).encode())
    await drain()
    found = (await client.get("/v1/mentions")).json()["data"]
    assert {(one["source"], one["text"]) for one in found} == {("x", "#reklam"), ("talkwalker", "k")}
    assert (await shown(client, talkwalker))["cursor"] == "off-9"


async def test_a_paused_source_keeps_what_it_is_sent(
    client: httpx.AsyncClient, anonymous: httpx.AsyncClient, source: Make, drain: Drain
) -> None:
    made = await source("generic", aliases={"text": "a.b", "native_id": "k"})
    path = f"/v1/listening/sources/{made['id']}"
    await client.patch(path, json={"paused": True})
    await anonymous.post(made["path"], json={"a": {"b": "selam"}, "k": 7})
    await drain()
    assert [(one["status"], one["why"]) for one in await deliveries(client, made)] == [("ignored", "paused")]
    await client.patch(path, json={"paused": False})
    await client.post(f"{path}/replay", params={"status": "ignored"})
    await drain()
    assert [one["text"] for one in (await client.get("/v1/mentions")).json()["data"]] == ["selam"]
    # It is nobody else's, and no integration of a shop.
    assert (await client.get("/v1/integrations")).json()["data"] == []
    assert (await client.delete(path)).status_code == 204
    assert (await anonymous.post(made["path"], json={})).status_code == 404
    assert (await client.get(path)).status_code == 404


async def test_an_erased_author_goes_out_of_deliveries(
    client: httpx.AsyncClient, anonymous: httpx.AsyncClient, source: Make, drain: Drain, owner: Connection
) -> None:
    made = await source("x")
    who = {"name": "Ayşe", "accounts": [{"platform": "x", "handle": "ayse_x"}]}
    created = await client.post("/v1/influencers", json=who)
    assert created.status_code == 201, created.text
    influencer = created.json()["id"]
    told = {
        "data": {"id": "5", "text": "gizli", "author_id": "9", "created_at": "2026-11-20T10:00:00Z"},
        "includes": {"users": [{"id": "9", "username": "ayse_x", "name": "Ayşe"}]},
    }
    await anonymous.post(made["path"], json=told)
    await drain()
    told["data"] = {**told["data"], "id": "6"}  # type: ignore[dict-item]
    await anonymous.post(made["path"], json=told)
    answer = await client.post(f"/v1/influencers/{influencer}/erase")
    assert answer.status_code < 300, answer.text
    await drain()
    bodies = await owner.fetch("select body, status, why from inbound_deliveries order by id")
    assert [row["body"] for row in bodies] == [None, None]
    assert (bodies[1]["status"], bodies[1]["why"]) == ("ignored", "erased")
    assert (await client.get("/v1/mentions")).json()["data"] == []


@pytest.mark.parametrize(
    ("body", "path"),
    [
        ({"kind": "rss", "name": "a"}, "url"),
        ({"kind": "rss", "name": "a", "url": "http://127.0.0.1/feed"}, "url"),
        ({"kind": "rss", "name": "a", "url": "http://[::ffff:10.0.0.1]/feed"}, "url"),
        ({"kind": "rss", "name": "a", "url": "http://user@shop.example/"}, "url"),
        ({"kind": "x", "name": "a", "url": "https://a.example"}, "url"),
        ({"kind": "rss", "name": "a", "url": "https://a.example", "secret": "x"}, "secret"),
        ({"kind": "x", "name": "a", "access_token": "x"}, "access_token"),
        ({"kind": "x", "name": "a", "aliases": {"text": "t"}}, "aliases"),
        ({"kind": "generic", "name": "a", "aliases": {"odd": "t"}}, "aliases.odd"),
        ({"kind": "fax", "name": "a"}, "kind"),
    ],
)
async def test_what_no_source_can_be(client: httpx.AsyncClient, body: Json, path: str) -> None:
    answer = await client.post("/v1/listening/sources", json=body)
    assert answer.status_code == 400, answer.text
    assert [error["path"] for error in answer.json()["errors"]] == [path]


async def test_sources_are_walled(
    client: httpx.AsyncClient, other_client: httpx.AsyncClient, source: Make
) -> None:
    made = await source("x")
    one = f"/v1/listening/sources/{made['id']}"
    calls: list[Any] = [
        other_client.get(one),
        other_client.patch(one, json={"name": "b"}),
        other_client.delete(one),
        other_client.post(f"{one}/poll"),
        other_client.post(f"{one}/replay"),
        other_client.get(f"{one}/deliveries"),
    ]
    assert [(await call).status_code for call in calls] == [404] * 6
    assert (await other_client.get("/v1/listening/sources")).json()["data"] == []
    assert (await client.post(f"{one}/poll")).status_code == 409
