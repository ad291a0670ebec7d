"""What given seeds can expect to win: Monte Carlo forward along the arcs (Kempe, Kleinberg, Tardos 2003)."""

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from graph.build import Floats, Indices
from graph.intervals import Interval, of_mean
from graph.jit import GOLDEN, Bytes, Counts, drawn, kernel, plain, stream
from graph.models import Model, limits
from graph.rrsets import node_weights

RUNS = 10_000
# Runs between two looks at progress and cancel.
CHUNK = 100

Progress = Callable[[int, int], None]


class NoRuns(ValueError):
    """Fewer runs than an interval needs."""


@dataclass(frozen=True, slots=True)
class Spread:
    """Mean weight that is won, seeds included; error: its standard error; interval: 95%."""

    mean: float
    error: float
    interval: Interval
    runs: int


def simulate(
    model: Model,
    seeds: Iterable[Any],
    *,
    runs: int = RUNS,
    weights: ArrayLike | None = None,
    seed: int = 0,
    progress: Progress | None = None,
) -> Spread:
    """The spread of `seeds` (ids) over `runs` cascades.

    `weights`: float[N], what it is worth to win each node; None: 1 each. `progress`: called with (runs done,
    runs) every 100; what it raises ends the work. Equal arguments give equal answers: run i has a stream of
    its own. Raises NoRuns, BadWeights, graph.build.UnknownNodes.

    >>> from graph.build import build
    >>> from graph.models import independent_cascade
    >>> chain = build(["a", "b"], ["b", "c"])
    >>> simulate(independent_cascade(chain, 1.0), ["a"]).mean
    3.0
    >>> abs(simulate(independent_cascade(chain, 0.5), ["a"]).mean - 1.75) < 0.05
    True
    """
    if runs < 2:
        raise NoRuns(f"{runs} runs: an interval needs 2")
    graph = model.graph
    places = np.unique(graph.places(list(seeds)))
    worth = np.zeros(0) if weights is None else node_weights(weights, graph.size)
    won = np.zeros(runs)
    cascades, arcs, scratch = _prepared(model)
    for first in range(0, runs, CHUNK):
        stop = min(runs, first + CHUNK)
        cascades(*arcs, places, worth, np.uint64(seed % 2**64), first, stop, won, *scratch)
        if progress:
            progress(stop, runs)
    error = float(won.std(ddof=1)) / math.sqrt(runs)
    return Spread(float(won.mean()), error, of_mean(float(won.mean()), error), runs)


def _prepared(model: Model) -> tuple[Callable[..., None], tuple[Any, ...], tuple[Any, ...]]:
    """The kernel, its arcs, and room for one cascade."""
    graph, size = model.graph, model.graph.size
    arcs = plain(graph.indptr), plain(graph.indices), limits(model.probabilities)
    queue = np.empty(size, np.int32)
    if model.kind == "lt":
        return _by_threshold, arcs, (np.zeros(size, np.int64), np.zeros(size, np.int64), queue)
    return _by_draws, arcs, (np.zeros(size, np.uint8), queue)


@kernel
def _worth(queue: Indices, tail: int, worth: Floats) -> float:
    if len(worth) == 0:
        return float(tail)
    total = 0.0
    for at in range(tail):
        total += worth[queue[at]]
    return total


@kernel
def _by_draws(
    indptr: Indices, indices: Indices, limits: Counts, seeds: Indices, worth: Floats, seed: np.uint64,
    first: int, stop: int, won: Floats, seen: Bytes, queue: Indices,
) -> None:  # fmt: skip
    """Independent cascades: each arc from a won node to one that is not won yet is tried once."""
    for run in range(first, stop):
        state = stream(seed, run)
        head, tail = 0, len(seeds)
        for at in range(tail):
            queue[at] = seeds[at]
            seen[seeds[at]] = 1
        while head < tail:
            node = queue[head]
            head += 1
            for arc in range(indptr[node], indptr[node + 1]):
                target = indices[arc]
                if seen[target] == 0:
                    state += GOLDEN
                    if drawn(state) < limits[arc]:
                        seen[target] = 1
                        queue[tail] = target
                        tail += 1
        won[run] = _worth(queue, tail, worth)
        for at in range(tail):
            seen[queue[at]] = 0


@kernel
def _by_threshold(
    indptr: Indices, indices: Indices, limits: Counts, seeds: Indices, worth: Floats, seed: np.uint64,
    first: int, stop: int, won: Floats, left: Counts, touched: Counts, queue: Indices,
) -> None:  # fmt: skip
    """Linear thresholds: a threshold is drawn when a node is first touched, and arcs count down to it."""
    for run in range(first, stop):
        state = stream(seed, run)
        head, tail = 0, len(seeds)
        for at in range(tail):
            queue[at] = seeds[at]
            touched[seeds[at]] = run + 1
            left[seeds[at]] = -1
        while head < tail:
            node = queue[head]
            head += 1
            for arc in range(indptr[node], indptr[node + 1]):
                target = indices[arc]
                if touched[target] != run + 1:
                    touched[target] = run + 1
                    state += GOLDEN
                    left[target] = drawn(state)
                if left[target] >= 0:
                    left[target] -= limits[arc]
                    if left[target] < 0:
                        queue[tail] = target
                        tail += 1
        won[run] = _worth(queue, tail, worth)
