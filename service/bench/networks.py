"""A made-up network of follows: uneven degrees, uneven communities, as many nodes and arcs as asked for."""

import numpy as np
from numpy.typing import NDArray

from graph.build import Floats, Graph, build

Integers = NDArray[np.int64]

NODES, ARCS = 76_000, 509_000
# Share of arcs that leave the community; exponents as measured on social networks (2 to 3).
MIXING = 0.3
_MOST_COMMUNITY = 0.02


def network(nodes: int = NODES, arcs: int = ARCS, seed: int = 0) -> Graph:
    """Communities of Pareto sizes; ends are drawn by Pareto weights, most of them from the same community.

    >>> made = network(1_000, 5_000)
    >>> made.size, made.arcs
    (1000, 5000)
    """
    draw = np.random.default_rng(seed)
    strength = draw.pareto(1.5, nodes) + 1.0
    starts = _starts(nodes, draw)
    running = np.concatenate(([0.0], np.cumsum(strength)))
    found = np.zeros((0, 2), dtype=np.int64)
    while len(found) < arcs:
        sources = _by_weight(running, np.zeros(arcs, int), np.full(arcs, nodes), draw)
        home = np.searchsorted(starts, sources, side="right")
        away = draw.random(arcs) < MIXING
        low = np.where(away, 0, starts[home - 1])
        high = np.where(away, nodes, np.append(starts, nodes)[home])
        pairs = np.column_stack((sources, _by_weight(running, low, high, draw)))
        found = np.unique(np.vstack((found, pairs[pairs[:, 0] != pairs[:, 1]])), axis=0)
    kept = draw.permutation(len(found))[:arcs]
    return build(found[kept, 0], found[kept, 1], nodes=np.arange(nodes))


def _starts(nodes: int, draw: np.random.Generator) -> Integers:
    """The first node of each community."""
    sizes = np.minimum(20 * (draw.pareto(1.2, nodes) + 1.0), max(20.0, _MOST_COMMUNITY * nodes)).astype(
        np.int64
    )
    ends = np.cumsum(sizes)
    return np.concatenate(([0], ends[ends < nodes]))


def _by_weight(running: Floats, low: Integers, high: Integers, draw: np.random.Generator) -> Integers:
    """A node of low..high-1 each, by weight."""
    at = running[low] + draw.random(len(low)) * (running[high] - running[low])
    found: Integers = np.clip(np.searchsorted(running, at, side="right") - 1, low, high - 1)
    return found
