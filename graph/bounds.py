"""What random sets prove: a lower bound on a choice, an upper bound on any, and how many sets are enough.

Tang, Tang, Xiao, Yuan, Online Processing Algorithms for Influence Maximization (OPIM-C), SIGMOD 2018.
"""

import math
from dataclasses import dataclass

import numpy as np

from graph.build import Floats
from graph.greedy import BadGoal, Purse

SMALLEST = 1024
# So many sets are affordable on any graph, also where theory is content with fewer.
AFFORDABLE = 1 << 24


@dataclass(frozen=True, slots=True)
class Guarantee:
    """With probability 1 - delta the seeds' spread is at least `ratio` of what any allowed choice spreads.

    lower: of the seeds' spread; upper: of the optimum; ratio = lower / upper; promised: the ratio that was to
    be reached (1 - 1/e - eps by number, (1 - 1/e) / 2 - eps by cost); sets: in each of both collections.
    """

    ratio: float
    promised: float
    eps: float
    delta: float
    sets: int
    lower: float
    upper: float

    @property
    def kept(self) -> bool:
        """Whether the promise was reached before memory ended."""
        return self.ratio >= self.promised


@dataclass(frozen=True, slots=True)
class Plan:
    """Collections have SMALLEST x 2^j sets, j = 0..rounds; both bounds hold at all of these sizes at once.

    total: the weight of all nodes; share: what greedy reaches of the optimum where chances are known exactly.
    """

    total: float
    rounds: int
    share: float
    eps: float
    delta: float

    @classmethod
    def of(cls, weights: Floats, purse: Purse, eps: float, delta: float) -> "Plan":
        """Raises BadGoal where eps or delta promise nothing."""
        share = (1 - 1 / math.e) * (1.0 if purse.even else 0.5)
        if not 0 < eps < share or not 0 < delta < 1:
            raise BadGoal(f"expected 0 < eps < {share:.3f} and 0 < delta < 1")
        enough = _enough(weights, purse, share, eps, delta)
        rounds = math.ceil(math.log2(max(enough, AFFORDABLE) / SMALLEST))
        return cls(float(weights.sum()), rounds, share, eps, delta)

    def size(self, number: int) -> int:
        """How many sets a collection has in round `number`."""
        return SMALLEST << number

    def guarantee(self, met: int, bound: float, sets: int) -> Guarantee:
        """Of seeds that meet `met` of `sets` unseen sets; no choice meets more than `bound` of the others."""
        lower, upper = self._lower(met, sets), self._upper(bound, sets)
        return Guarantee(lower / upper, self.share - self.eps, self.eps, self.delta, sets, lower, upper)

    @property
    def _log(self) -> float:
        # Of delta, a third each is for the lower bounds, the upper bounds, and the last size.
        return math.log(3 * (self.rounds + 1) / self.delta)

    def _lower(self, met: int, sets: int) -> float:
        root = math.sqrt(met + 2 * self._log / 9) - math.sqrt(self._log / 2)
        return max(0.0, max(0.0, root) ** 2 - self._log / 18) * self.total / sets

    def _upper(self, bound: float, sets: int) -> float:
        root = math.sqrt(bound + self._log / 2) + math.sqrt(self._log / 2)
        return min(self.total, root**2 * self.total / sets)


def _enough(weights: Floats, purse: Purse, share: float, eps: float, delta: float) -> float:
    """Sets with which the promise is kept whatever the data: lemma 6.1, for any class of choices.

    The optimum is at least the weight of the best nodes that fit, since a seed wins itself.
    """
    fitting = np.sort(weights[purse.free])[::-1]
    beside = purse.most - len(purse.must) if purse.even else 1
    least = float(weights[purse.must].sum() + fitting[:beside].sum())
    if not least > 0:
        raise BadGoal("no node that may be a seed is worth anything")
    log = math.log(6 / delta)
    root = share * math.sqrt(log) + math.sqrt(
        share * (_log_choices(len(fitting) + len(purse.must), purse.most) + log)
    )
    return 2 * float(weights.sum()) * root**2 / (eps**2 * least)


def _log_choices(nodes: int, most: int) -> float:
    """An upper bound on ln of the number of sets of at most `most` of the nodes."""
    return most * (1 + math.log(nodes / most))
