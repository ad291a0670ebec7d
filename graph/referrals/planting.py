"""The forest of a list of attempts to refer: what counts, in the order of time, and why the rest does not.

A person is referred once: the first attempt that is sound counts. Nobody refers herself, and nobody is
referred by somebody whom she brought, directly or through others.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from graph.referrals.forest import NOBODY, Counts, Forest, InCircles, Indices, grown

Nodes = NDArray[Any]
Verdicts = NDArray[np.uint8]
# Verdicts, by their number.
CODES = ("accepted", "self_referral", "already_referred", "circle")
ACCEPTED, SELF, ALREADY, CIRCLE = range(4)
# Of a long circle so many are named.
NAMED = 20


class UnequalColumns(ValueError):
    """Columns of attempts of different lengths."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """`attempt`: its place in the list; code: see CODES; circle: from the child down to the parent, who would
    have brought the child, the first NAMED."""

    attempt: int
    code: str
    child: Any
    parent: Any
    circle: list[Any]


@dataclass(frozen=True, slots=True, eq=False)
class Planting:
    """nodes: ids in order; forest: of places in nodes; attempts: int64[N], the one that counts for each, -1
    for roots; children, parents: int32[M], places; verdicts: uint8[M], see CODES."""

    nodes: Nodes
    forest: Forest
    attempts: Counts
    children: Indices
    parents: Indices
    verdicts: Verdicts

    def refused(self) -> dict[str, int]:
        """How many attempts were refused, by code."""
        counts = np.bincount(self.verdicts, minlength=len(CODES)).tolist()
        return dict(zip(CODES[1:], counts[1:], strict=True))

    def refusals(self, most: int = 10) -> list[Refusal]:
        """The first refused attempts, with the circles that they would have closed."""
        return [self._refusal(each) for each in np.flatnonzero(self.verdicts)[:most].tolist()]

    def _refusal(self, attempt: int) -> Refusal:
        child, parent = int(self.children[attempt]), int(self.parents[attempt])
        code = CODES[self.verdicts[attempt]]
        way = self._way(parent, child) if code == "circle" else []
        return Refusal(
            attempt, code, self.nodes[child].item(), self.nodes[parent].item(), self.nodes[way].tolist()
        )

    def _way(self, node: int, top: int) -> list[int]:
        """From a node's ancestor down to it, cut in the middle where it is long."""
        way = [node]
        while way[-1] != top:
            way.append(int(self.forest.parents[way[-1]]))
        way.reverse()
        return way if len(way) <= NAMED else [*way[: NAMED - 1], way[-1]]


def planted(
    children: ArrayLike, parents: ArrayLike, at: ArrayLike | None = None, people: ArrayLike | None = None
) -> Planting:
    """Attempts to a forest. children, parents: ids, [M]; at: times or other numbers that order attempts, ties
    and None by their place; people: further ids, with or without referrals. Raises UnequalColumns.

    >>> made = planted(["bora", "cem", "ayse", "cem", "ayse"], ["ayse", "bora", "ayse", "ayse", "cem"])
    >>> made.forest.parents.tolist(), made.refused()
    ([-1, 0, 1], {'self_referral': 1, 'already_referred': 1, 'circle': 1})
    >>> made.refusals()[2].circle
    ['ayse', 'bora', 'cem']
    """
    nodes, child, parent = _placed(np.asarray(children), np.asarray(parents), people)
    order = _order(at, len(child))
    child, parent = (child, parent) if order is None else (child[order], parent[order])
    forest, firsts, verdicts = _decided(child, parent, len(nodes))
    if order is None:
        return Planting(nodes, forest, firsts, child, parent, verdicts)
    back = np.empty(len(order), dtype=np.intp)
    back[order] = np.arange(len(order))
    attempts = np.where(firsts < 0, -1, order[firsts]) if len(order) else firsts
    return Planting(nodes, forest, attempts, child[back], parent[back], verdicts[back])


def _placed(children: Nodes, parents: Nodes, people: ArrayLike | None) -> tuple[Nodes, Indices, Indices]:
    """Sorted ids, and attempts by their places. Whole numbers in a narrow range need no sorting."""
    if children.shape != parents.shape:
        raise UnequalColumns(f"{len(children)} children, {len(parents)} parents")
    ids = np.concatenate([children, parents, *([] if people is None else [np.asarray(people)])])
    size = len(children)
    low, high = (int(ids.min()), int(ids.max())) if ids.dtype.kind in "iu" and len(ids) else (0, -1)
    if 0 <= high - low < 4 * len(ids):
        there = np.zeros(high - low + 1, dtype=bool)
        there[ids - low] = True
        places = np.cumsum(there, dtype=np.int32) - np.int32(1)
        nodes = (np.flatnonzero(there) + low).astype(ids.dtype)
        return nodes, places[children - low], places[parents - low]
    nodes, inverse = np.unique(ids, return_inverse=True)
    found = inverse.astype(np.int32)
    return nodes, found[:size], found[size : 2 * size]


def _order(at: ArrayLike | None, size: int) -> NDArray[np.intp] | None:
    """Places in the order of time; None if they are in order already."""
    if at is None:
        return None
    times = np.asarray(at)
    if len(times) != size:
        raise UnequalColumns(f"{size} attempts, {len(times)} times")
    return None if (times[1:] >= times[:-1]).all() else np.argsort(times, kind="stable")


def _decided(child: Indices, parent: Indices, size: int) -> tuple[Forest, Counts, Verdicts]:
    """Forest, each node's attempt, and verdicts. Where the first attempts run in no circle they all count;
    else attempts are taken one by one, as they came."""
    verdicts = np.full(len(child), ALREADY, dtype=np.uint8)
    verdicts[child == parent] = SELF
    able = np.flatnonzero(child != parent)
    firsts = np.full(size, -1, dtype=np.int64)
    firsts[child[able[::-1]]] = able[::-1]
    parents = np.full(size, NOBODY, dtype=np.int32)
    below = firsts >= 0
    parents[below] = parent[firsts[below]]
    try:
        forest = grown(parents)
        verdicts[firsts[below]] = ACCEPTED
    except InCircles:
        from graph.referrals.replay import replayed

        firsts, verdicts = replayed(child, parent, size)
        below = firsts >= 0
        parents = np.full(size, NOBODY, dtype=np.int32)
        parents[below] = parent[firsts[below]]
        forest = grown(parents)
    return forest, firsts, verdicts
