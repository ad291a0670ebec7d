"""What a plan has to keep to: budget, size, accounts that must or must not be in it, limits per group."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Integers = NDArray[np.int64]
Flags = NDArray[np.bool_]


class ImpossiblePlan(ValueError):
    """No set of accounts keeps to what is asked; `reason` says what can't be."""

    def __init__(self, reason: str, message: str) -> None:
        super().__init__(message)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `most` of these accounts, as of one category or one platform."""

    members: frozenset[int]
    most: int


def limits_per(labels: Sequence[Iterable[str]], most: int) -> list[Limit]:
    """At most `most` accounts of each label; an account may have some, as categories, or none.

    >>> [sorted(limit.members) for limit in limits_per([["beauty"], ["beauty", "food"], []], 1)]
    [[0, 1], [1]]
    """
    members: dict[str, set[int]] = {}
    for place, names in enumerate(labels):
        for name in names:
            members.setdefault(name, set()).add(place)
    return [Limit(frozenset(places), most) for places in members.values()]


@dataclass(frozen=True, slots=True)
class Constraints:
    """costs: int64[n], minor units of one currency, of all planned posts of an account together.

    budget: None where only the size is bounded. Raises ImpossiblePlan where the accounts that must be in the
    plan break it already.

    >>> Constraints.of([5, 7], budget=4, must_include=[0])
    Traceback (most recent call last):
        ...
    graph.constraints.ImpossiblePlan: must_include costs 5 of a budget of 4
    """

    costs: Integers
    budget: int | None
    must_include: tuple[int, ...]
    exclude: frozenset[int]
    max_size: int | None
    limits: tuple[Limit, ...]

    @classmethod
    def of(
        cls,
        costs: Sequence[int],
        *,
        budget: int | None = None,
        must_include: Sequence[int] = (),
        exclude: Sequence[int] = (),
        max_size: int | None = None,
        limits: Sequence[Limit] = (),
    ) -> "Constraints":
        """Checked constraints on the accounts 0 .. len(costs) - 1."""
        must = tuple(dict.fromkeys(must_include))
        column = np.array(costs, dtype=np.int64).reshape(-1)
        made = cls(column, budget, must, frozenset(exclude), max_size, tuple(limits))
        made.check()
        return made

    def check(self) -> None:
        """Raise ImpossiblePlan, or ValueError where places or costs are none."""
        size = len(self.costs)
        named = {
            *self.must_include,
            *self.exclude,
            *(place for limit in self.limits for place in limit.members),
        }
        if (self.costs < 0).any() or not all(0 <= place < size for place in named):
            raise ValueError("costs must not be negative, and places must be among the accounts")
        if both := self.exclude & set(self.must_include):
            raise ImpossiblePlan("excluded", f"must_include and exclude both name {sorted(both)}")
        if self.budget is not None and self.spent > self.budget:
            raise ImpossiblePlan("budget", f"must_include costs {self.spent} of a budget of {self.budget}")
        if self.max_size is not None and len(self.must_include) > self.max_size:
            raise ImpossiblePlan("max_size", f"must_include has more than {self.max_size} accounts")
        for limit in self.limits:
            if len(limit.members.intersection(self.must_include)) > limit.most:
                raise ImpossiblePlan("limit", f"must_include has more than {limit.most} of one group")

    @property
    def spent(self) -> int:
        """What the accounts that must be in the plan cost."""
        return int(self.costs[list(self.must_include)].sum())

    @property
    def left(self) -> int:
        """The budget after them; a number that no costs reach where there is none."""
        return int(self.costs.sum()) + 1 if self.budget is None else self.budget - self.spent

    @property
    def places_left(self) -> int:
        """Accounts that may still be added."""
        most = len(self.costs) if self.max_size is None else self.max_size
        return most - len(self.must_include)

    @property
    def limits_left(self) -> tuple[Limit, ...]:
        """What the limits leave to the others."""
        must = set(self.must_include)
        return tuple(Limit(each.members - must, each.most - len(each.members & must)) for each in self.limits)

    @property
    def free(self) -> Flags:
        """bool[n]: who may be added at all, alone."""
        free = self.costs <= self.left
        free[list(self.must_include)] = False
        free[list(self.exclude)] = False
        for limit in self.limits_left:
            if limit.most <= 0:
                free[list(limit.members)] = False
        return free if self.places_left > 0 else np.zeros_like(free)

    @property
    def knapsack_alone(self) -> bool:
        """Whether the budget is all that bounds the plan."""
        return self.budget is not None and self.max_size is None and not self.limits
