"""The best of all subsets of a short list.

The value of every subset comes at once: with W[mask] people per combination of memberships, who is missed by
the subset S is the sum over masks of W[mask] prod_{i of S and mask} q_i, a transform that goes through the
bits one by one, as a zeta transform does: n 2^n steps for all 2^n subsets.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from graph.constraints import Constraints
from graph.people import People

Shares = NDArray[np.float64]
Integers = NDArray[np.int64]

# 2^16 subsets take a few milliseconds and 3 MB.
LONGEST = 16
# Two values are the same for a person who reads them.
SAME = 1e-12


def best(people: People, missed: Shares, constraints: Constraints, free: Sequence[int]) -> list[int]:
    """The accounts of `free` to add: of all subsets that keep to the constraints the one with the most reach.

    missed: float64[n], chance q_i that account i misses a follower of its. Among equals the cheapest, then
    the smallest, then the first. Accounts that must be in the plan are taken as chosen.

    >>> from pyroaring import BitMap
    >>> from graph.people import gather
    >>> people = gather([BitMap([1, 2, 3]), BitMap([1, 2]), BitMap([3, 4])])
    >>> best(people, np.zeros(3), Constraints.of([5, 2, 2], budget=5), [0, 1, 2])
    [1, 2]
    """
    value = -_left(people, missed, constraints.must_include, free)
    cost = _sums(constraints.costs[list(free)])
    size = _sums(np.ones(len(free), dtype=np.int64))
    allowed = (cost <= constraints.left) & (size <= constraints.places_left)
    for limit in constraints.limits_left:
        inside = np.array([place in limit.members for place in free], dtype=np.int64)
        allowed &= _sums(inside) <= limit.most
    top = value[allowed].max()
    near = np.flatnonzero(allowed & (value >= top - SAME * abs(top)))
    chosen = int(near[np.lexsort((near, size[near], cost[near]))[0]])
    return [place for bit, place in enumerate(free) if chosen >> bit & 1]


def _left(people: People, missed: Shares, must: Sequence[int], free: Sequence[int]) -> Shares:
    """Per subset of `free` the weight that it and `must` miss."""
    weight = people.numbers()
    for place in must:
        weight[people.groups(place)] *= missed[place]
    masks = np.zeros(weight.size, dtype=np.int64)
    for bit, place in enumerate(free):
        masks[people.groups(place)] |= 1 << bit
    left = np.bincount(masks, weight, 1 << len(free)).astype(np.float64)
    for bit, place in enumerate(free):
        halves = left.reshape(-1, 2, 1 << bit)
        without, having = halves[:, 0].copy(), halves[:, 1].copy()
        halves[:, 0] = without + having
        halves[:, 1] = without + missed[place] * having
    return left


def _sums(values: Integers) -> Integers:
    """Per subset the sum of its values, int64[2^n]."""
    sums = np.zeros(1, dtype=np.int64)
    for value in values:
        sums = np.concatenate([sums, sums + value])
    return sums
