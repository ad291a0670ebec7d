"""Pictures as the API shows them: nodes that are shown to nobody go, and their arcs with them."""

from collections.abc import Sequence

import msgspec

from service.discovery.computations.asking import head
from service.discovery.computations.nodes import Shown
from service.discovery.computations.operations.ego import EgoFound
from service.discovery.computations.schemas import EgoEdge, EgoNetwork, EgoNode, ResultRow
from service.discovery.graphs.schemas import NodeId


def ego(row: ResultRow, nodes: Sequence[NodeId], told: Shown) -> EgoNetwork:
    """The picture of a stored result; the centre may be shown."""
    found = msgspec.convert(row.result, EgoFound)
    kept = [at for at, node in enumerate(nodes) if node in told.labels]
    return EgoNetwork(
        **head(row),
        center=nodes[0],
        nodes=[
            EgoNode(
                node=nodes[at],
                label=told.labels[nodes[at]],
                influencer_id=told.influencer_id(nodes[at]),
                name=told.name(nodes[at]),
                category=told.category(nodes[at]),
                platform=told.platform(nodes[at]),
                step=found.steps[at],
                x=found.x[at],
                y=found.y[at],
            )
            for at in kept
        ],
        edges=edges(found.sources, found.targets, found.weights, kept),
        left_out=found.left_out + len(nodes) - len(kept),
    )


def edges(
    sources: Sequence[int], targets: Sequence[int], weights: Sequence[float], kept: Sequence[int]
) -> list[EgoEdge]:
    """Arcs among the nodes that are kept, by their new places.

    >>> edges([0, 1], [2, 0], [1.0, 5.0], [0, 2])
    [EgoEdge(source=0, target=1, weight=1.0)]
    """
    places = {old: new for new, old in enumerate(kept)}
    return [
        EgoEdge(places[source], places[target], weight)
        for source, target, weight in zip(sources, targets, weights, strict=True)
        if source in places and target in places
    ]
