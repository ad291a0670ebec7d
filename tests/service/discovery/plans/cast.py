"""Short ways to influencers with followers and prices, and to plans."""

from collections.abc import Iterable
from typing import Any

import httpx

from tests.service.discovery.api import Json, influencer


def price(
    amount: int, currency: str = "TRY", form: str = "post", platform: str = "instagram", **more: Any
) -> Json:
    return {"platform": platform, "format": form, "price": {"amount": amount, "currency": currency}, **more}


async def person(
    client: httpx.AsyncClient,
    name: str,
    people: Iterable[int] | None = None,
    amount: int | None = None,
    **fields: Any,
) -> str:
    """The id of an influencer with these followers, and a price of one post."""
    if amount is not None:
        fields.setdefault("rates", [price(amount, platform=fields.get("platform", "instagram"))])
    key = await influencer(client, name, **fields)
    if people is not None:
        await follow(client, key, people)
    return key


async def follow(client: httpx.AsyncClient, key: str, people: Iterable[int], **params: Any) -> None:
    """Puts a list of followers."""
    body = "".join(f"u{one}\n" for one in people).encode()
    answer = await client.put(f"/v1/influencers/{key}/followers", params=params, content=body)
    assert answer.status_code == 200, answer.text


async def plan(client: httpx.AsyncClient, status: int = 201, **request: Any) -> Json:
    """A plan for a budget in TRY."""
    if isinstance(request.get("budget"), int):
        request["budget"] = {"amount": request["budget"], "currency": "TRY"}
    params = request.pop("params", {})
    headers = request.pop("headers", {})
    answer = await client.post("/v1/reach/plans", json=request, params=params, headers=headers)
    assert answer.status_code == status, answer.text
    found: Json = answer.json()
    return found


def chosen(shown: Json) -> list[str]:
    """Who is in a plan, in order."""
    return [each["influencer_id"] for each in shown["answer"]["chosen"]]


def reasons(shown: Json) -> dict[str, str]:
    """Why who is not."""
    return {each["influencer_id"]: each["reason"] for each in shown["answer"]["left_out"]}


def paths(problem: Json) -> list[str]:
    """Which fields fail."""
    return sorted(error["path"] for error in problem["errors"])
