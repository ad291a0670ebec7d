"""Which nodes to take: those that meet most sets, one after the other, and how much better any choice can be.

Gains are exact at every step: what a node covers is taken off the others' gains, so that all choices cost one
pass over the members of the covered sets, and a maximum is a scan. Guarantees: Nemhauser, Wolsey, Fisher 1978
(1 - 1/e by number); Khuller, Moss, Naor 1999 (by cost per gain, or the best single node: (1 - 1/e) / 2).
"""

import math
from collections.abc import Callable
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import ArrayLike, NDArray

from graph.build import Floats, Indices
from graph.jit import Bytes, Counts
from graph.rrkernels import best, index, take
from graph.rrsets import Collection

# The bound holds after any step, so some steps, the last among them, are enough of long choices.
BOUNDED_STEPS = 64
ROUNDING = 1e-12


class BadGoal(ValueError):
    """What was asked can't be: no seeds to choose, a budget that buys none, eps or delta out of range."""


@dataclass(frozen=True, slots=True, eq=False)
class Purse:
    """What may be taken. costs: float64[N], above 0, inf for nodes that may not; budget: of their sum.

    `even`: all that may be taken cost 1, so that the budget is a number of nodes. must: places of nodes that
    are taken before all others, and paid for.
    """

    costs: Floats
    budget: float
    even: bool
    must: Indices = field(default_factory=lambda: np.zeros(0, dtype=np.int32))

    @classmethod
    def by_number(
        cls, size: int, k: int, allowed: Indices | None = None, must: Indices | None = None
    ) -> "Purse":
        """At most `k` of the allowed nodes, given by place. Raises BadGoal."""
        if k < 1:
            raise BadGoal(f"{k} seeds: expected 1 or more")
        return cls(_only(np.ones(size), allowed), float(k), True)._with(must)

    @classmethod
    def by_cost(
        cls,
        size: int,
        costs: ArrayLike,
        budget: float,
        allowed: Indices | None = None,
        must: Indices | None = None,
    ) -> "Purse":
        """What `budget` buys of the allowed nodes; a cost may be inf: not for sale. Raises BadGoal."""
        each = np.asarray(costs, dtype=np.float64)
        if each.shape != (size,) or not (each > 0).all():
            raise BadGoal("costs are one a node, and above 0")
        if not math.isfinite(budget):
            raise BadGoal(f"a budget of {budget}: expected a number")
        made = cls(_only(each, allowed), budget, False)._with(must)
        if not made.most:
            raise BadGoal(f"a budget of {budget} buys no seed")
        return made

    @property
    def left(self) -> float:
        """What remains of the budget for those that need not be taken."""
        return max(0.0, self.budget - float(self.costs[self.must].sum()))

    @property
    def free(self) -> NDArray[np.bool_]:
        """bool[N]: the nodes that may be taken beside those that must be."""
        fits: NDArray[np.bool_] = self.costs <= self.left * (1 + ROUNDING)
        fits[self.must] = False
        return fits

    @property
    def most(self) -> int:
        """How many nodes fit at most."""
        costs = np.cumsum(np.sort(self.costs[self.free]))
        return len(self.must) + int(np.searchsorted(costs, self.left * (1 + ROUNDING), side="right"))

    def _with(self, must: Indices | None) -> "Purse":
        if must is None or not len(must):
            return self
        made = replace(self, must=np.unique(must).astype(np.int32))
        cost = float(self.costs[made.must].sum())
        if cost > self.budget * (1 + ROUNDING):
            raise BadGoal(f"those that must be seeds cost {cost:g} of a budget of {self.budget:g}")
        return made


@dataclass(frozen=True, slots=True, eq=False)
class Choice:
    """Seeds in order (places of nodes), the sets that each adds, and a bound on what any choice meets."""

    seeds: Indices
    gains: Counts
    bound: float

    @property
    def noise(self) -> float:
        """How much of the sets met could be chance: standard errors of the gains (Poisson) over the gains."""
        return float(np.sqrt(self.gains).sum() / max(1, self.gains.sum()))


def choose(sets: Collection, purse: Purse, look: Callable[[], None] | None = None) -> Choice:
    """Greedy by sets for the cost; by cost also compared with the best single node.

    Those that must be taken come first. Ties go to the node that stands first. Ends before the purse is
    empty where no other node meets a set that is not met already. look: called at every step; what it raises
    ends the work.
    """
    indptr, by_node = _indexed(sets)
    gains = np.diff(indptr)
    met = np.zeros(sets.count, dtype=np.uint8)
    first: list[int] = []
    for node in purse.must.tolist():
        first.append(int(gains[node]))
        take(node, sets.offsets, sets.members, indptr, by_node, met, gains)
    single = int(np.argmax(np.where(purse.free, gains, -1)))
    alone = int(gains[single]) if purse.free[single] else 0
    added = _greedy(sets, purse, indptr, by_node, met, gains, look)
    made = (added.seeds, added.gains)
    if added.gains.sum() < alone:
        made = (np.array([single], dtype=np.int32), np.array([alone]))
    gained = np.concatenate((np.array(first, dtype=np.int64), made[1]))
    return Choice(np.concatenate((purse.must, made[0])), gained, sum(first) + added.bound)


def _greedy(
    sets: Collection,
    purse: Purse,
    indptr: Counts,
    by_node: Indices,
    met: Bytes,
    gains: Counts,
    look: Callable[[], None] | None,
) -> Choice:
    """What is added to those that must be taken; the bound, too, is of what can be added."""
    costs, left, covered = np.where(purse.free, purse.costs, np.inf), purse.left, [0]
    seeds: list[int] = []
    bound = float(sets.count)
    every = max(1, purse.most // BOUNDED_STEPS)
    while True:
        if look:
            look()
        # What is left after sums of costs is rounded; that must not cost a seed.
        node = best(gains, costs, left * (1 + ROUNDING))
        if node < 0 or len(seeds) % every == 0:
            bound = min(bound, covered[-1] + _headroom(gains, purse))
        if node < 0:
            return Choice(np.array(seeds, dtype=np.int32), np.diff(covered), bound)
        covered.append(covered[-1] + int(gains[node]))
        left -= costs[node]
        costs[node] = np.inf
        seeds.append(node)
        take(node, sets.offsets, sets.members, indptr, by_node, met, gains)


def _only(costs: Floats, allowed: Indices | None) -> Floats:
    if allowed is None:
        return costs
    made = np.full(len(costs), np.inf)
    made[allowed] = costs[allowed]
    return made


def _indexed(sets: Collection) -> tuple[Counts, Indices]:
    indptr = np.zeros(sets.source.size + 1, dtype=np.int64)
    by_node = np.empty(sets.used, dtype=np.int32)
    index(sets.offsets, sets.members, sets.count, indptr, by_node)
    return indptr, by_node


def _headroom(gains: Counts, purse: Purse) -> float:
    """What the best choice can add to this one at most: gains only shrink, so it is a fractional knapsack."""
    fitting = np.flatnonzero(purse.free & (gains > 0))
    left = gains[fitting]
    if purse.even:
        most = min(int(purse.left), len(left))
        return float(np.partition(left, len(left) - most)[len(left) - most :].sum()) if most else 0.0
    order = np.argsort(-left / purse.costs[fitting], kind="stable")
    costs, gained = purse.costs[fitting][order], left[order]
    spent = np.cumsum(costs)
    shares = np.clip((purse.left - (spent - costs)) / costs, 0.0, 1.0)
    return float(shares @ gained)
