"""A graph of the workspace's edges: who mentions, follows, works with whom, as it is known now."""

import asyncio
from array import array
from collections.abc import AsyncIterator
from uuid import UUID

import numpy as np

from graph.build import Graph, build
from graph.collecting import MOST_EDGES
from service.discovery.graphs import store
from service.discovery.graphs.parsing import check
from service.discovery.graphs.problems import GraphTooLarge, WrongSource
from service.discovery.graphs.schemas import ArcGroup, Derived, GraphRow, SourceFile
from service.discovery.graphs.writing import put
from service.kit import clock, ids
from service.kit.db import Connection
from service.kit.jobs import Work

# Arcs in one of PostgreSQL's values: it holds a gigabyte at most, and takes twelve bytes a number.
GROUP = 500_000
# An array's elements, each behind its length.
_WHOLE = np.dtype([("length", ">i4"), ("value", ">i8")])
_REAL = np.dtype([("length", ">i4"), ("value", ">f8")])


class _Columns:
    """Arcs as they come, eight bytes a number."""

    def __init__(self) -> None:
        self.sources, self.targets, self.weights = array("q"), array("q"), array("d")

    def add(self, group: ArcGroup) -> None:
        """A group of them."""
        for column, data, kind, plain in (
            (self.sources, group.sources, _WHOLE, "<i8"),
            (self.targets, group.targets, _WHOLE, "<i8"),
            (self.weights, group.weights, _REAL, "<f8"),
        ):
            column.frombytes(np.frombuffer(data, dtype=kind)["value"].astype(plain).tobytes())

    def graph(self, directed: bool) -> Graph:
        """The graph of them; without direction each arc leads both ways."""
        sources, targets = (np.frombuffer(each, dtype=np.int64) for each in (self.sources, self.targets))
        weights = np.frombuffer(self.weights)
        if directed:
            return build(sources, targets, weights)
        both = np.concatenate((sources, targets)), np.concatenate((targets, sources))
        return build(*both, np.concatenate((weights, weights)))


async def derive(work: Work, graph_id: UUID) -> Derived:
    """Reads the edges and switches the graph to them. Raises GraphTooLarge, NoForest, Cancelled."""
    async with work.transaction() as db:
        await store.lock_arrays(db, work.workspace_id, graph_id)
        row = await store.get_graph(db, work.workspace_id, graph_id)
        if row.source != "edges":
            raise WrongSource("it is made of files")
        # Before the edges are read: what changes meanwhile makes the graph stale again.
        edges_version = await store.edges_version(db, work.workspace_id)
        edges = await _count(db, work.workspace_id, row)
        columns = _Columns()
        async for group in _groups(db, work.workspace_id, row, edges):
            columns.add(group)
            await work.progress(len(columns.sources), edges)
        graph = await asyncio.to_thread(columns.graph, row.directed)
        await asyncio.to_thread(check, graph, row)
        told = SourceFile("edges", None, edges, {}, await clock.now(db))
        version = await put(db, work.workspace_id, row, graph, [told], edges_version=edges_version)
        result = Derived(ids.show("gra", graph_id), edges, graph.size, graph.arcs, version)
        work.report(edges, edges)
        await work.finish(db, result)
    return result


async def _count(db: Connection, workspace_id: UUID, row: GraphRow) -> int:
    edges = await store.count_edges(db, workspace_id, row.kinds, row.platforms, row.since)
    if edges > MOST_EDGES:
        raise GraphTooLarge(f"{edges:,} edges, {MOST_EDGES:,} at most", limit=MOST_EDGES)
    return edges


def _groups(db: Connection, workspace_id: UUID, row: GraphRow, edges: int) -> AsyncIterator[ArcGroup]:
    number = edges // GROUP + 1
    return store.arc_groups(db, workspace_id, row.kinds, row.platforms, row.since, number)
