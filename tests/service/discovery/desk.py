"""Files of edges and posts for tests: sent as a client sends them, and taken in at once."""

from collections.abc import Awaitable, Callable
from typing import Any

import httpx

Json = dict[str, Any]


class Desk:
    """A client with a worker behind it."""

    def __init__(self, client: httpx.AsyncClient, work: Callable[[], Awaitable[object]]) -> None:
        self.client, self.work = client, work

    async def take_in(self, text: str, kind: str = "edges", **asked: str) -> Json:
        """The import of a file, done, and everything that follows from it."""
        named = {"kind": kind, "filename": f"{kind}.csv", **asked}
        made = await self.client.post("/v1/imports", params=named, content=text.encode())
        assert made.status_code == 202, made.text
        await self.work()
        shown: Json = (await self.client.get(f"/v1/imports/{made.json()['id']}")).json()
        return shown

    async def rejects(self, made: Json) -> list[tuple[int, str]]:
        """Row and reason of what an import refused."""
        answer = await self.client.get(f"/v1/imports/{made['id']}/rejects")
        return [(each["row"], each["code"]) for each in answer.json()["data"]]

    async def edges(self, influencer_id: str, **asked: Any) -> list[Json]:
        """An influencer's edges, all pages of them."""
        found: list[Json] = []
        cursor: str | None = None
        while True:
            query = asked | ({"cursor": cursor} if cursor else {})
            answer = await self.client.get(f"/v1/influencers/{influencer_id}/edges", params=query)
            assert answer.status_code == 200, answer.text
            found += answer.json()["data"]
            cursor = answer.json()["next_cursor"]
            if not cursor:
                return found

    async def said(self, influencer_id: str, **asked: Any) -> list[tuple[str, str, str]]:
        """Its edges as direction, kind and the other's handle, sorted."""
        rows = await self.edges(influencer_id, **asked)
        return sorted((row["direction"], row["kind"], row["other"]["handle"]) for row in rows)

    async def summary(self) -> Json:
        """What is known in all."""
        shown: Json = (await self.client.get("/v1/edges/summary")).json()
        return shown

    async def post(self, influencer_id: str, *captions: str, **fields: Any) -> None:
        """Posts of an influencer, known by their captions' first word."""
        posts = [{"platform_id": each.split()[0], "caption": each, **fields} for each in captions]
        path = f"/v1/influencers/{influencer_id}/posts"
        answer = await self.client.post(path, json={"posts": posts})
        assert answer.status_code == 200, answer.text
        assert answer.json()["rejected"] == 0, answer.text
        await self.work()
