"""Graphs to compute on: put into the database as an upload leaves them there."""

from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID

import httpx
import pytest

from graph.build import Graph
from service.discovery.graphs import reading, store, writing
from service.kit import ids
from service.kit.db import Database

Json = dict[str, Any]
Drain = Callable[[], Awaitable[None]]


class Net:
    """A client with graphs and a worker behind it."""

    def __init__(self, client: httpx.AsyncClient, database: Database, drain: Drain) -> None:
        self.client, self.database, self.drain = client, database, drain

    async def put(
        self, graph: Graph, graph_id: str | None = None, *, reverse: bool = False, platform: str | None = None
    ) -> str:
        """A graph's id; with `graph_id` another version of it."""
        workspace = await self.workspace()
        made = ids.new() if graph_id is None else ids.read("gra", graph_id)
        async with self.database.transaction(workspace) as db:
            if graph_id is None:
                values = ("Ağ", "other", True, "upload", reverse, platform, [], [], None, "key_test")
                await store.add_graph(db, workspace, made, *values)
            row = await reading.get_graph(db, workspace, made)
            await writing.put(db, workspace, row, graph, [])
        return ids.show("gra", made)

    async def workspace(self) -> UUID:
        return ids.read("ws", (await self.client.get("/v1/me")).json()["workspace"]["id"])

    async def post(self, graph_id: str, what: str, status: int = 200, **body: Any) -> Json:
        answer = await self.client.post(f"/v1/graphs/{graph_id}/{what}", json=body)
        assert answer.status_code == status, answer.text
        made: Json = answer.json()
        return made

    async def get(self, graph_id: str, what: str, status: int = 200, **query: Any) -> Json:
        answer = await self.client.get(f"/v1/graphs/{graph_id}/{what}", params=query)
        assert answer.status_code == status, answer.text
        made: Json = answer.json()
        return made

    async def influence(self, graph_id: str, **body: Any) -> Json:
        """The answer after the job."""
        await self.post(graph_id, "influence", 202, **body)
        await self.drain()
        return await self.post(graph_id, "influence", **body)

    async def results(self) -> int:
        async with self.database.transaction(await self.workspace()) as db:
            return int(await db.fetchval("select count(*) from graph_results"))


@pytest.fixture
def net(client: httpx.AsyncClient, database: Database, drain: Drain) -> Net:
    """Graphs of a workspace of the test's own."""
    return Net(client, database, drain)
