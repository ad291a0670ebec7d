"""Reach plans: whom to take for a budget, and how much of the best possible that is.

The objective is f(S) = sum over people of w_p (1 - prod_{i of S and p} q_i): unique followers (q = 0), unique
reach (q from rates and planned posts), or the reach in a target (w = the person's chance to be in it). It is
monotone and submodular. Short lists are solved exactly; of longer ones the best of several greedy runs is
taken: by cost, by reach, from the best single account, and where the list allows from every pair, which is
within 1 - 1/e of the best plan (Sviridenko 2004; pairs suffice: Kulik, Schwartz and Shachnai 2021).
"""

from collections.abc import Sequence
from itertools import combinations

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray
from pyroaring import BitMap

from graph import subsets
from graph.constraints import Constraints
from graph.contacts import EVERYBODY, Presence
from graph.people import People, gather
from graph.plan_bound import bound
from graph.plan_greedy import Course, Start, course
from graph.reach import Reached, reach
from graph.weights import reduce_by, weight_of

Shares = NDArray[np.float64]
OBJECTIVES = ("unique_followers", "unique_reach", "target_reach")

# Memberships that enumerating pairs may read: about a second.
EFFORT = 400_000_000
# What starting and counting cost for each account of a run, in memberships.
OVERHEAD = 5_000
GREEDY = (1 - 1 / np.e) / 2
# Amounts are kept as 64-bit integers.
MOST = 2.0**63
PAIRS = 1 - 1 / np.e


class Step(Struct, frozen=True):
    """An account of the plan, and what it adds to those before it. Costs in minor units, null of no reach."""

    place: int
    cost: int
    marginal: float
    cumulative: float
    cost_per_1000: int | None


class Plan(Struct, frozen=True):
    """value: of the objective, in people; upper_bound: what no plan passes; optimality: value / upper_bound.

    method: subsets (exact), pairs or greedy. guarantee: what the method can't fall short of, beforehand, as a
    share of the best; null where size or group limits bound the plan. reach: of the chosen with their posts.
    """

    chosen: tuple[Step, ...]
    total_cost: int
    value: float
    upper_bound: float
    optimality: float
    exact: bool
    method: str
    guarantee: float | None
    cost_per_1000: int | None
    reach: Reached


def plan(
    audiences: Sequence[BitMap],
    constraints: Constraints,
    objective: str = "unique_followers",
    presences: Sequence[Presence] | None = None,
    target: Sequence[float] | None = None,
) -> Plan:
    """The accounts to take, in the order of what each adds for its cost; those that must be in come first.

    presences: what each is to publish (unique_reach; optional for target_reach). target: share of each
    audience that counts (target_reach). Raises ValueError for an objective without its inputs.

    >>> audiences = [BitMap([1, 2, 3]), BitMap([1, 2]), BitMap([3, 4])]
    >>> found = plan(audiences, Constraints.of([500, 200, 200], budget=500))
    >>> [(step.place, step.marginal) for step in found.chosen], found.value, found.optimality, found.exact
    ([(1, 2.0), (2, 2.0)], 4.0, 1.0, True)
    """
    posts = _presences(objective, len(audiences), presences, target)
    shares = target if objective == "target_reach" else None
    missed = np.array([each.missed() for each in posts], dtype=np.float64)
    people = gather(audiences, shares, whole=not (missed > 0).any())
    free = np.flatnonzero(constraints.free).tolist()
    if len(free) <= subsets.LONGEST:
        added = subsets.best(people, missed, constraints, free)
        found = _ordered(people, missed, constraints, added)
        return _plan(found, constraints, audiences, posts, shares, "subsets", sum(found.gains))
    found, ceiling, method = choose(people, missed, constraints)
    return _plan(found, constraints, audiences, posts, shares, method, ceiling)


def _presences(
    objective: str, size: int, presences: Sequence[Presence] | None, target: Sequence[float] | None
) -> Sequence[Presence]:
    if objective not in OBJECTIVES:
        raise ValueError(f"the objective must be one of {OBJECTIVES}, not {objective!r}")
    if objective == "unique_reach" and presences is None:
        raise ValueError("unique_reach needs the planned posts")
    if objective == "target_reach" and target is None:
        raise ValueError("target_reach needs the target's share of each audience")
    return [EVERYBODY] * size if presences is None or objective == "unique_followers" else presences


