"""A graph on its way out: who may be named, with what is known of them, and the lines in the meantime."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from itertools import islice
from typing import Any
from uuid import UUID

from graph.build import Graph, without
from graph.exports import gexf, graphml, node_link
from service.discovery.graphs import reading
from service.discovery.graphs.problems import GraphTooLarge
from service.discovery.graphs.schemas import ExportFormat, GraphRow, Member, NodeId
from service.kit import ids
from service.kit.db import Connection
from service.settings import Settings

# No one draws more, and a browser holds it as objects.
MOST_DRAWN = 200_000
# Of so many nodes all are named at once.
MOST_NODES = 1_000_000
MOST_ARCS = 5_000_000
_BATCH = 20_000
_LINES = 2_000

TYPES: dict[ExportFormat, str] = {
    "graphml": "application/graphml+xml; charset=utf-8",
    "gexf": "application/gexf+xml; charset=utf-8",
    "json": "application/json",
}


def bound(row: GraphRow, format: ExportFormat) -> None:
    """Raises GraphTooLarge."""
    arcs = MOST_DRAWN if format == "json" else MOST_ARCS
    nodes = MOST_DRAWN if format == "json" else MOST_NODES
    if row.arcs > arcs or row.nodes > nodes:
        raise GraphTooLarge(
            f"{row.nodes:,} nodes and {row.arcs:,} arcs; as {format} at most {nodes:,} and {arcs:,}",
            limit=arcs,
        )


async def attributed(
    db: Connection, settings: Settings, workspace_id: UUID, row: GraphRow
) -> tuple[Graph, dict[str, list[Any]]]:
    """The graph without people who left, and of each node label, influencer_id and category."""
    graph = await reading.load(db, workspace_id, row.id, row.version)
    labels: dict[NodeId, str] = {}
    members: dict[NodeId, Member] = {}
    for begin in range(0, graph.size, _BATCH):
        nodes: list[NodeId] = graph.nodes[begin : begin + _BATCH].tolist()
        labels |= await reading.labels(db, settings, row, workspace_id, nodes)
        members |= await reading.members(db, workspace_id, row.id, nodes)
    gone = [place for place, node in enumerate(graph.nodes.tolist()) if node not in labels]
    shown = await asyncio.to_thread(without, graph, gone) if gone else graph
    kept: list[NodeId] = shown.nodes.tolist()
    found = [members.get(node) for node in kept]
    return shown, {
        "label": [labels[node] for node in kept],
        "influencer_id": [ids.show("inf", each.influencer_id) if each else None for each in found],
        "category": [each.category if each else None for each in found],
    }


async def lines(graph: Graph, attributes: dict[str, list[Any]], format: ExportFormat) -> AsyncIterator[str]:
    """The document in pieces, written in a thread."""
    if format == "json":
        yield await asyncio.to_thread(node_link, graph, attributes)
        return
    written = iter((graphml if format == "graphml" else gexf)(graph, attributes))
    while piece := await asyncio.to_thread(_piece, written):
        yield piece


def _piece(written: Iterator[str]) -> str:
    return "".join(f"{line}\n" for line in islice(written, _LINES))
