from itertools import combinations
from typing import NamedTuple

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyroaring import BitMap

from graph import coverage, subsets
from graph.constraints import Constraints, ImpossiblePlan, Limit
from graph.contacts import Posts, Presence, ReachRate
from graph.coverage import plan


class Case(NamedTuple):
    audiences: list[BitMap]
    constraints: Constraints
    presences: list[Presence]
    target: list[float]


def value(case: Case, chosen: tuple[int, ...], objective: str) -> float:
    """By the definition, person by person."""
    total = 0.0
    for person in set().union(*(case.audiences[place] for place in chosen)) if chosen else ():
        followed = [place for place, each in enumerate(case.audiences) if person in each]
        missed = 1.0
        for place in set(followed) & set(chosen):
            presence = case.presences[place]
            seen = 1.0
            for posts in presence.posts:
                seen *= (1 - posts.rate.value) ** posts.count
            missed *= 0.0 if objective == "unique_followers" else 1 - (1 - presence.fakes) * (1 - seen)
        weight = np.mean([case.target[place] for place in followed]) if objective == "target_reach" else 1.0
        total += weight * (1 - missed)
    return float(total)


def allowed(constraints: Constraints, chosen: tuple[int, ...]) -> bool:
    picked = set(chosen)
    return (
        set(constraints.must_include) <= picked
        and not picked & constraints.exclude
        and (constraints.budget is None or sum(constraints.costs[list(chosen)]) <= constraints.budget)
        and (constraints.max_size is None or len(chosen) <= constraints.max_size)
        and all(len(picked & limit.members) <= limit.most for limit in constraints.limits)
    )


def brute_force(case: Case, objective: str) -> float:
    places = range(len(case.audiences))
    subsets = (chosen for size in range(len(places) + 1) for chosen in combinations(places, size))
    return max(value(case, chosen, objective) for chosen in subsets if allowed(case.constraints, chosen))


@st.composite
def cases(draw: st.DrawFn, most: int) -> Case:
    size = draw(st.integers(1, most))
    # People one below the other in different chunks of a bitmap, so that blocks matter.
    people = st.sets(st.sampled_from([*range(12), 70_000, 300_000]), max_size=9)
    audiences = [BitMap(draw(people)) for _ in range(size)]
    rate = st.sampled_from([0.0, 0.1, 0.35, 1.0])
    presences = [
        Presence((Posts(ReachRate(draw(rate)), draw(st.integers(0, 3))),), draw(st.sampled_from([0.0, 0.2])))
        for _ in range(size)
    ]
    target = [draw(st.sampled_from([0.0, 0.25, 0.9])) for _ in range(size)]
    costs = draw(st.lists(st.integers(0, 9), min_size=size, max_size=size))
    places = st.integers(0, size - 1)
    must = draw(st.lists(places, max_size=2, unique=True)) if draw(st.booleans()) else []
    limits = [
        Limit(frozenset(draw(st.sets(places, max_size=4))), draw(st.integers(1, 3)))
        for _ in range(draw(st.integers(0, 3)))
    ]
    exclude = draw(st.sets(places, max_size=2)) - set(must)
    max_size = draw(st.none() | st.integers(len(must), size))
    spent = sum(costs[place] for place in must)
    budget = draw(st.none() | st.integers(spent, max(spent, sum(costs))))
    try:
        constraints = Constraints.of(
            costs,
            budget=budget,
            must_include=must,
            exclude=sorted(exclude),
            max_size=max_size,
            limits=limits,
        )
    except ImpossiblePlan:
        constraints = Constraints.of(costs, budget=budget, limits=limits)
    return Case(audiences, constraints, presences, target)


def planned(case: Case, objective: str) -> coverage.Plan:
    return plan(case.audiences, case.constraints, objective, case.presences, case.target)


def check(case: Case, objective: str, found: coverage.Plan) -> None:
    """What holds of every plan."""
    chosen = tuple(step.place for step in found.chosen)
    assert len(set(chosen)) == len(chosen)
    assert allowed(case.constraints, chosen)
    assert found.value == pytest.approx(value(case, chosen, objective), abs=1e-9)
    assert found.value == pytest.approx(sum(step.marginal for step in found.chosen), abs=1e-9)
    assert found.total_cost == sum(step.cost for step in found.chosen)
    assert found.reach.unique_reach.value == pytest.approx(found.value, abs=1e-9)
    assert found.reach.unique_followers == value(case, chosen, "unique_followers")


