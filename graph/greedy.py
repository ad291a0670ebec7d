"""Accounts one by one, the most new reach (per cost, or at all) first, and lazily.

What an account adds can only fall as others are chosen, so what it added once bounds what it adds now: it is
counted again only when it would be next (Minoux 1978; with costs: Leskovec et al. 2007, CELF).
"""

from dataclasses import dataclass

import numpy as np
from numba import njit
from numpy.typing import NDArray

from graph.audiences import Ordinals
from graph.blocks import Offsets
from graph.constraints import Constraints, Flags, Integers
from graph.people import People, Weights
from graph.weights import reduce_by, weight_of

Shares = NDArray[np.float64]

# Steps of which the bounds are kept: of 5,000 accounts 10 MB.
KEPT = 256


@dataclass(frozen=True, slots=True)
class Rules:
    """Constraints as arrays: of each limit the members as bool[L, n], and how many are left, int64[L]."""

    costs: Integers
    left: int
    places: int
    members: Flags
    most: Integers

    @classmethod
    def of(cls, constraints: Constraints) -> "Rules":
        """What is left of the constraints once the accounts that must be in the plan are."""
        limits, size = constraints.limits_left, len(constraints.costs)
        members = np.array(
            [[place in each.members for place in range(size)] for each in limits], dtype=np.bool_
        )
        most = np.array([each.most for each in limits], dtype=np.int64)
        shape = members.reshape(len(limits), size)
        return cls(constraints.costs, constraints.left, constraints.places_left, shape, most)


@dataclass(frozen=True, slots=True)
class Course:
    """A greedy run. order: accounts as chosen; gains: what each added.

    bounds: float64[rows, n], before the first steps (row = step) and in the last row at the end: what every
    account can add at most, 0 of those that are chosen or not allowed.
    """

    order: list[int]
    gains: list[float]
    bounds: Shares


def course(
    people: People,
    weight: Weights,
    reached: Shares,
    rules: Rules,
    free: Flags,
    first: tuple[int, ...] = (),
    by_cost: bool = True,
) -> Course:
    """Adds accounts of `free` until no other fits.

    weight: of the groups that nobody has reached yet; it is left as it was. reached: float64[n], chance that
    account i reaches a follower of its. first: accounts that are taken before the others, where they fit.

    >>> from pyroaring import BitMap
    >>> from graph.people import gather
    >>> people = gather([BitMap([1, 2, 3]), BitMap([1, 2]), BitMap([3, 4])])
    >>> rules = Rules.of(Constraints.of([5, 2, 2], budget=5))
    >>> found = course(people, people.weight, np.ones(3), rules, np.ones(3, dtype=bool))
    >>> found.order, found.gains
    ([1, 2], [2.0, 2.0])
    """
    if not people.members.size:
        return Course([], [], np.zeros((1, reached.size)))
    order, gains, bounds = _course(
        people.members,
        people.bounds,
        weight.copy(),
        reached,
        rules.costs,
        rules.left,
        rules.places,
        rules.members,
        rules.most.copy(),
        free.copy(),
        np.array(first, dtype=np.int64),
        by_cost,
    )
    return Course(order.tolist(), gains.tolist(), bounds)


@njit(nogil=True, cache=True)
def gain(members: Ordinals, bounds: Offsets, weight: Weights, place: int) -> float:
    """The weight of an account's groups that is left."""
    return weight_of(members[bounds[place] : bounds[place + 1]], weight)


@njit(nogil=True, cache=True)
def take(members: Ordinals, bounds: Offsets, weight: Weights, place: int, missed: float) -> None:
    """Leaves of an account's groups what it misses."""
    reduce_by(members[bounds[place] : bounds[place + 1]], weight, missed)


@njit(nogil=True, cache=True)
def fits(place: int, costs: Integers, left: int, members: Flags, most: Integers) -> bool:
    """Whether an account may be added; once it may not, it never may."""
    if costs[place] > left:
        return False
    for limit in range(most.size):  # noqa: SIM110 (numba has no generators)
        if members[limit, place] and most[limit] <= 0:
            return False
    return True


@njit(nogil=True, cache=True)
def next_place(upper: Shares, free: Flags, costs: Integers, by_cost: bool) -> int:
    """The account of the highest bound; -1 where nobody adds anything."""
    found, top = -1, 0.0
    for place in range(upper.size):
        if free[place] and upper[place] > 0:
            key = upper[place] / max(costs[place], 1) if by_cost else upper[place]
            if key > top:
                found, top = place, key
    return found


@njit(nogil=True, cache=True)
def _course(
    members: Ordinals,
    bounds: Offsets,
    weight: Weights,
    reached: Shares,
    costs: Integers,
    left: int,
    places: int,
    limited: Flags,
    most: Integers,
    free: Flags,
    first: Integers,
    by_cost: bool,
) -> tuple[Integers, Shares, Shares]:
    size = reached.size
    upper, counted = np.zeros(size), np.zeros(size, dtype=np.int64)
    for place in range(size):
        if free[place]:
            upper[place] = reached[place] * gain(members, bounds, weight, place)
    order, gains = np.zeros(size, dtype=np.int64), np.zeros(size)
    history, steps = np.zeros((min(size, places, KEPT) + 1, size)), 0
    history[0] = upper
    while steps < places:
        place = first[steps] if steps < first.size else next_place(upper, free, costs, by_cost)
        if place < 0:
            break
        if not fits(place, costs, left, limited, most):
            free[place] = False
            if steps < first.size:
                break
            continue
        if counted[place] < steps:
            upper[place] = reached[place] * gain(members, bounds, weight, place)
            counted[place] = steps
            if steps >= first.size:
                continue
        order[steps], gains[steps] = place, upper[place]
        take(members, bounds, weight, place, 1 - reached[place])
        left -= costs[place]
        for limit in range(most.size):
            most[limit] -= limited[limit, place]
        free[place], upper[place] = False, 0.0
        steps += 1
        history[min(steps, KEPT)] = upper
    for place in range(size):
        if upper[place] > 0:
            upper[place] = reached[place] * gain(members, bounds, weight, place)
    history[min(steps, KEPT)] = upper
    return order[:steps], gains[:steps], history[: min(steps, KEPT) + 1]
