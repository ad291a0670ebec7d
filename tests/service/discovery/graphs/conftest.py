"""Reach graphs over HTTP."""

from collections.abc import Awaitable, Callable
from typing import Any

import httpx
import pytest

from service.discovery.graphs import reading
from service.discovery.graphs.cache import Graphs
from tests.service.discovery.api import made

Json = dict[str, Any]


class Shelf:
    """A client with a worker behind it, and its graphs."""

    def __init__(self, client: httpx.AsyncClient, work: Callable[[], Awaitable[object]]) -> None:
        self.client, self.work = client, work

    async def make(self, kind: str = "other", **fields: Any) -> str:
        """The id of a new graph."""
        return str((await made(self.client, "/v1/graphs", {"name": "Ağ", "kind": kind, **fields}))["id"])

    async def send(self, graph_id: str, content: bytes | str, **asked: Any) -> str:
        """Uploads edges; the job's id."""
        body = content.encode() if isinstance(content, str) else content
        answer = await self.client.post(f"/v1/graphs/{graph_id}/edges", params=asked, content=body)
        assert answer.status_code == 202, answer.text
        assert answer.headers["location"] == f"/v1/jobs/{answer.json()['job_id']}"
        assert answer.json()["graph_id"] == graph_id
        return str(answer.json()["job_id"])

    async def job(self, job_id: str) -> Json:
        """A job as it stands."""
        found: Json = (await self.client.get(f"/v1/jobs/{job_id}")).json()
        return found

    async def upload(self, graph_id: str, content: bytes | str, **asked: Any) -> Json:
        """What became of a file."""
        job_id = await self.send(graph_id, content, **asked)
        await self.work()
        job = await self.job(job_id)
        assert job["status"] == "succeeded", job["error"]
        result: Json = job["result"]
        return result

    async def failed(self, graph_id: str, content: bytes | str, **asked: Any) -> Json:
        """The problem that a file ended in."""
        job_id = await self.send(graph_id, content, **asked)
        await self.work()
        job = await self.job(job_id)
        assert job["status"] == "failed", job
        error: Json = job["error"]
        return error

    async def get(self, graph_id: str) -> Json:
        """The graph."""
        answer = await self.client.get(f"/v1/graphs/{graph_id}")
        assert answer.status_code == 200, answer.text
        shown: Json = answer.json()
        return shown

    async def nodes(self, graph_id: str, **asked: Any) -> list[Json]:
        """All pages of its nodes."""
        rows: list[Json] = []
        while True:
            answer = await self.client.get(f"/v1/graphs/{graph_id}/nodes", params=asked)
            assert answer.status_code == 200, answer.text
            rows += answer.json()["data"]
            if not answer.json()["has_more"]:
                return rows
            asked["cursor"] = answer.json()["next_cursor"]

    async def labels(self, graph_id: str, **asked: Any) -> list[str]:
        """What its nodes are called, in order."""
        return [each["label"] for each in await self.nodes(graph_id, **asked)]

    async def export(self, graph_id: str, format: str) -> httpx.Response:
        """The graph as a file."""
        return await self.client.get(f"/v1/graphs/{graph_id}/export", params={"format": format})

    async def arcs(self, graph_id: str) -> dict[tuple[Any, Any], float]:
        """Its arcs and their weights."""
        answer = await self.export(graph_id, "json")
        assert answer.status_code == 200, answer.text
        return {(each["source"], each["target"]): each["weight"] for each in answer.json()["edges"]}


@pytest.fixture
def graphs(client: httpx.AsyncClient, drain, monkeypatch: pytest.MonkeyPatch) -> Shelf:
    monkeypatch.setattr(reading, "_CACHE", Graphs())
    return Shelf(client, drain)
