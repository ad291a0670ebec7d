"""Communities: groups with more arcs inside than chance would have, their quality, and what they are about.

Louvain (Blondel et al. 2008) with a second phase of moves (Rotta, Noack 2011), as networkit has it. Direction
is left aside and weights count; one thread and no randomness, so that equal graphs have equal communities.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from graph.build import Floats, Graph, Indices


class BadLabels(ValueError):
    """Categories or communities for another number of nodes than the graph has."""


@dataclass(frozen=True, slots=True, eq=False)
class Partition:
    """codes: int32[N], the community of each node, 0 the largest; sizes: nodes in each; modularity."""

    codes: Indices
    sizes: Indices
    modularity: float

    def members(self, community: int) -> Indices:
        """Places of the nodes of a community."""
        return np.flatnonzero(self.codes == community).astype(np.int32)


@dataclass(frozen=True, slots=True)
class Label:
    """A community's category: the most frequent one of its members, before those that stand later in order.

    share: of the members with a category that have this one; known: members with a category.
    """

    category: str | None
    share: float
    known: int


def communities(graph: Graph) -> Partition:
    """Communities of high modularity, largest first; a node without arcs is one of its own.

    >>> from graph.build import build
    >>> found = communities(build([1, 2, 3, 4, 5, 6, 7, 3], [2, 3, 1, 5, 6, 7, 4, 4]))
    >>> found.codes.tolist(), found.sizes.tolist(), round(found.modularity, 3)
    ([1, 1, 1, 0, 0, 0, 0], [4, 3], 0.367)
    """
    low, high, weights = undirected(graph)
    if not len(low):
        return _partition(np.arange(graph.size), low, high, weights)
    import networkit  # type: ignore[import-untyped, unused-ignore]

    networkit.setNumberOfThreads(1)
    network = networkit.GraphFromCoo((weights, (low.astype(np.uint), high.astype(np.uint))), graph.size, True)
    found = networkit.community.PLM(network, refine=True, par="none").run().getPartition()
    return _partition(np.asarray(found.getVector(), dtype=np.int64), low, high, weights)


def labels(partition: Partition, categories: Sequence[str | None]) -> list[Label]:
    """What each community is about, by the categories of the nodes; None where no member has one.

    Raises BadLabels.

    >>> two = Partition(np.array([0, 0, 0, 1], dtype=np.int32), np.array([3, 1], dtype=np.int32), 0.0)
    >>> labels(two, ["beauty", "food", "beauty", None])
    [Label(category='beauty', share=0.6666666666666666, known=3), Label(category=None, share=0.0, known=0)]
    """
    if len(categories) != len(partition.codes):
        raise BadLabels(f"{len(categories)} categories for {len(partition.codes)} nodes")
    names = sorted({each for each in categories if each is not None})
    places = {name: place for place, name in enumerate(names)}
    known = np.array([each is not None for each in categories], dtype=bool)
    codes = np.array([places[each] for each in categories if each is not None], dtype=np.int64)
    width = max(1, len(names))
    cells, counts = np.unique(partition.codes[known] * width + codes, return_counts=True)
    bounds = np.searchsorted(cells, np.arange(len(partition.sizes) + 1) * width)
    return [_label(cells[low:high] % width, counts[low:high], names) for low, high in pairwise(bounds)]


def _label(codes: NDArray[Any], counts: NDArray[Any], names: list[str]) -> Label:
    if not len(codes):
        return Label(None, 0.0, 0)
    best, known = int(np.argmax(counts)), int(counts.sum())
    return Label(names[int(codes[best])], float(counts[best]) / known, known)


def modularity(graph: Graph, codes: Sequence[int] | NDArray[Any]) -> float:
    """Newman's modularity of any partition, direction left aside: -0.5 to 1; 0 where there are no arcs.

    `codes`: the community of each node, from 0. Raises BadLabels.

    >>> from graph.build import build
    >>> modularity(build([1, 3], [2, 4]), [0, 0, 1, 1])
    0.5
    """
    if len(codes) != graph.size:
        raise BadLabels(f"{len(codes)} codes for {graph.size} nodes")
    return _modularity(np.asarray(codes, dtype=np.int64), *undirected(graph))


def undirected(graph: Graph) -> tuple[Indices, Indices, Floats]:
    """Edges without direction, each once: both ends, the lower first, and the weights of both ways."""
    from scipy.sparse import csr_array

    rows: Any = csr_array((graph.weights, graph.indices, graph.indptr), shape=(graph.size, graph.size))
    both = (rows + rows.T).tocoo()
    kept = both.row < both.col
    return both.row[kept], both.col[kept], both.data[kept]


def _partition(found: Any, low: Indices, high: Indices, weights: Floats) -> Partition:
    """Largest first, among equal ones the one whose first node stands first."""
    _, first, codes, sizes = np.unique(found, return_index=True, return_inverse=True, return_counts=True)
    order = np.lexsort((first, -sizes))
    rank = np.empty(len(order), dtype=np.int32)
    rank[order] = np.arange(len(order), dtype=np.int32)
    named = rank[codes]
    return Partition(named, sizes[order].astype(np.int32), _modularity(named, low, high, weights))


def _modularity(codes: Any, low: Indices, high: Indices, weights: Floats) -> float:
    total = float(weights.sum())
    if not total > 0:
        return 0.0
    inside = float(weights[codes[low] == codes[high]].sum())
    ends = np.bincount(codes[low], weights, codes.max() + 1) + np.bincount(
        codes[high], weights, codes.max() + 1
    )
    return inside / total - float(np.square(ends / (2 * total)).sum())
