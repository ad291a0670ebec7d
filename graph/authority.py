"""PageRank, of all nodes or as seen from the nodes of a topic, by power iteration on CSR.

Brin and Page 1998; personalised by topic: Haveliwala, Topic-Sensitive PageRank, 2002. The iteration, its
start and its stop are those of networkx.pagerank, so both give the same numbers, not only the same limit.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from graph.build import Floats, Graph

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

    Nodes that nobody points at only ever get what begins in them, one number times their teleport weight. So
    the iteration walks among the others alone: in a graph of mentions that is a quarter of the nodes.

    reached, unreached: places of nodes that somebody points at, and of the others. among: scipy CSR over
    reached nodes, the share of a column's weight that goes to a row; into: the same from unreached nodes.
    dangling: float64[N], 1 for nodes without arcs.
    """

    reached: Places
    unreached: Places
    among: Any
    into: Any
    dangling: Floats

    @classmethod
    def of(cls, graph: Graph) -> "Transitions":
        """The arcs turned round, each as a share of what leaves its source."""
        from scipy.sparse import csr_array

        rows = csr_array((graph.weights, graph.indices, graph.indptr), shape=(graph.size, graph.size))
        out = rows @ np.ones(graph.size)
        inflow = rows.T.tocsr()
        inflow.data /= out[inflow.indices]
        pointed = np.bincount(graph.indices, minlength=graph.size) > 0
        reached, unreached = np.flatnonzero(pointed), np.flatnonzero(~pointed)
        among, into = inflow, inflow[:, unreached]
        if len(unreached):
            among, into = inflow[reached][:, reached], into[reached]
        return cls(reached, unreached, among, into, (out == 0).astype(np.float64))


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
    walk = _Walk(transitions or Transitions.of(graph), start, damping)
    state = walk.first(np.full(graph.size, 1.0 / graph.size))
    for _ in range(most_steps):
        if state.change < graph.size * tolerance:
            return walk.ranks(state)
        state = walk.step(state)
    raise NotConverged(f"no rest after {most_steps} steps")


@dataclass(frozen=True, slots=True, eq=False)
class _State:
    """Ranks of reached nodes; the unreached have `begun` times their teleport weight; the last L1 change."""

    ranks: Floats
    begun: float
    change: float


class _Walk:
    """The power iteration for one teleport, taken apart as Transitions are."""

    def __init__(self, steps: Transitions, start: Floats, damping: float) -> None:
        self.steps, self.start, self.damping = steps, start, damping
        self.inside, self.outside = start[steps.reached], start[steps.unreached]
        self.mass = float(self.outside.sum())
        self.dangling = steps.dangling[steps.reached]
        self.dangling_mass = float(self.outside @ steps.dangling[steps.unreached])
        self.inflow: Floats = steps.into @ self.outside

    def first(self, before: Floats) -> _State:
        """The step from ranks of any kind."""
        steps = self.steps
        begun = self.damping * float(before @ steps.dangling) + 1 - self.damping
        old, apart = before[steps.reached], before[steps.unreached]
        ranks = self.damping * (steps.among @ old + steps.into @ apart) + begun * self.inside
        change = np.abs(ranks - old).sum() + np.abs(begun * self.outside - apart).sum()
        return _State(ranks, begun, float(change))

    def step(self, state: _State) -> _State:
        """The step from what a step has made."""
        lost = float(state.ranks @ self.dangling) + state.begun * self.dangling_mass
        begun = self.damping * lost + 1 - self.damping
        ranks: Floats = self.steps.among @ state.ranks
        ranks += state.begun * self.inflow
        ranks *= self.damping
        ranks += begun * self.inside
        change = float(np.abs(ranks - state.ranks).sum()) + abs(begun - state.begun) * self.mass
        return _State(ranks, begun, change)

    def ranks(self, state: _State) -> Floats:
        """Ranks of all nodes."""
        every = np.empty(len(self.start))
        every[self.steps.reached] = state.ranks
        every[self.steps.unreached] = state.begun * self.outside
        return every


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
