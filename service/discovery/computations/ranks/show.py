"""Rows of an order as the API shows them; nodes that are shown to nobody are left out."""

from collections.abc import Iterator
from typing import Any

import numpy as np

from graph.build import Graph
from service.discovery.computations.nodes import Shown
from service.discovery.computations.pages import Columns
from service.discovery.computations.schemas import BridgeNode, HubNode, RankedNode


def ranked(graph: Graph, columns: Columns, told: Shown, first: int) -> list[RankedNode]:
    """Nodes with their PageRank."""
    scores = columns["scores"].tolist()
    return [
        RankedNode(**who, score=scores[at], relative=scores[at] * graph.size)
        for at, who in _rows(graph, columns, told, first)
    ]


def hubs(graph: Graph, columns: Columns, told: Shown, first: int) -> list[HubNode]:
    """Nodes as authorities and hubs."""
    authorities, hub = columns["authorities"].tolist(), columns["hubs"].tolist()
    return [
        HubNode(**who, authority=authorities[at], hub=hub[at])
        for at, who in _rows(graph, columns, told, first)
    ]


def bridges(graph: Graph, columns: Columns, told: Shown, first: int) -> list[BridgeNode]:
    """Nodes between communities."""
    between, codes = columns["betweenness"].tolist(), columns["codes"].astype(int).tolist()
    part = [None if np.isnan(each) else float(each) for each in columns["participation"]]
    return [
        BridgeNode(**who, betweenness=between[at], participation=part[at], community=codes[at])
        for at, who in _rows(graph, columns, told, first)
    ]


def _rows(graph: Graph, columns: Columns, told: Shown, first: int) -> Iterator[tuple[int, dict[str, Any]]]:
    nodes = graph.nodes[columns["places"]].tolist() if len(columns["places"]) else []
    for at, node in enumerate(nodes):
        if node in told.labels:
            yield (
                at,
                {
                    "rank": first + at + 1,
                    "node": node,
                    "label": told.labels[node],
                    "influencer_id": told.influencer_id(node),
                    "name": told.name(node),
                    "category": told.category(node),
                },
            )
