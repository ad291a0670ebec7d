"""Mentions are joined to influencers who become known later; whom they name is an edge; undone by erasure."""

from collections.abc import Awaitable, Callable
from typing import Any

import httpx

Drain = Callable[[], Awaitable[None]]


def told(at: int, text: str, handle: str) -> dict[str, Any]:
    return {
        "native_id": f"m{at}",
        "platform": "x",
        "text": text,
        "author_handle": handle,
        "published_at": f"2026-03-0{at}T10:00:00Z",
        "followers": 10,
    }


async def send(client: httpx.AsyncClient, *mentions: dict[str, Any]) -> None:
    answer = await client.post("/v1/mentions", json={"mentions": list(mentions)})
    assert answer.json()["rejected"] == 0, answer.text


async def make(client: httpx.AsyncClient, handle: str) -> str:
    body = {"name": handle, "accounts": [{"platform": "x", "handle": handle}]}
    answer = await client.post("/v1/influencers", json=body)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


async def edges(client: httpx.AsyncClient, influencer: str) -> list[tuple[str, str, str]]:
    page = (await client.get(f"/v1/influencers/{influencer}/edges")).json()["data"]
    return sorted((one["kind"], one["direction"], one["other"]["handle"]) for one in page)


async def by(client: httpx.AsyncClient, influencer: str) -> list[str]:
    page = (await client.get("/v1/mentions", params={"influencer_id": influencer})).json()["data"]
    volume = await client.get(
        "/v1/listening/volume",
        params={"influencer_id": influencer, "from": "2026-03-01", "to": "2026-03-31", "group_by": ""},
    )
    assert volume.json()["totals"]["mentions"] == len(page)
    return [one["native_id"] for one in page]


async def test_later_joins_and_edges(client: httpx.AsyncClient, drain: Drain) -> None:
    ece = await make(client, "ece")
    await send(
        client,
        told(1, "selam @Ece, a@ece.com @yabanci", "Ada"),
        told(2, "@ada merhaba", "ece"),
        told(3, "hiç", "@ada"),
    )
    await drain()
    # Nobody knows ada yet.
    assert await edges(client, ece) == []
    ada = await make(client, "ada")
    await drain()
    assert await by(client, ada) == ["m3", "m1"]
    assert await edges(client, ada) == [("mention", "out", "ece")]
    await send(client, told(4, "@ece teşekkürler", "ada"), told(1, "selam @Ece, a@ece.com @yabanci", "Ada"))
    await drain()
    assert await edges(client, ada) == [("mention", "out", "ece")] * 2
    await send(
        client, told(4, "@ece teşekkürler", "ada") | {"likes": 4, "observed_at": "2026-03-09T00:00:00Z"}
    )
    await drain()
    assert await edges(client, ece) == [("mention", "in", "ada")] * 2
    assert (await client.delete(f"/v1/influencers/{ada}")).status_code in (200, 202, 204)
    await drain()


async def test_who_opted_out_is_unnamed(client: httpx.AsyncClient, drain: Drain) -> None:
    ada = await make(client, "ada")
    await send(client, told(1, "kahve", "ada"), told(2, "çay", "baska"))
    answer = await client.post(f"/v1/influencers/{ada}/opt-out", json={})
    assert answer.status_code < 300, answer.text
    await drain()
    page = (await client.get("/v1/mentions")).json()["data"]
    assert [one["author"]["handle"] for one in page] == ["baska", None]
    assert page[1]["author"] == dict.fromkeys(("name", "handle", "followers", "influencer_id", "account_id"))
    span = {"from": "2026-03-01", "to": "2026-03-31"}
    found = (await client.get("/v1/listening/authors", params=span)).json()
    assert [one["handle"] for one in found["data"]] == ["baska"]
    total = (await client.get("/v1/listening/volume", params=span)).json()["totals"]
    assert (total["mentions"], total["authors"], total["unnamed"]) == (2, 1, 1)


async def test_erased_authors_leave_no_trace(client: httpx.AsyncClient, drain: Drain) -> None:
    ada, ece = await make(client, "ada"), await make(client, "ece")
    await send(client, told(1, "@ece selam", "ada"), told(2, "çay", "baska"))
    await drain()
    assert await edges(client, ece) == [("mention", "in", "ada")]
    answer = await client.post(f"/v1/influencers/{ada}/erase", json={})
    assert answer.status_code < 300, answer.text
    await drain()
    assert await edges(client, ece) == []
    total = await client.get("/v1/listening/volume", params={"from": "2026-03-01", "to": "2026-03-31"})
    assert total.json()["totals"]["mentions"] == 1
