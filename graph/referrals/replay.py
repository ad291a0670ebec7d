"""Attempts one by one, where some of them would close a circle: which one does, depends on all before."""

import numpy as np
from numpy.typing import NDArray

from graph.jit import kernel, plain

Indices = NDArray[np.int32]


def replayed(child: Indices, parent: Indices, size: int) -> tuple[NDArray[np.int64], NDArray[np.uint8]]:
    """Which attempt counts for each node, -1 for none, and the verdict on each (planting.CODES).

    >>> counted, verdicts = replayed(np.array([0, 1, 1], np.int32), np.array([1, 0, 2], np.int32), 3)
    >>> counted.tolist(), verdicts.tolist()
    ([0, 2, -1], [0, 3, 0])
    """
    counted = np.full(size, -1, dtype=np.int64)
    verdicts = np.zeros(len(child), dtype=np.uint8)
    replay(plain(child), plain(parent), np.arange(size, dtype=np.int32), counted, verdicts)
    return counted, verdicts


@kernel
def replay(
    child: Indices, parent: Indices, tops: Indices, counted: NDArray[np.int64], verdicts: NDArray[np.uint8]
) -> None:
    """Union of trees as they grow, ways halved (Tarjan, van Leeuwen 1984). tops: own places; counted: -1."""
    for attempt in range(len(child)):
        node, top = child[attempt], parent[attempt]
        if node == top:
            verdicts[attempt] = 1
            continue
        if counted[node] >= 0:
            verdicts[attempt] = 2
            continue
        while tops[top] != top:
            tops[top] = tops[tops[top]]
            top = tops[top]
        if top == node:
            verdicts[attempt] = 3
            continue
        counted[node] = attempt
        tops[node] = top
