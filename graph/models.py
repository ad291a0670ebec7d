"""How influence spreads over an arc: independent cascade, weighted cascade, linear threshold.

Kempe, Kleinberg, Tardos, Maximizing the Spread of Influence through a Social Network, 2003. An arc runs the
way influence does: from who is heard to who hears. A graph of follows ("a follows b") is to be turned round
first (`graph.reversed()`).
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from graph.build import Floats, Graph, Indices
from graph.jit import RESOLUTION, Counts, plain

Kind = Literal["ic", "wc", "lt"]


class BadModel(ValueError):
    """Probabilities of arcs that are none: another number of them, outside [0, 1], not finite."""


@dataclass(frozen=True, slots=True, eq=False)
class Model:
    """A graph and the strength of its arcs.

    probabilities: float64[E], in the order of the graph's arcs: for ic and wc the chance that a won source
    wins its target, in one try; for lt the arc's part of the target's threshold, at most 1 a target in all.
    """

    kind: Kind
    graph: Graph
    probabilities: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Incoming:
    """The arcs by target, for walks against their direction.

    indptr: int64[N + 1]; sources: int32[E]; limits: int64[E], probabilities in units of 2^-53, for lt summed
    up within each target; skips: float64[N], 1 / ln(1 - p) where all arcs into a node have one p in (0, 1)
    and skipping beats a draw an arc, else 0; linear: whether a node is won by one arc at most (lt).
    """

    indptr: Counts
    sources: Indices
    limits: Counts
    skips: Floats
    linear: bool

    @classmethod
    def of(cls, model: Model) -> "Incoming":
        """Sorts the arcs by target."""
        graph = model.graph
        order = np.argsort(graph.indices, kind="stable")
        indptr = np.zeros(graph.size + 1, dtype=np.int64)
        np.cumsum(np.bincount(graph.indices, minlength=graph.size), out=indptr[1:])
        into = model.probabilities[order]
        linear = model.kind == "lt"
        shown = _running(into, indptr) if linear else into
        skips = np.zeros(graph.size) if linear else _skips(into, indptr)
        return cls(indptr, plain(graph.sources()[order]), limits(shown), skips, linear)


def independent_cascade(graph: Graph, p: float | ArrayLike, *, repeated: bool = False) -> Model:
    """Each arc is tried once, by itself.

    Parameters
    ----------
    p: one probability for all arcs, or float[E] in the order of the graph's arcs.
    repeated: an arc of weight w stands for w tries (parallel edges, counts of mentions): 1 - (1 - p)^w.

    Raises BadModel.

    >>> from graph.build import build
    >>> twice = build(["a", "a", "b"], ["b", "b", "c"])
    >>> independent_cascade(twice, 0.1).probabilities.tolist()
    [0.1, 0.1]
    >>> independent_cascade(twice, 0.1, repeated=True).probabilities.round(3).tolist()
    [0.19, 0.1]
    """
    each = _checked(graph, np.full(graph.arcs, p) if np.ndim(p) == 0 else p)
    if repeated:
        each = 1.0 - (1.0 - each) ** graph.weights
    return Model("ic", graph, each)


def weighted_cascade(graph: Graph) -> Model:
    """Independent cascade in which a node's p is 1 / (number of arcs into it).

    >>> from graph.build import build
    >>> weighted_cascade(build(["a", "b", "a"], ["c", "c", "d"])).probabilities.tolist()
    [0.5, 1.0, 0.5]
    """
    return Model("wc", graph, 1.0 / np.bincount(graph.indices, minlength=graph.size)[graph.indices])


def linear_threshold(graph: Graph, weights: ArrayLike | None = None) -> Model:
    """A node is won when the weights of its won sources reach a threshold, uniform in [0, 1].

    `weights`: float[E], finite and not negative; where those into a node sum to more than 1, they are divided
    by the sum. None: 1 / (number of arcs into the node).

    Raises BadModel.

    >>> from graph.build import build
    >>> graph = build(["a", "b", "a"], ["c", "c", "d"])
    >>> linear_threshold(graph, [3.0, 0.4, 1.0]).probabilities.tolist()
    [0.75, 0.4, 0.25]
    """
    if weights is None:
        return Model("lt", graph, weighted_cascade(graph).probabilities)
    each = _checked(graph, weights, most=np.inf)
    sums = np.bincount(graph.indices, weights=each, minlength=graph.size)
    return Model("lt", graph, each / np.maximum(sums, 1.0)[graph.indices])


def limits(probabilities: Floats) -> Counts:
    """Probabilities in units of 2^-53, as kernels compare them: an event happens if a draw is below."""
    return np.rint(probabilities * RESOLUTION).astype(np.int64)


def _checked(graph: Graph, values: ArrayLike, most: float = 1.0) -> Floats:
    try:
        each = np.asarray(values, dtype=np.float64)
    except (TypeError, ValueError) as error:
        raise BadModel("probabilities are numbers") from error
    if each.shape != (graph.arcs,):
        raise BadModel(f"{each.size} probabilities for {graph.arcs} arcs")
    bad = np.flatnonzero(~(np.isfinite(each) & (each >= 0) & (each <= most)))
    if len(bad):
        raise BadModel(f"arc {bad[0]} has {each[bad[0]]}; expected a number from 0 to {most:g}")
    return each


def _running(values: Floats, indptr: Counts) -> Floats:
    """Sums up to each arc, begun anew for each target; rounding must not leave a sum of 1 above 1."""
    total = np.concatenate(([0.0], np.cumsum(values)))
    before = np.repeat(total[indptr[:-1]], np.diff(indptr))
    running: Floats = np.clip(total[1:] - before, 0.0, 1.0)
    return running


# A logarithm for a skip costs about as much as this many draws of 2^-53.
DRAWS_A_SKIP = 4


def _skips(values: Floats, indptr: Counts) -> Floats:
    degree = np.diff(indptr)
    made = np.zeros(len(degree))
    some = np.flatnonzero(degree)
    if not len(some):
        return made
    starts = indptr[:-1][some]
    low, high = np.minimum.reduceat(values, starts), np.maximum.reduceat(values, starts)
    worth = degree[some] > DRAWS_A_SKIP * (1.0 + low * degree[some])
    chosen = (low == high) & (low > 0) & (low < 1) & worth
    made[some[chosen]] = 1.0 / np.log1p(-low[chosen])
    return made