def _start(people: People, missed: Shares, constraints: Constraints) -> tuple[People, list[float]]:
    """What the accounts that must be in the plan leave, and what each of them adds."""
    rest, gains = People(people.weight.copy(), people.audiences), []
    for place in constraints.must_include:
        groups = rest.groups(place)
        gains.append(float(1 - missed[place]) * weight_of(groups, rest.weight))
        reduce_by(groups, rest.weight, float(missed[place]))
    return rest, gains


def _ordered(people: People, missed: Shares, constraints: Constraints, added: Sequence[int]) -> Course:
    """A chosen set in greedy order; those that add nothing to the others come last."""
    rest, gains = _start(people, missed, constraints)
    free = np.zeros(len(missed), dtype=np.bool_)
    free[list(added)] = True
    run = course(Start.of(rest, 1 - missed, constraints, free))
    idle = [place for place in added if place not in run.order]
    order = [*constraints.must_include, *run.order, *idle]
    return Course(order, [*gains, *run.gains, *(0.0 for _ in idle)])


def choose(people: People, missed: Shares, constraints: Constraints) -> tuple[Course, float, str]:
    """The best of the greedy runs, what no plan can pass (the least of all their bounds), and the method.

    missed: float64[n], chance that account i misses a follower of its.

    >>> people = gather([BitMap([1, 2, 3]), BitMap([1, 2]), BitMap([3, 4])])
    >>> found, ceiling, method = choose(people, np.zeros(3), Constraints.of([5, 2, 2], budget=5))
    >>> found.order, ceiling, method
    ([1, 2], 4.0, 'pairs')
    """
    rest, gains = _start(people, missed, constraints)
    start = Start.of(rest, 1 - missed, constraints, constraints.free)
    runs = [course(start, certify=True)]
    if not constraints.knapsack_alone:
        runs.append(course(start, by_cost=False, certify=True))
    ceiling = sum(gains) + min(_ceiling(each, constraints) for each in runs)
    seeds = _seeds(runs[0].value, start, np.flatnonzero(constraints.free).tolist())
    top = max([*runs, *(course(start, first) for first in seeds)], key=lambda each: each.value)
    found = Course([*constraints.must_include, *top.order], [*gains, *top.gains])
    if len(seeds) > 1:
        found = _ordered(people, missed, constraints, top.order)
    return found, max(ceiling, found.value), "pairs" if len(seeds) > 1 else "greedy"


def _seeds(value: float, start: Start, places: Sequence[int]) -> list[tuple[int, ...]]:
    """What other runs start from: all pairs where that is affordable, else an account worth a whole run."""
    if len(places) * len(places) // 2 * (start.people.memberships + OVERHEAD * len(places)) <= EFFORT:
        return [*((place,) for place in places), *combinations(places, 2)]
    single = int(np.argmax(start.alone))
    return [(single,)] if start.alone[single] > value else []


def _ceiling(run: Course, constraints: Constraints) -> float:
    """The least bound over the steps of a run."""
    return min(value + bound(gains, constraints) for value, gains in run.marks)


def _plan(
    found: Course,
    constraints: Constraints,
    audiences: Sequence[BitMap],
    presences: Sequence[Presence],
    shares: Sequence[float] | None,
    method: str,
    ceiling: float,
) -> Plan:
    value = float(sum(found.gains))
    costs = [int(constraints.costs[place]) for place in found.order]
    sums = np.cumsum(found.gains).tolist()
    exact = method == "subsets"
    return Plan(
        chosen=tuple(
            Step(place, cost, gain, total, per_thousand(cost, gain))
            for place, cost, gain, total in zip(found.order, costs, found.gains, sums, strict=True)
        ),
        total_cost=sum(costs),
        value=value,
        upper_bound=ceiling,
        optimality=value / ceiling if ceiling else 1.0,
        exact=exact,
        method=method,
        guarantee=_guarantee(method, constraints),
        cost_per_1000=per_thousand(sum(costs), value),
        reach=reach(audiences, presences, shares, found.order),
    )


def _guarantee(method: str, constraints: Constraints) -> float | None:
    if method == "subsets":
        return 1.0
    if not constraints.knapsack_alone or constraints.must_include:
        return None
    return float(PAIRS if method == "pairs" else GREEDY)


def per_thousand(cost: int, people: float) -> int | None:
    """Minor units per 1,000 people, null where there are none, or so few that no amount is so large.

    >>> per_thousand(5_000, 2_000.0)
    2500
    """
    per = cost * 1000 / people if people > 0 else MOST
    return round(per) if per < MOST else None
