"""Who is listened to: PageRank, also as seen from some nodes; hubs and authorities."""

import math
from typing import TYPE_CHECKING, Any, Literal

from msgspec import Struct

from service.discovery.computations.operations.base import Computed, Operation, Report

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from graph.build import Graph

Role = Literal["authority", "hub"]
# A walk's change shrinks by its damping with each step, from 2 at most to graph/'s 1e-12 and a little.
REST = 1e-13
# HITS takes as many steps as its two largest groups are alike: mostly some dozens, 10,000 at most.
STEPS = 1_000


class Authority(Struct, frozen=True):
    """from_places: where walks begin; none: everywhere. turned: arcs lead from who is heard to who hears."""

    damping: float
    turned: bool
    from_places: list[int] = []


class Hits(Struct, frozen=True):
    """sort: whose order the rows have."""

    turned: bool
    sort: Role


class Ranked(Struct, frozen=True):
    """How many nodes the columns rank."""

    nodes: int


def authority(graph: "Graph", asked: Authority, report: Report) -> Computed:
    """Columns in the order of rank: places, scores, which sum to 1. Raises graph.authority.NotConverged."""
    import numpy as np

    from graph.authority import pagerank

    teleport = None
    if asked.from_places:
        teleport = np.zeros(graph.size)
        teleport[asked.from_places] = 1.0
    heard = graph.reversed() if asked.turned else graph
    scores = pagerank(heard, teleport=teleport, damping=asked.damping, most_steps=_steps(asked.damping))
    return in_order(scores, {"scores": scores})


def hits(graph: "Graph", asked: Hits, report: Report) -> Computed:
    """Columns in the order of rank: places, authorities, hubs. Raises graph.authority.NotConverged."""
    from graph.hits import hits as found

    hubs, authorities = found(graph.reversed() if asked.turned else graph)
    first = authorities if asked.sort == "authority" else hubs
    return in_order(first, {"authorities": authorities, "hubs": hubs})


def in_order(first: "NDArray[np.float64]", columns: dict[str, Any]) -> Computed:
    """Columns by the first one, the highest first, unknown ones last; of equals whoever stands first."""
    import numpy as np

    order = np.argsort(-first, kind="stable")
    made = {name: values[order].astype("<f8").tobytes() for name, values in columns.items()}
    return Computed(Ranked(len(first)), {"places": order.astype("<i4").tobytes(), **made})


def _steps(damping: float) -> int:
    """After so many steps a walk is at rest, whatever the graph."""
    return 1 + math.ceil(math.log(REST) / math.log(damping)) if damping else 2


def _walking(nodes: int, arcs: int, asked: Authority) -> float:
    return float(_steps(asked.damping)) * (nodes + arcs)


def _mirroring(nodes: int, arcs: int, asked: Hits) -> float:
    return float(STEPS) * (nodes + arcs)


AUTHORITY = Operation("authority", Authority, Ranked, authority, _walking)
HITS = Operation("hits", Hits, Ranked, hits, _mirroring)