@pytest.mark.parametrize("objective", coverage.OBJECTIVES)
@settings(max_examples=60, deadline=None)
@given(case=cases(8))
def test_a_plan_of_a_short_list_is_the_best(case: Case, objective: str):
    found = planned(case, objective)
    check(case, objective, found)
    assert found.exact
    assert found.optimality == 1.0
    assert found.value == pytest.approx(brute_force(case, objective), abs=1e-9)


@pytest.mark.parametrize("objective", ["unique_followers", "unique_reach"])
@settings(max_examples=12, deadline=None)
@given(case=cases(12))
def test_a_plan_of_twelve_is_the_best(case: Case, objective: str):
    assert planned(case, objective).value == pytest.approx(brute_force(case, objective), abs=1e-9)


@pytest.mark.parametrize("effort", [0, coverage.EFFORT])
@pytest.mark.parametrize("objective", coverage.OBJECTIVES)
@settings(max_examples=60, deadline=None)
@given(case=cases(9))
def test_the_bound_of_a_greedy_plan_never_lies(case: Case, objective: str, effort: int):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(subsets, "LONGEST", -1)
        patch.setattr(coverage, "EFFORT", effort)
        found = planned(case, objective)
    check(case, objective, found)
    best = brute_force(case, objective)
    assert not found.exact
    assert found.value <= best + 1e-9
    assert best <= found.upper_bound + 1e-9
    if found.guarantee is not None:
        assert found.value >= found.guarantee * best - 1e-9


@settings(max_examples=40, deadline=None)
@given(case=cases(9))
def test_people_alone_plan_as_groups_do(case: Case):
    """Long lists are not grouped: the same instance has the same answer either way."""
    from graph import people

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(people, "LONGEST", -1)
        for objective in coverage.OBJECTIVES:
            alone = planned(case, objective)
            check(case, objective, alone)
            assert alone.value == pytest.approx(brute_force(case, objective), abs=1e-9)


def test_a_cheap_account_does_not_hide_a_large_one():
    """Where greedy by cost alone is arbitrarily bad, the best single account saves it."""
    audiences = [BitMap([0]), BitMap(range(1, 100))]
    constraints = Constraints.of([1, 100], budget=100)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(subsets, "LONGEST", -1)
        patch.setattr(coverage, "EFFORT", 0)
        found = plan(audiences, constraints)
    assert [step.place for step in found.chosen] == [1]
    assert found.optimality >= 0.99


@pytest.mark.parametrize(
    ("given_", "reason"),
    [
        ({"budget": 4, "must_include": [0, 1]}, "budget"),
        ({"max_size": 1, "must_include": [0, 1]}, "max_size"),
        ({"exclude": [0], "must_include": [0]}, "excluded"),
        ({"limits": [Limit(frozenset({0, 1}), 1)], "must_include": [0, 1]}, "limit"),
    ],
)
def test_what_cannot_be_planned_is_said(given_: dict, reason: str):
    with pytest.raises(ImpossiblePlan) as caught:
        Constraints.of([3, 3], **given_)
    assert caught.value.reason == reason


def test_inputs_an_objective_needs():
    constraints = Constraints.of([1])
    with pytest.raises(ValueError, match="planned posts"):
        plan([BitMap([1])], constraints, "unique_reach")
    with pytest.raises(ValueError, match="share"):
        plan([BitMap([1])], constraints, "target_reach")
    with pytest.raises(ValueError, match="one of"):
        plan([BitMap([1])], constraints, "likes")
    with pytest.raises(ValueError, match="among"):
        Constraints.of([1], must_include=[1])


def test_nobody_to_reach_is_a_plan_of_nothing():
    found = plan([BitMap(), BitMap()], Constraints.of([1, 1], budget=5))
    assert found.chosen == ()
    assert (found.value, found.optimality, found.cost_per_1000) == (0.0, 1.0, None)
    assert plan([], Constraints.of([], budget=5)).chosen == ()


def test_costs_per_thousand_are_of_the_step_and_of_the_whole():
    found = plan([BitMap(range(4000)), BitMap(range(2000, 5000))], Constraints.of([8000, 3000], budget=11000))
    assert [(step.place, step.marginal, step.cost_per_1000) for step in found.chosen] == [
        (1, 3000.0, 1000),
        (0, 2000.0, 4000),
    ]
    assert (found.value, found.cost_per_1000) == (5000.0, 2200)
