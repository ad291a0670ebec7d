"""Research graphs through the API: uploaded as they lie, read by the job, exported and uploaded again."""

from pathlib import Path
from typing import Any

import httpx
import numpy as np
import pytest

from graph import edgelists
from service.discovery.graphs import reading, store
from service.kit import ids
from service.kit.db import Database
from tests.service.discovery.graphs.conftest import Shelf, graphs

__all__ = ["graphs"]

# file, query, lines, nodes, arcs (parallel edges once), loops
FILES: list[tuple[str, dict[str, Any], int, int, int, int]] = [
    ("higgs_mention.edgelist.gz", {}, 150_818, 116_408, 145_465, 5_353),
    ("nethept_wc.inf.gz", {}, 62_752, 15_229, 62_752, 0),
    ("facebook_opim.txt.gz", {"skip": 1}, 176_468, 4_039, 176_468, 0),
    ("twitch_DE_edges.csv.gz", {"undirected": True}, 153_138, 9_498, 306_276, 0),
    ("fb_public_figure_edges.csv.gz", {"undirected": True}, 67_114, 11_565, 134_076, 76),
    ("netphy_multi.txt.gz", {"undirected": True, "skip": 1}, 231_507, 37_149, 348_322, 0),
]


@pytest.mark.parametrize(
    ("name", "asked", "lines", "nodes", "arcs", "loops"), FILES, ids=lambda one: str(one)[:12]
)
async def test_research_graphs(
    graphs: Shelf,
    database: Database,
    real_data: Path,
    name: str,
    asked: dict[str, Any],
    lines: int,
    nodes: int,
    arcs: int,
    loops: int,
):
    content = (real_data / "graphs" / name).read_bytes()
    wanted = edgelists.read([content], undirected=asked.get("undirected", False), skip=asked.get("skip", 0))
    key = await graphs.make()
    result = await graphs.upload(key, content, **asked)
    assert (result["lines"], result["nodes"], result["arcs"], result["loops"]) == (lines, nodes, arcs, loops)
    assert result["refused"] == {}
    made = await loaded(graphs.client, database, key)
    for part in ("nodes", "indptr", "indices", "weights"):
        assert np.array_equal(getattr(made, part), getattr(wanted.graph, part)), part


@pytest.mark.parametrize("format", ["graphml", "gexf"])
async def test_an_export_makes_the_same_graph(
    graphs: Shelf, database: Database, real_data: Path, format: str
):
    key, again = await graphs.make(), await graphs.make()
    await graphs.upload(key, (real_data / "graphs" / "nethept_wc.inf.gz").read_bytes())
    result = await graphs.upload(again, (await graphs.export(key, format)).content)
    assert (result["refused"], result["arcs"]) == ({}, 62_752)
    one, other = [await loaded(graphs.client, database, each) for each in (key, again)]
    assert np.array_equal(one.indices, other.indices)
    assert np.array_equal(one.weights, other.weights)
    assert np.array_equal(one.nodes, other.nodes)


async def loaded(client: httpx.AsyncClient, database: Database, key: str):
    """The graph as computations read it."""
    workspace = ids.read("ws", (await client.get("/v1/me")).json()["workspace"]["id"])
    graph_id = ids.read("gra", key)
    async with database.transaction(workspace) as db:
        row = await store.get_graph(db, workspace, graph_id)
    return await reading.load(database, workspace, graph_id, row.version)
