"""Short ways to make lists."""

from collections.abc import Sequence

import httpx

from tests.service.discovery.api import Json, influencer, made


async def shortlist(client: httpx.AsyncClient, people: Sequence[str] = (), **fields: object) -> str:
    """The id of a new list with some people on it."""
    shown = await made(client, "/v1/shortlists", {"name": "List", **fields})
    if people:
        await put_on(client, shown["id"], people)
    return str(shown["id"])


async def put_on(client: httpx.AsyncClient, list_id: str, people: Sequence[str]) -> Json:
    """Puts people on a list by their ids."""
    return await made(client, f"/v1/shortlists/{list_id}/items", {"influencer_ids": list(people)}, status=200)


async def some(client: httpx.AsyncClient, number: int) -> list[str]:
    """Influencers, the best first."""
    return [await influencer(client, f"Person {at}", er=0.09 - at * 0.01) for at in range(number)]


async def items(client: httpx.AsyncClient, list_id: str, **params: object) -> list[Json]:
    """A page of a list's items."""
    answer = await client.get(f"/v1/shortlists/{list_id}/items", params=params)  # type: ignore[arg-type]
    assert answer.status_code == 200, answer.text
    rows: list[Json] = answer.json()["data"]
    return rows


def statuses(rows: Sequence[Json]) -> dict[str, str]:
    """Statuses by influencer."""
    return {row["influencer"]["id"]: row["status"] for row in rows}
