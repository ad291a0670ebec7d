"""A page of a graph's nodes, with who they are."""

import asyncio
from typing import Any

import numpy as np

from graph.build import Graph
from service.accounts.callers import Caller
from service.discovery.graphs import reading, store
from service.discovery.graphs.nodes import Places, degrees, ordered
from service.discovery.graphs.schemas import After, GraphNode, GraphRow, Member, NodeId, Order
from service.kit import ids, paging
from service.kit.db import Connection
from service.kit.paging import Page
from service.kit.text import fold_tr
from service.settings import Settings


async def page_of_nodes(
    db: Connection,
    settings: Settings,
    caller: Caller,
    row: GraphRow,
    word: str | None,
    order: Order,
    after: After | None,
    limit: int,
) -> Page[GraphNode]:
    """Nodes from a place on; those of people who left are left out, so a page may be shorter.

    Pages go on in the version that the first one was of. Raises GraphChanged where that is gone.
    """
    version, place = after or (row.version, 0)
    graph = await reading.load(db, caller.workspace_id, row.id, version)
    places = await _places(db, caller, row, graph, word, order)
    chosen = places[place : place + limit]
    more = place + limit < len(places)
    cursor = paging.encode((version, place + limit)) if more else None
    return Page(await _shown(db, settings, caller, row, graph, chosen), cursor, more)


async def _places(
    db: Connection, caller: Caller, row: GraphRow, graph: Graph, word: str | None, order: Order
) -> Places:
    """The places in their order; a derived graph's nodes are called what the workspace calls them."""
    if word is None or row.source == "upload":
        return await asyncio.to_thread(ordered, graph, order, word)
    called = await store.nodes_called(db, caller.workspace_id, fold_tr(word))
    inside = graph.places(list(reading.present(graph, list(called)).values()))
    everybody = await asyncio.to_thread(ordered, graph, order)
    among = np.zeros(graph.size, dtype=bool)
    among[inside] = True
    return np.asarray(everybody[among[everybody]])


async def _shown(
    db: Connection, settings: Settings, caller: Caller, row: GraphRow, graph: Graph, places: Places
) -> list[GraphNode]:
    nodes: list[NodeId] = graph.nodes[places].tolist()
    labels = await reading.labels(db, settings, row, caller.workspace_id, nodes)
    members = await reading.members(db, caller.workspace_id, row.id, nodes)
    found = await asyncio.to_thread(degrees, graph, places)
    return [
        _node(node, labels[node], members.get(node), *figures)
        for node, *figures in zip(nodes, *found, strict=True)
        if node in labels
    ]


def _node(node: NodeId, label: str, who: Member | None, *figures: Any) -> GraphNode:
    if who is None:
        return GraphNode(node, label, None, None, None, *figures)
    return GraphNode(node, label, ids.show("inf", who.influencer_id), who.name, who.category, *figures)
