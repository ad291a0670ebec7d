"""Graphs in the database: versions, who the nodes are."""

import tracemalloc
from uuid import UUID

import numpy as np
import pytest

import service.discovery.graphs.packing as packing
from graph.build import Graph, build
from service.discovery.graphs import reading, store
from service.discovery.graphs.cache import Graphs
from service.discovery.graphs.problems import GraphChanged, NoArcs, UnknownGraph
from service.discovery.graphs.writing import put
from service.kit import ids
from service.kit.db import Connection

TEXTS = build(["ayşe", "bora", "cem", "cem"], ["bora", "cem", "ayşe", "cem"], [0.5, 2.0, 3.0, 1.0])
NUMBERS = build([1, 2, 7], [2, 7, 1])


async def add(db: Connection, workspace: UUID, source: str = "upload", platform: str | None = None) -> UUID:
    graph_id = ids.new()
    values = ("Ağ", "follow", True, source, True, platform, [], [], None, "key_test")
    await store.add_graph(db, workspace, graph_id, *values)
    return graph_id


async def write(db: Connection, workspace: UUID, graph_id: UUID, graph: Graph, **more: bool) -> int:
    return await put(db, workspace, await reading.get_graph(db, workspace, graph_id), graph, [], **more)


@pytest.fixture(autouse=True)
def _cold(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "_CACHE", Graphs())


@pytest.mark.parametrize("graph", [TEXTS, NUMBERS, build([], [])])
@pytest.mark.parametrize("part", [16, 4_000_000])
async def test_what_is_written_is_read(
    db: Connection, workspace: UUID, monkeypatch: pytest.MonkeyPatch, graph: Graph, part: int
):
    monkeypatch.setattr(packing, "PART", part)
    graph_id = await add(db, workspace)
    with pytest.raises(NoArcs):
        await reading.get_ready(db, workspace, graph_id)
    assert await write(db, workspace, graph_id, graph) == 1
    row = await reading.get_graph(db, workspace, graph_id)
    assert (row.version, row.nodes, row.arcs, row.loops) == (1, graph.size, graph.arcs, graph.loops)
    assert (row.status, row.stale, row.reverse) == ("ready", False, True)
    made = await reading.load(db, workspace, graph_id, 1)
    for name in ("nodes", "indptr", "indices", "weights", "loops"):
        assert np.array_equal(getattr(made, name), getattr(graph, name)), name
    assert await reading.load(db, workspace, graph_id, 1) is made
    if graph.arcs:
        assert (await reading.get_ready(db, workspace, graph_id)).version == 1


async def test_two_versions_are_kept_and_none_of_the_erased(db: Connection, workspace: UUID):
    graph_id = await add(db, workspace)
    for graph in (TEXTS, NUMBERS, TEXTS):
        await write(db, workspace, graph_id, graph)
    with pytest.raises(GraphChanged):
        await reading.load(db, workspace, graph_id, 1)
    assert (await reading.load(db, workspace, graph_id, 2)).nodes.tolist() == [1, 2, 7]
    assert (await reading.load(db, workspace, graph_id, 3)).nodes.tolist() == ["ayşe", "bora", "cem"]
    await write(db, workspace, graph_id, NUMBERS, forget=True)
    left = await db.fetch("select distinct version from graph_arrays where workspace_id = $1", workspace)
    assert [row[0] for row in left] == [4]


async def test_unknown(db: Connection, workspace: UUID):
    with pytest.raises(UnknownGraph):
        await reading.get_graph(db, workspace, ids.new())
    with pytest.raises(GraphChanged):
        await reading.load(db, workspace, ids.new(), 1)


def test_ids_are_found_as_text_and_as_numbers():
    assert reading.present(NUMBERS, ["2", 7, "x", "02", 3]) == {"2": 2, "7": 7}
    assert reading.present(TEXTS, ["bora", "boran", 5]) == {"bora": "bora"}
    assert reading.present(build([], []), ["a"]) == {}


def test_a_long_id_does_not_widen_all_others():
    graph = build([f"n{at}" for at in range(20_000)], ["hub"] * 20_000)
    tracemalloc.start()
    try:
        assert reading.present(graph, ["x" * 200, "hub"]) == {"hub": "hub"}
        assert tracemalloc.get_traced_memory()[1] < graph.nodes.nbytes
    finally:
        tracemalloc.stop()
