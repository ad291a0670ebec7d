"""Short ways to make things through the API."""

from collections.abc import Mapping
from typing import Any

import httpx

Json = dict[str, Any]


async def made(client: httpx.AsyncClient, path: str, body: Any, status: int = 201) -> Json:
    """The answer to a POST that has to work."""
    answer = await client.post(path, json=body)
    assert answer.status_code == status, f"{path}: {answer.text}"
    found: Json = answer.json()
    return found


async def influencer(
    client: httpx.AsyncClient,
    name: str,
    *,
    platform: str = "instagram",
    followers: int | None = 10_000,
    er: float | None = None,
    n: int | None = None,
    audience: Mapping[str, Mapping[str, float]] | None = None,
    sample: int | None = None,
    **fields: Any,
) -> str:
    """The id of a new influencer with one account."""
    account: Json = {"platform": platform, "handle": name.lower().replace(" ", "."), "followers": followers}
    if er is not None:
        account["engagement_rate"] = {"value": er} | ({} if n is None else {"n": n, "statistic": "mean"})
    shown = await made(client, "/v1/influencers", {"name": name, "accounts": [account], **fields})
    if audience:
        cells = [
            {"dimension": dimension, "code": code, "share": share}
            for dimension, shares in audience.items()
            for code, share in shares.items()
        ]
        answer = await client.put(
            f"/v1/influencers/{shown['id']}/audience",
            json={"distributions": cells} | ({} if sample is None else {"sample_size": sample}),
        )
        assert answer.status_code == 200, answer.text
    return str(shown["id"])


async def brief(client: httpx.AsyncClient, **wishes: Any) -> str:
    """The id of a new brief."""
    return str((await made(client, "/v1/briefs", {"name": "Brief", **wishes}))["id"])


async def scores(client: httpx.AsyncClient, brief_id: str, **request: Any) -> Json:
    """A page of scores."""
    return await made(client, f"/v1/briefs/{brief_id}/scores", request, status=200)


def ids_of(page: Json) -> list[str]:
    """Who stands on a page of scores or of items, in order."""
    return [row["influencer"]["id"] for row in page["data"]]
