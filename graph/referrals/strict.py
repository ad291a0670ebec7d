"""A graph of referrals, which must be a forest: at most one referrer each, and nobody her own ancestor."""

from collections.abc import Sequence
from contextlib import suppress
from typing import Any

import numpy as np
from numpy.typing import NDArray

from graph.build import Graph, Indices
from graph.referrals.forest import NOBODY, Forest, InCircles, grown

# Of what is wrong so much is named.
SHOWN = 10


class NoForest(ValueError):
    """Somebody has several referrers, or referrals run in a circle.

    cycles: some circles, each as the ids on it in the order of referral; twice: ids with several referrers,
    by number; both the first ten. cycle_count, twice_count: how many there are.
    """

    def __init__(
        self, cycles: Sequence[list[Any]], twice: Sequence[Any], cycle_count: int, twice_count: int
    ) -> None:
        told = []
        if twice_count:
            told.append(f"{twice_count:,} with several referrers, such as {_shown(twice[0])}")
        if cycle_count:
            circle = " -> ".join(_shown(each) for each in [*cycles[0], cycles[0][0]])
            told.append(f"{cycle_count:,} in a circle, such as {circle}")
        super().__init__("; ".join(told))
        self.cycles, self.twice = list(cycles), list(twice)
        self.cycle_count, self.twice_count = cycle_count, twice_count


def forest(graph: Graph) -> Forest:
    """The forest of a graph whose arcs lead from the referrer to whom it referred. Raises NoForest.

    >>> from graph.build import build
    >>> made = forest(build(["ayse", "ayse", "bora"], ["bora", "cem", "derya"]))
    >>> made.parents.tolist(), made.depths.tolist(), made.sizes.tolist()
    ([-1, 0, 0, 1], [0, 1, 1, 2], [4, 2, 1, 1])
    """
    parents, twice = _parents(graph)
    if not len(twice):
        with suppress(InCircles):
            return grown(parents)
    cycles = _cycles(graph)
    ids = graph.nodes
    raise NoForest(
        [ids[circle].tolist() for circle in cycles[:SHOWN]],
        ids[twice[:SHOWN]].tolist(),
        len(cycles),
        len(twice),
    )


def _parents(graph: Graph) -> tuple[Indices, NDArray[np.intp]]:
    """The referrer of each node (one of them where there are several), and who has several."""
    referrers = np.bincount(graph.indices, minlength=graph.size)
    parents = np.full(graph.size, NOBODY, dtype=np.int32)
    parents[graph.indices] = graph.sources()
    return parents, np.flatnonzero(referrers > 1)


def _cycles(graph: Graph) -> list[NDArray[np.intp]]:
    """A circle of each strongly connected component that has one, in the order of its arcs."""
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import connected_components

    ones = np.ones(graph.arcs, dtype=np.int8)
    matrix = csr_array((ones, graph.indices, graph.indptr), shape=(graph.size, graph.size))
    _, component = connected_components(matrix, directed=True, connection="strong")
    sources = graph.sources()
    inside = component[sources] == component[graph.indices]
    up = dict(zip(graph.indices[inside].tolist(), sources[inside].tolist(), strict=True))
    firsts = {int(component[node]): node for node in up}
    return [_circle(up, start) for _, start in sorted(firsts.items())]


def _circle(up: dict[int, int], start: int) -> NDArray[np.intp]:
    """Where the way up from a node comes back to itself: all of them stay in one component."""
    seen: dict[int, int] = {}
    node = start
    while node not in seen:
        seen[node] = len(seen)
        node = up[node]
    circle = list(seen)[seen[node] :]
    return np.array(circle[::-1], dtype=np.intp)


def _shown(node: Any) -> str:
    return str(node)[:60]
