"""What no plan can pass: the certificate of a greedy answer.

For any set S and the best plan O: f(O) <= f(S or O) <= f(S) + the sum over O without S of what each adds to
S, as f is monotone and submodular (Leskovec et al. 2007, theorem 4). The sum is bounded by a knapsack whose
budget has a price instead of a limit: for every price L >= 0

    max sum g_j x_j  <=  L budget + max sum (g_j - L c_j)^+ x_j

where on the right only the size and the limits per group are left, and the largest terms do best (Lagrange;
the price is found by golden section, and any price gives a bound that holds). Without size and limits the
least of these is the fractional knapsack (Dantzig 1957).
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from graph.constraints import Constraints, Integers, Limit

Shares = NDArray[np.float64]
STEPS = 60


def bound(gains: Shares, constraints: Constraints) -> float:
    """The most that accounts with these gains, float64[n], can add together in any plan.

    >>> bound(np.array([6.0, 4.0]), Constraints.of([3, 4], budget=5))
    8.0
    >>> bound(np.array([6.0, 4.0]), Constraints.of([3, 4], budget=9, max_size=1))
    6.0
    """
    some = np.flatnonzero(gains > 0)
    gains, costs = gains[some], constraints.costs[some]
    places, limits = constraints.places_left, _families(constraints.limits_left, some)
    if costs.sum() <= constraints.left:
        return _most(gains, places, limits)
    if places >= len(some) and not limits:
        return _fractional(gains, costs, constraints.left)
    return _priced(gains, costs, constraints.left, places, limits)


def _fractional(gains: Shares, costs: Integers, budget: int) -> float:
    """The best first, of the last as much as the budget buys."""
    order = np.argsort(-gains / np.maximum(costs, 1e-9))
    spent = np.concatenate([[0], np.cumsum(costs[order])])
    last = int(np.searchsorted(spent, budget, side="right")) - 1
    whole = float(gains[order[:last]].sum())
    if last == len(order):
        return whole
    return whole + float(gains[order[last]]) * (budget - int(spent[last])) / int(costs[order[last]])


def _priced(
    gains: Shares, costs: Integers, budget: int, places: int, limits: Sequence[Sequence[tuple[Integers, int]]]
) -> float:
    """The least over prices; convex in the price."""

    def at(price: float) -> float:
        return price * budget + _most(np.maximum(gains - price * costs, 0), places, limits)

    low, high = 0.0, float((gains / np.maximum(costs, 1e-9)).max())
    ratio = (5**0.5 - 1) / 2
    inner = high - ratio * (high - low), low + ratio * (high - low)
    values = at(inner[0]), at(inner[1])
    found = min(at(low), *values)
    for _ in range(STEPS):
        if values[0] <= values[1]:
            high = inner[1]
            inner = high - ratio * (high - low), inner[0]
            values = at(inner[0]), values[0]
        else:
            low = inner[0]
            inner = inner[1], low + ratio * (high - low)
            values = values[1], at(inner[1])
        found = min(found, *values)
    return found


def _most(values: Shares, places: int, families: Sequence[Sequence[tuple[Integers, int]]]) -> float:
    """The largest sum of `places` values, by each family of limits alone: the least bounds them all."""
    sums = [_top(values, places)]
    for family in families:
        kept = np.concatenate([_tops(values, members, most) for members, most in family])
        sums.append(_top(kept, places))
    return min(sums)


def _tops(values: Shares, members: Integers, most: int) -> Shares:
    inside = values[members]
    return inside if most >= inside.size else -np.sort(-inside)[: max(most, 0)]


def _top(values: Shares, places: int) -> float:
    if places >= values.size:
        return float(values.sum())
    return float(-np.sort(-values)[: max(places, 0)].sum())


def _families(limits: Sequence[Limit], some: Integers) -> list[list[tuple[Integers, int]]]:
    """Limits without common accounts together; all the other accounts are the last part of a family."""
    families: list[list[Limit]] = []
    for limit in limits:
        apart = (each for each in families if all(not (limit.members & other.members) for other in each))
        home = next(apart, None)
        if home is None:
            families.append([limit])
        else:
            home.append(limit)
    return [_parts(family, some) for family in families]


def _parts(family: Sequence[Limit], some: Integers) -> list[tuple[Integers, int]]:
    parts = [
        (np.flatnonzero([int(place) in limit.members for place in some]), limit.most) for limit in family
    ]
    inside = np.concatenate([members for members, _ in parts])
    rest = np.setdiff1d(np.arange(len(some)), inside)
    return [*parts, (rest, len(rest))]
