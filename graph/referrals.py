"""Who referred whom: a forest, where everybody has at most one referrer and nobody is her own ancestor."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from graph.build import Graph, Indices

Counts = NDArray[np.int64]

# Of what is wrong so much is named.
SHOWN = 10
NOBODY = -1


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


@dataclass(frozen=True, slots=True)
class Forest:
    """Of each node: parents, int32[N], NOBODY for roots; depths, int64[N], 0 for roots; sizes, int64[N], how
    many are below it, itself included."""

    parents: Indices
    depths: Counts
    sizes: Counts

    @property
    def roots(self) -> Indices:
        """Places of those whom nobody referred."""
        return np.flatnonzero(self.parents == NOBODY).astype(np.int32)


def forest(graph: Graph) -> Forest:
    """The forest of a graph whose arcs lead from the referrer to whom it referred. Raises NoForest.

    >>> from graph.build import build
    >>> made = forest(build(["ayse", "ayse", "bora"], ["bora", "cem", "derya"]))
    >>> made.parents.tolist(), made.depths.tolist(), made.sizes.tolist()
    ([-1, 0, 0, 1], [0, 1, 1, 2], [4, 2, 1, 1])
    """
    parents, twice = _parents(graph)
    depths, order = _walked(parents)
    if len(twice) or (depths < 0).any():
        cycles = _cycles(graph)
        ids = graph.nodes
        raise NoForest(
            [ids[circle].tolist() for circle in cycles[:SHOWN]],
            ids[twice[:SHOWN]].tolist(),
            len(cycles),
            len(twice),
        )
    sizes = np.ones(graph.size, dtype=np.int64)
    for layer in reversed(order):
        np.add.at(sizes, parents[layer], sizes[layer])
    return Forest(parents, depths, sizes)


def _parents(graph: Graph) -> tuple[Indices, NDArray[np.intp]]:
    """The referrer of each node (one of them where there are several), and who has several."""
    referrers = np.bincount(graph.indices, minlength=graph.size)
    parents = np.full(graph.size, NOBODY, dtype=np.int32)
    parents[graph.indices] = graph.sources()
    return parents, np.flatnonzero(referrers > 1)


def _walked(parents: Indices) -> tuple[Counts, list[NDArray[np.intp]]]:
    """Depths by layers from the roots, -1 where no root leads to; the layers below the roots."""
    depths = np.where(parents == NOBODY, 0, -1).astype(np.int64)
    children, starts = _children(parents)
    layer = np.flatnonzero(parents == NOBODY)
    layers: list[NDArray[np.intp]] = []
    while len(layer):
        counts = starts[layer + 1] - starts[layer]
        firsts = np.repeat(starts[layer] - np.concatenate(([0], np.cumsum(counts)[:-1])), counts)
        layer = children[firsts + np.arange(counts.sum())]
        if len(layer):
            depths[layer] = len(layers) + 1
            layers.append(layer)
    return depths, layers


def _children(parents: Indices) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Nodes in the order of their parents, and where each parent's begin."""
    below = np.flatnonzero(parents != NOBODY)
    order = below[np.argsort(parents[below], kind="stable")]
    counts = np.bincount(parents[below], minlength=len(parents))
    return order, np.concatenate(([0], np.cumsum(counts))).astype(np.intp)


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
