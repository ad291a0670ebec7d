"""Hubs and authorities: who points to those that are pointed to (Kleinberg, HITS, 1999), on CSR."""

from typing import Any

import numpy as np

from graph.authority import NotConverged
from graph.build import Floats, Graph

TOLERANCE = 1e-12
MOST_STEPS = 10_000


def hits(
    graph: Graph, *, tolerance: float = TOLERANCE, most_steps: int = MOST_STEPS
) -> tuple[Floats, Floats]:
    """Hubs and authorities, float64[N] each, summing to 1; all 0 where there are no arcs.

    `tolerance`: the iteration ends when the hubs' L1 change is below it. Raises authority.NotConverged.

    >>> from graph.build import build
    >>> hubs, authorities = hits(build(["a", "a", "b"], ["c", "d", "c"]))
    >>> hubs.round(2).tolist(), authorities.round(2).tolist()
    ([0.62, 0.38, 0.0, 0.0], [0.0, 0.0, 0.62, 0.38])
    """
    from scipy.sparse import csr_array

    if not graph.arcs:
        return np.zeros(graph.size), np.zeros(graph.size)
    shape = (graph.size, graph.size)
    forward: Any = csr_array((graph.weights, graph.indices, graph.indptr), shape=shape)
    backward = forward.T.tocsr()
    hubs: Floats = np.full(graph.size, 1.0 / graph.size)
    for _ in range(most_steps):
        before, authorities = hubs, backward @ hubs
        hubs = forward @ (authorities / authorities.sum())
        hubs /= hubs.sum()
        if np.abs(hubs - before).sum() < tolerance:
            return hubs, authorities / authorities.sum()
    raise NotConverged(f"no rest after {most_steps} steps")
