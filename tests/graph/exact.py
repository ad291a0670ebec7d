"""Exact expected spread on tiny graphs, by all ways in which the dice can fall."""

import itertools
from collections.abc import Sequence

import numpy as np

from graph.build import Graph, build
from graph.models import Model


class Exact:
    """closed[w, u, v]: whether u wins v in world w; chance[w]: of that world."""

    def __init__(self, model: Model, weights: Sequence[float] | None = None) -> None:
        worlds = _thresholds(model) if model.kind == "lt" else _throws(model)
        self.size = model.graph.size
        self.weights = np.ones(self.size) if weights is None else np.asarray(weights, dtype=float)
        self.chance = np.array([chance for _, chance in worlds])
        live = np.array([arcs for arcs, _ in worlds], dtype=bool)
        self.closed = np.zeros((len(worlds), self.size, self.size), dtype=bool)
        self.closed[:, np.arange(self.size), np.arange(self.size)] = True
        for arc, (source, target) in enumerate(zip(model.graph.sources(), model.graph.indices, strict=True)):
            self.closed[:, source, target] |= live[:, arc]
        for _ in range(self.size):
            self.closed = self.closed @ self.closed

    def spread(self, places: Sequence[int]) -> float:
        """Of seeds, given by place."""
        won = self.closed[:, list(places), :].any(axis=1)
        return float(self.chance @ (won @ self.weights))

    def optimum(self, k: int) -> float:
        """The most that k seeds can win."""
        return max(self.spread(each) for each in itertools.combinations(range(self.size), k))

    def optimum_by_cost(self, costs: Sequence[float], budget: float) -> float:
        """The most that can be won for a budget."""
        subsets = itertools.chain.from_iterable(
            itertools.combinations(range(self.size), count) for count in range(1, self.size + 1)
        )
        fitting = [each for each in subsets if sum(costs[at] for at in each) <= budget]
        return max(self.spread(each) for each in fitting)


def _throws(model: Model) -> list[tuple[tuple[bool, ...], float]]:
    p = model.probabilities
    return [
        (world, float(np.prod(np.where(world, p, 1 - p))))
        for world in itertools.product((False, True), repeat=len(p))
    ]


def _thresholds(model: Model) -> list[tuple[tuple[bool, ...], float]]:
    """Each node picks one arc into it or none (Kempe, Kleinberg, Tardos 2003, claim 2.6)."""
    into = [np.flatnonzero(model.graph.indices == node).tolist() for node in range(model.graph.size)]
    worlds = []
    for picks in itertools.product(*([None, *arcs] for arcs in into)):
        live, chance = [False] * model.graph.arcs, 1.0
        for arcs, pick in zip(into, picks, strict=True):
            if pick is None:
                chance *= 1.0 - model.probabilities[arcs].sum()
            else:
                live[pick], chance = True, chance * model.probabilities[pick]
        worlds.append((tuple(live), float(chance)))
    return worlds


def tiny(seed: int, nodes: int = 6, arcs: int = 10) -> Graph:
    """A random graph of at most so many arcs."""
    draw = np.random.default_rng(seed)
    ends = draw.integers(0, nodes, (arcs, 2))
    return build(ends[:, 0], ends[:, 1], nodes=np.arange(nodes))
