"""Accounts one by one, the most new reach (per cost, or at all) first, and lazily.

What an account adds can only fall as others are chosen, so what it added once bounds what it adds now: it is
counted again only when it would be next (Minoux 1978; with costs: Leskovec et al. 2007, CELF).
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from heapq import heapify, heappop, heappush

import numpy as np
from numpy.typing import NDArray

from graph.constraints import Constraints, Flags, Limit
from graph.people import People
from graph.weights import Weights, reduce_by, weight_of

Shares = NDArray[np.float64]

# Steps whose bounds are kept: of 5,000 accounts 10 MB.
KEPT = 256


@dataclass(frozen=True, slots=True)
class Course:
    """A greedy run. order: accounts as chosen; gains: what each added.

    marks: at the start, after steps, and at the end what was reached until then, and float64[n] what every
    account can add at most, 0 of those that are chosen or not allowed.
    """

    order: list[int]
    gains: list[float]
    marks: list[tuple[float, Shares]] = field(default_factory=list)

    @property
    def value(self) -> float:
        """What all together reach."""
        return sum(self.gains)


@dataclass(slots=True)
class Room:
    """What is left of budget, places and limits while a plan fills."""

    constraints: Constraints
    left: int
    places: int
    limits: list[Limit]

    @classmethod
    def of(cls, constraints: Constraints) -> "Room":
        """After the accounts that must be in the plan."""
        left, places = constraints.left, constraints.places_left
        return cls(constraints, left, places, list(constraints.limits_left))

    def fits(self, place: int) -> bool:
        """Whether an account may be added; once it may not, it never may."""
        if self.places < 1 or self.constraints.costs[place] > self.left:
            return False
        return all(limit.most > 0 or place not in limit.members for limit in self.limits)

    def fill(self, place: int) -> None:
        """Adds an account."""
        self.left -= int(self.constraints.costs[place])
        self.places -= 1
        self.limits = [Limit(each.members, each.most - (place in each.members)) for each in self.limits]


@dataclass(frozen=True, slots=True)
class Start:
    """Where runs start: people who are left, chances to reach a follower, what every account adds alone."""

    people: People
    reached: Shares
    constraints: Constraints
    alone: Shares

    @classmethod
    def of(cls, people: People, reached: Shares, constraints: Constraints, free: Flags) -> "Start":
        """people: with what the accounts that must be in the plan leave; free: who may be added."""
        alone = np.zeros(len(reached))
        for place in np.flatnonzero(free).tolist():
            alone[place] = reached[place] * weight_of(people.groups(place), people.weight)
        return cls(people, reached, constraints, alone)

    def key(self, place: int, gain: float, by_cost: bool) -> float:
        """The order of choice; what costs nothing counts as the smallest amount of money."""
        return gain / max(int(self.constraints.costs[place]), 1) if by_cost else gain


def course(start: Start, first: Sequence[int] = (), by_cost: bool = True, certify: bool = False) -> Course:
    """Adds accounts until no other fits. first: those that are taken before the others, as far as they fit.

    certify: keep what a bound of all plans is made of.

    >>> people = People(np.ones(4), [np.array(each, dtype=np.uint32) for each in ([0, 1, 2], [0, 1], [2, 3])])
    >>> constraints = Constraints.of([5, 2, 2], budget=5)
    >>> found = course(Start.of(people, np.ones(3), constraints, np.ones(3, dtype=bool)))
    >>> found.order, found.gains
    ([1, 2], [2.0, 2.0])
    """
    run = _Run(start, start.people.weight.copy(), start.alone.copy(), Room.of(start.constraints), by_cost)
    run.mark(certify)
    for place in first:
        if not run.room.fits(place):
            break
        run.take(place, run.gain(place))
    run.rest(certify)
    if certify:
        run.count_all()
        run.mark(certify)
    return run.found


class _Run:
    """One run's state: weight that is left, the last known gain of each account, room, what was found."""

    def __init__(self, start: Start, weight: Weights, upper: Shares, room: Room, by_cost: bool) -> None:
        self.start, self.weight, self.upper, self.room, self.by_cost = start, weight, upper, room, by_cost
        self.found = Course([], [])

    def gain(self, place: int) -> float:
        groups = self.start.people.groups(place)
        return float(self.start.reached[place]) * weight_of(groups, self.weight)

    def take(self, place: int, gain: float) -> None:
        self.room.fill(place)
        reduce_by(self.start.people.groups(place), self.weight, 1 - float(self.start.reached[place]))
        self.upper[place] = 0.0
        self.found.order.append(place)
        self.found.gains.append(gain)

    def rest(self, certify: bool) -> None:
        """Everybody else by the heap; an entry's last part is the step in which it was counted."""
        step = 0 if not self.found.order else -1
        heap = [(-self._key(place), place, step) for place in np.flatnonzero(self.upper > 0).tolist()]
        heapify(heap)
        while heap and self.room.places > 0:
            _, place, counted = heappop(heap)
            if not self.room.fits(place):
                continue
            if counted < len(self.found.order):
                self.upper[place] = self.gain(place)
                if self.upper[place] > 0:
                    heappush(heap, (-self._key(place), place, len(self.found.order)))
                continue
            self.take(place, float(self.upper[place]))
            self.mark(certify and len(self.found.order) < KEPT)

    def _key(self, place: int) -> float:
        return self.start.key(place, float(self.upper[place]), self.by_cost)

    def count_all(self) -> None:
        for place in np.flatnonzero(self.upper > 0).tolist():
            self.upper[place] = self.gain(place)

    def mark(self, wanted: bool) -> None:
        if wanted:
            self.found.marks.append((self.found.value, self.upper.copy()))
