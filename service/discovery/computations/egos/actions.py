"""Whose surroundings are drawn, and those of an influencer in the workspace's own edges."""

from collections.abc import Sequence
from typing import NamedTuple
from uuid import UUID

import numpy as np

from graph.build import build
from service.discovery.computations import asking, store
from service.discovery.computations.asking import Target
from service.discovery.computations.problems import UnfitParameters
from service.discovery.computations.schemas import (
    ArcRow,
    EgoEdge,
    EgoNode,
    InfluencerNetwork,
    PictureRow,
)
from service.discovery.computations.threads import in_thread
from service.discovery.graphs import reading
from service.influencers.profiles.schemas import InfluencerRow
from service.kit import ids
from service.kit.db import Connection
from service.settings import Settings

# No node of the workspace's edges has this number: all accounts of the influencer together.
OWN = 0


class Around(NamedTuple):
    """Nodes around some others, the nearest first, and how many as near were left out."""

    nodes: list[int]
    left_out: int


class Picture(NamedTuple):
    """Nodes with their distance and place; arcs by ends in `nodes`."""

    nodes: list[int]
    steps: list[int]
    x: list[float]
    y: list[float]
    edges: list[EgoEdge]


async def centre(
    db: Connection, settings: Settings, to: Target, node: str | None, influencer_id: str | None
) -> int:
    """The place of the node that is asked for. Raises UnfitParameters."""
    if (node is None) == (influencer_id is None):
        errors = [{"path": "node", "message": "give exactly one of node and influencer_id"}]
        raise UnfitParameters("whose surroundings?", errors=errors)
    parameter, asked = ("node", node) if node is not None else ("influencer_id", influencer_id)
    places = await asking.places_named(db, to, parameter, [asked or ""])
    nodes = to.graph.nodes[places].tolist()
    labels = await reading.labels(db, settings, to.row, to.workspace_id, nodes)
    degree = np.diff(to.graph.indptr) + np.bincount(to.graph.indices, minlength=to.graph.size)
    open_to = [place for place, each in zip(places, nodes, strict=True) if each in labels]
    if not open_to:
        errors = [{"path": parameter, "message": "is no node of the graph, nor an influencer who is in it"}]
        raise UnfitParameters(f"{parameter} is not in the graph", errors=errors, unknown=[asked])
    return max(open_to, key=lambda place: (int(degree[place]), -place))


async def network(
    db: Connection, workspace_id: UUID, owner: InfluencerRow, kind: str | None, radius: int, most: int
) -> InfluencerNetwork:
    """The picture of an influencer, drawn in a thread."""
    own = await store.nodes_of_influencer(db, workspace_id, owner.id)
    around = await _around(db, workspace_id, own, kind, radius, most - 1)
    arcs = await store.arcs_among(db, workspace_id, [*own, *around.nodes], kind)
    picture = await in_thread(lambda: _drawn(set(own), around.nodes, arcs, radius))
    rows = {row.id: row for row in await store.pictured(db, workspace_id, picture.nodes)}
    nodes = [_shown(picture, at, rows.get(node), owner) for at, node in enumerate(picture.nodes)]
    return InfluencerNetwork(ids.show("inf", owner.id), nodes, picture.edges, around.left_out)


async def _around(
    db: Connection, workspace_id: UUID, own: Sequence[int], kind: str | None, radius: int, room: int
) -> Around:
    """Step by step, as graph.ego does it: the strongest of those that are as near, while there is room."""
    last, found = list(own), list[int]()
    for _ in range(radius):
        rows = await store.neighbours(db, workspace_id, last, [*own, *found], kind, room - len(found))
        last = [row.node for row in rows]
        found += last
        if rows and rows[0].total > len(rows):
            return Around(found, rows[0].total - len(rows))
        if not last or len(found) >= room:
            break
    return Around(found, 0)


def _drawn(own: set[int], others: Sequence[int], arcs: Sequence[ArcRow], radius: int) -> Picture:
    from graph.ego import ego

    sources = [OWN if arc.src in own else arc.src for arc in arcs]
    targets = [OWN if arc.dst in own else arc.dst for arc in arcs]
    graph = build(sources, targets, [arc.weight for arc in arcs], nodes=[OWN, *others])
    found = ego(graph, OWN, radius=radius, most=len(others) + 1)
    ends = (found.sources.tolist(), found.targets.tolist(), found.weights.tolist())
    return Picture(
        found.nodes.tolist(),
        found.steps.tolist(),
        found.x.round(5).tolist(),
        found.y.round(5).tolist(),
        [EgoEdge(*each) for each in zip(*ends, strict=True)],
    )


def _shown(picture: Picture, at: int, row: PictureRow | None, owner: InfluencerRow) -> EgoNode:
    where = (picture.steps[at], picture.x[at], picture.y[at])
    if row is None:
        first = owner.categories[0] if owner.categories else None
        own = ids.show("inf", owner.id)
        return EgoNode(own, owner.name, own, owner.name, first, None, *where)
    label = f"{row.platform}:{row.handle}"
    who = ids.show_or_none("inf", row.influencer_id)
    return EgoNode(row.id, label, who, row.name, row.category, row.platform, *where)
