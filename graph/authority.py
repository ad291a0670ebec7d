"""PageRank, of all nodes or as seen from the nodes of a topic, by power iteration on CSR.

Brin and Page 1998; personalised by topic: Haveliwala, Topic-Sensitive PageRank, 2002. The iteration, its
start and its stop are those of networkx.pagerank, so both give the same numbers, not only the same limit.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from graph.build import Floats, Graph, Indices
from graph.jit import Bytes, Counts, plain
from graph.rankkernels import turned, walk

Places = NDArray[np.intp]

DAMPING = 0.85
TOLERANCE = 1e-12
MOST_STEPS = 1_000


class BadTeleport(ValueError):
    """Teleport weights that are no distribution: another length, negative, not finite, all 0."""


class NotConverged(ValueError):
    """The iteration did not come to rest within its steps."""


@dataclass(frozen=True, slots=True, eq=False)
class Transitions:
    """What every iteration on one graph shares: make it once for many topics.

    Nodes stand in the order of the number of arcs into them: where a row ends is then guessed right by the
    processor, which halves the time of a step.

    order: places of nodes in that order. rows: int64[N + 1], arcs by target; sources: int32[E], in the same
    order; shares: float64[E], the share of a source's weight that goes over the arc; dangling: uint8[N], 1
    for nodes without arcs.
    """

    order: Places
    rows: Counts
    sources: Indices
    shares: Floats
    dangling: Bytes

    @classmethod
    def of(cls, graph: Graph) -> "Transitions":
        """The arcs turned round, each as a share of what leaves its source."""
        leaving = np.bincount(graph.sources(), weights=graph.weights, minlength=graph.size)
        out = leaving.astype(np.float64, copy=False)
        order = np.argsort(np.bincount(graph.indices, minlength=graph.size), kind="stable")
        row = np.empty(graph.size, dtype=np.int32)
        row[order] = np.arange(graph.size, dtype=np.int32)
        made = cls(
            order,
            np.zeros(graph.size + 1, dtype=np.int64),
            np.empty(graph.arcs, dtype=np.int32),
            np.empty(graph.arcs),
            (out == 0)[order].astype(np.uint8),
        )
        arcs = plain(graph.indptr), plain(graph.indices), np.require(graph.weights, np.float64, ["C", "W"])
        turned(*arcs, out, row, made.rows, made.sources, made.shares)
        return made


def pagerank(
    graph: Graph,
    *,
    teleport: ArrayLike | Mapping[Any, float] | None = None,
    damping: float = DAMPING,
    tolerance: float = TOLERANCE,
    most_steps: int = MOST_STEPS,
    transitions: Transitions | None = None,
) -> Floats:
    """PageRank of N nodes: float64[N], in the order of `graph.nodes`, summing to 1.

    Parameters
    ----------
    teleport: where a walk begins anew: weights float[N], or by id for some nodes (the others 0); they are
        normalised. None: everywhere alike. A walk that is in a node without arcs begins anew as well.
    damping: the chance that a walk goes on, in [0, 1).
    tolerance: the iteration ends when its L1 change is below N x tolerance (as in networkx).
    transitions: `Transitions.of(graph)`, for many teleports on one graph.

    Raises BadTeleport, NotConverged, graph.build.UnknownNodes.

    >>> from graph.build import build
    >>> star = build(["b", "c", "d"], ["a", "a", "a"])
    >>> pagerank(star).round(3).tolist()
    [0.542, 0.153, 0.153, 0.153]
    >>> pagerank(star, teleport={"b": 1}).round(3).tolist()
    [0.459, 0.541, 0.0, 0.0]
    """
    if not 0 <= damping < 1:
        raise ValueError("damping lies in [0, 1)")
    if not graph.size:
        return np.zeros(0)
    start = _distribution(graph, teleport)
    steps = transitions or Transitions.of(graph)
    ranks, rest = np.full(graph.size, 1.0 / graph.size), graph.size * tolerance
    arcs = (steps.rows, steps.sources, steps.shares, steps.dangling)
    if walk(*arcs, start[steps.order], damping, rest, most_steps, ranks, np.empty(graph.size)) < 0:
        raise NotConverged(f"no rest after {most_steps} steps")
    found = np.empty(graph.size)
    found[steps.order] = ranks
    return found


def topic_pagerank(graph: Graph, members: Mapping[str, ArrayLike], **options: Any) -> dict[str, Floats]:
    """PageRank as seen from the members of each topic: {topic: float64[N]}.

    `members`: the ids of each topic's nodes; walks begin in them, each alike. `options`: as for `pagerank`.

    >>> from graph.build import build
    >>> chains = build([1, 3], [2, 4])
    >>> {topic: rank.round(2).tolist() for topic, rank in topic_pagerank(chains, {"beauty": [1]}).items()}
    {'beauty': [0.54, 0.46, 0.0, 0.0]}
    """
    steps = Transitions.of(graph)
    made = {}
    for topic, ids in members.items():
        teleport = np.zeros(graph.size)
        teleport[graph.places(ids)] = 1.0
        made[topic] = pagerank(graph, teleport=teleport, transitions=steps, **options)
    return made


def _distribution(graph: Graph, teleport: ArrayLike | Mapping[Any, float] | None) -> Floats:
    if teleport is None:
        return np.full(graph.size, 1.0 / graph.size)
    if isinstance(teleport, Mapping):
        weights = np.zeros(graph.size)
        weights[graph.places(list(teleport))] = list(teleport.values())
    else:
        weights = np.asarray(teleport, dtype=np.float64)
    if weights.shape != (graph.size,) or not np.isfinite(weights).all() or (weights < 0).any():
        raise BadTeleport("teleport weights are one a node, finite and not negative")
    if not weights.sum() > 0:
        raise BadTeleport("no node to begin in: all teleport weights are 0")
    start: Floats = weights / weights.sum()
    return start
