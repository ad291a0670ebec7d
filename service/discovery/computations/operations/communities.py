"""Groups with more arcs inside than chance would have, and who is at their centre."""

from typing import TYPE_CHECKING

from msgspec import Struct

from service.discovery.computations.operations.base import Computed, Operation, Report

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from graph.build import Graph
    from graph.communities import Partition

# Nanoseconds an arc: some rounds of moves, each with hashing.
AN_ARC = 3_000


class Communities(Struct, frozen=True):
    """Nothing is asked for: equal graphs have equal communities."""


class Grouped(Struct, frozen=True):
    """How many communities there are, of how many nodes; modularity: -0.5 to 1."""

    nodes: int
    communities: int
    modularity: float


def compute(graph: "Graph", asked: Communities, report: Report) -> Computed:
    """Columns: codes, a node's community; sizes, of each; and by community, within it the strongest first:
    places and inside, the weight that joins a node to others of its community."""
    import numpy as np

    from graph.communities import communities

    report(0, 2)
    found = communities(graph)
    report(1, 2)
    inside = _inside(graph, found)
    order = np.lexsort((-inside, found.codes))
    result = Grouped(graph.size, len(found.sizes), found.modularity)
    report(2, 2)
    return Computed(
        result,
        {
            "codes": found.codes.astype("<i4").tobytes(),
            "sizes": found.sizes.astype("<i4").tobytes(),
            "places": order.astype("<i4").tobytes(),
            "inside": inside[order].astype("<f8").tobytes(),
        },
    )


def _inside(graph: "Graph", found: "Partition") -> "NDArray[np.float64]":
    import numpy as np

    sources = graph.sources()
    own = found.codes[sources] == found.codes[graph.indices]
    weights = graph.weights[own]
    made = np.bincount(sources[own], weights, graph.size) + np.bincount(
        graph.indices[own], weights, graph.size
    )
    return made.astype(np.float64, copy=False)


def _effort(nodes: int, arcs: int, asked: Communities) -> float:
    return float(AN_ARC) * (nodes + arcs)


OPERATION = Operation("communities", Communities, Grouped, compute, _effort)
