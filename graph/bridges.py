"""Who holds communities together: bridges between several of them, and brokers, on many shortest ways."""

from collections.abc import Callable

import numpy as np

from graph.build import Floats, Graph, Indices
from graph.communities import BadLabels, Partition, undirected
from graph.jit import kernel, plain

SAMPLES = 256
Progress = Callable[[int, int], None]


def participation(graph: Graph, partition: Partition) -> Floats:
    """How evenly the weight of a node's arcs lies over communities: float64[N], NaN without arcs.

    1 - sum of squared shares: 0 for all in one community, 1 - 1/c for evenly in c of them; participation
    coefficient of Guimera, Amaral 2005. Raises BadLabels.

    >>> from graph.communities import communities
    >>> from graph.build import build
    >>> graph = build([1, 2, 3, 4, 5, 6, 7, 3], [2, 3, 1, 5, 6, 7, 4, 4])
    >>> participation(graph, communities(graph)).round(2).tolist()
    [0.0, 0.0, 0.44, 0.44, 0.0, 0.0, 0.0]
    """
    if len(partition.codes) != graph.size:
        raise BadLabels(f"{len(partition.codes)} communities for {graph.size} nodes")
    low, high, weights = undirected(graph)
    nodes = np.concatenate((low, high)).astype(np.int64)
    others = partition.codes[np.concatenate((high, low))]
    width = len(partition.sizes)
    cells, inverse = np.unique(nodes * width + others, return_inverse=True)
    sums = np.bincount(inverse, np.concatenate((weights, weights)), len(cells))
    squares = np.bincount(cells // width, np.square(sums), graph.size)
    strength = np.bincount(cells // width, sums, graph.size)
    shares: Floats = np.divide(
        squares, np.square(strength), out=np.full(graph.size, np.nan), where=strength > 0
    )
    return 1.0 - shares


def betweenness(
    graph: Graph, *, samples: int = SAMPLES, seed: int = 0, progress: Progress | None = None
) -> Floats:
    """Share of the shortest ways between two other nodes that lead over a node: float64[N], in [0, 1].

    Ways follow the arcs, each of length 1. Estimated from `samples` starting nodes, drawn without repetition
    (Brandes, Pich 2007, unbiased); exact from all of them. `progress`: called with (starts done, starts);
    what it raises ends the work. Equal arguments give equal answers.

    >>> from graph.build import build
    >>> betweenness(build([1, 2, 3, 4], [2, 3, 4, 5])).round(2).tolist()
    [0.0, 0.25, 0.33, 0.25, 0.0]
    """
    size = graph.size
    shares = np.zeros(size)
    if size < 3:
        return shares
    starts = np.random.default_rng(seed).choice(size, min(samples, size), replace=False)
    arcs = (plain(graph.indptr), plain(graph.indices))
    queue, steps = np.empty(size, np.int32), np.full(size, -1, np.int32)
    ways, dependencies = np.zeros(size), np.zeros(size)
    for done, start in enumerate(starts.tolist(), 1):
        add_dependencies(*arcs, start, shares, queue, steps, ways, dependencies)
        if progress:
            progress(done, len(starts))
    return shares * (size / len(starts) / ((size - 1) * (size - 2)))


@kernel
def add_dependencies(
    indptr: Indices, indices: Indices, start: int, shares: Floats,
    queue: Indices, steps: Indices, ways: Floats, dependencies: Floats,
) -> None:  # fmt: skip
    """Adds one start's dependencies (Brandes 2001). steps: -1, ways, dependencies: 0, before and after."""
    queue[0], steps[start], ways[start] = start, 0, 1.0
    head, tail = 0, 1
    while head < tail:
        node = queue[head]
        head += 1
        for arc in range(indptr[node], indptr[node + 1]):
            target = indices[arc]
            if steps[target] < 0:
                steps[target] = steps[node] + 1
                queue[tail] = target
                tail += 1
            if steps[target] == steps[node] + 1:
                ways[target] += ways[node]
    for at in range(tail - 1, 0, -1):
        node = queue[at]
        for arc in range(indptr[node], indptr[node + 1]):
            target = indices[arc]
            if steps[target] == steps[node] + 1:
                dependencies[node] += ways[node] / ways[target] * (1.0 + dependencies[target])
        shares[node] += dependencies[node]
    for at in range(tail):
        steps[queue[at]], ways[queue[at]], dependencies[queue[at]] = -1, 0.0, 0.0
