"""Plans as the service makes them, against all subsets; the certificate is never better than the truth."""

import dataclasses
import itertools
from collections.abc import Iterator, Sequence
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyroaring import BitMap

from graph.audiences import Everybody, bottom
from graph.constraints import ImpossiblePlan
from graph.contacts import Posts, Presence, ReachRate
from service.discovery.plans.candidates import Candidate, Demands
from service.discovery.plans.choosing import NOTHING, choose
from service.discovery.plans.costs import Cost
from service.discovery.plans.schemas import Chosen
from service.discovery.plans.sorting import Facts, sort_out
from service.discovery.plans.sorting import candidate as candidate_of

RATES = st.sampled_from([0.0, 0.1, 0.35, 1.0])
CATEGORIES = st.sets(st.sampled_from(["beauty", "food"]), max_size=2)


@st.composite
def facts(draw: st.DrawFn, at: int) -> Facts:
    people = draw(st.sets(st.integers(0, 25), min_size=1, max_size=15))
    posts = Posts(ReachRate(draw(RATES)), draw(st.integers(1, 3)))
    return Facts(
        UUID(int=at + 1),
        UUID(int=at + 1),
        draw(st.sampled_from(["instagram", "tiktok"])),
        tuple(sorted(draw(CATEGORIES))),
        True,
        Everybody(BitMap(people)),
        Presence((posts,), draw(st.sampled_from([0.0, 0.2]))),
        Cost(draw(st.integers(0, 9)), "given"),
        draw(st.sampled_from([0.0, 0.4, 1.0])),
    )


@st.composite
def instances(draw: st.DrawFn, least: int, most: int) -> tuple[list[Facts], Demands, frozenset[UUID]]:
    everybody = [draw(facts(at)) for at in range(draw(st.integers(least, most)))]
    keys = [each.influencer_id for each in everybody]
    must = frozenset(draw(st.sets(st.sampled_from(keys), max_size=2)))
    exclude = frozenset(draw(st.sets(st.sampled_from(keys), max_size=2))) - must
    limit = st.none() | st.integers(1, 3)
    demands = Demands(
        draw(st.sampled_from(["unique_followers", "unique_reach", "target_reach"])),
        draw(st.integers(0, 30)),
        must,
        draw(st.none() | st.integers(1, 6)),
        draw(limit),
        draw(limit),
    )
    return everybody, demands, exclude


def allowed(everybody: Sequence[Facts], demands: Demands, exclude: frozenset[UUID]) -> Iterator[list[Facts]]:
    """Every set that keeps to the demands."""
    free = [each for each in everybody if each.influencer_id not in exclude]
    for size in range(len(free) + 1):
        for taken in itertools.combinations(free, size):
            if _keeps(taken, demands):
                yield list(taken)


def _keeps(taken: Sequence[Facts], demands: Demands) -> bool:
    keys = {each.influencer_id for each in taken}
    names = [name for each in taken for name in each.categories]
    platforms = [each.platform for each in taken]
    return (
        demands.must_include <= keys
        and sum(_cost(each) for each in taken) <= demands.budget
        and len(taken) <= (demands.max_size or 99)
        and max((names.count(name) for name in names), default=0) <= (demands.per_category or 99)
        and max((platforms.count(name) for name in platforms), default=0) <= (demands.per_platform or 99)
    )


def _cost(each: Facts) -> int:
    assert isinstance(each.cost, Cost)
    return each.cost.amount


def value(taken: Sequence[Facts], everybody: Sequence[Facts], objective: str) -> float:
    """The objective by its definition, a person at a time."""
    return sum(_of_person(person, taken, everybody, objective) for person in range(26))


def _of_person(person: int, taken: Sequence[Facts], everybody: Sequence[Facts], objective: str) -> float:
    missed = 1.0
    for each in taken:
        assert isinstance(each.audience, Everybody)
        assert isinstance(each.presence, Presence)
        if person in each.audience.members:
            missed *= 0.0 if objective == "unique_followers" else each.presence.missed()
    if objective != "target_reach":
        return 1 - missed
    shares = [
        each.target or 0.0
        for each in everybody
        if isinstance(each.audience, Everybody) and person in each.audience.members
    ]
    return (1 - missed) * sum(shares) / len(shares) if shares else 0.0


LINKED = frozenset([frozenset(("instagram", "tiktok"))])


def made(everybody: Sequence[Facts], demands: Demands, exclude: frozenset[UUID]) -> Chosen:
    must = demands.must_include
    able, _ = sort_out(everybody, demands.objective, demands.budget, must, exclude)
    return choose([candidate_of(each) for each in able], demands, LINKED)


def _in_it(everybody: Sequence[Facts], found: Chosen) -> list[Facts]:
    keys = [step.influencer_id for step in found.steps]
    return [each for each in everybody if each.influencer_id in keys]


@settings(max_examples=60, deadline=None)
@given(instances(1, 8))
def test_a_plan_of_a_short_list_is_the_best_of_all_sets(
    instance: tuple[list[Facts], Demands, frozenset[UUID]],
) -> None:
    everybody, demands, exclude = instance
    sets = list(allowed(everybody, demands, exclude))
    if not sets:
        with pytest.raises(ImpossiblePlan):
            made(everybody, demands, exclude)
        return
    found = made(everybody, demands, exclude)
    taken = _in_it(everybody, found)
    counted = _weighing(everybody, demands, exclude)
    best = max(value(each, counted, demands.objective) for each in sets)
    assert _keeps(taken, demands)
    assert not exclude & {each.influencer_id for each in taken}
    assert found.value == pytest.approx(value(taken, counted, demands.objective), abs=1e-9)
    assert found.value == pytest.approx(best, abs=1e-9)
    assert found.exact
    assert found.optimality == pytest.approx(1.0)
    assert found.total_cost == sum(_cost(each) for each in taken) <= demands.budget
    assert found.unique_followers.value == value(taken, counted, "unique_followers")
    reached = value(taken, counted, "unique_reach")
    assert found.unique_reach.value == pytest.approx(reached, abs=1e-9)


def _weighing(everybody: Sequence[Facts], demands: Demands, exclude: frozenset[UUID]) -> list[Facts]:
    """Whose target shares weigh people: the plan's candidates."""
    must = demands.must_include
    candidates, _ = sort_out(everybody, demands.objective, demands.budget, must, exclude)
    keys = {each.influencer_id for each in candidates}
    return [each for each in everybody if each.influencer_id in keys]


@settings(max_examples=15, deadline=None)
@given(instances(17, 18))
def test_a_bound_never_lies(instance: tuple[list[Facts], Demands, frozenset[UUID]]) -> None:
    everybody, demands, exclude = instance
    try:
        found = made(everybody, demands, exclude)
    except ImpossiblePlan:
        return
    counted = _weighing(everybody, demands, exclude)
    assert _keeps(_in_it(everybody, found), demands)
    # Up to three more than must be: every one of these sets is a witness against a bound that is too low.
    free = [each for each in counted if each.influencer_id not in demands.must_include]
    musts = [each for each in counted if each.influencer_id in demands.must_include]
    for more in itertools.chain.from_iterable(itertools.combinations(free, size) for size in (1, 2, 3)):
        taken = [*musts, *more]
        if _keeps(taken, demands):
            worth = value(taken, counted, demands.objective)
            assert worth <= found.upper_bound + 1e-9
    assert found.value <= found.upper_bound + 1e-9
    assert found.optimality <= 1.0


def candidate(at: int, audience: object, cost: int, presence: Presence | None = None) -> Candidate:
    return Candidate(UUID(int=at), UUID(int=at), "instagram", (), audience, presence, cost)  # type: ignore[arg-type]


def test_nobody_is_an_empty_plan() -> None:
    assert choose([], Demands("unique_reach", 100)) == NOTHING


def test_where_nothing_can_be_bought_the_plan_is_empty() -> None:
    found = choose([candidate(1, Everybody(BitMap([1, 2])), 5)], Demands("unique_followers", 4))
    assert (found.steps, found.value, found.optimality) == ((), 0.0, 1.0)
    assert found.unique_followers.value == 0.0


def test_without_posts_there_is_no_reach_but_followers() -> None:
    found = choose([candidate(1, Everybody(BitMap([1, 2])), 5)], Demands("unique_followers", 5))
    assert found.unique_followers.exact
    assert found.unique_followers.value == 2.0
    assert found.unique_reach.value is None
    assert found.unique_reach.reason == "no_reach_rate"
    assert found.contacts is None


def test_a_plan_on_samples_says_so_and_covers_the_truth() -> None:
    half = Presence((Posts(ReachRate(0.5, 0.4, 0.6), 1),))
    first, second = BitMap(range(60_000)), BitMap(range(30_000, 90_000))
    whole = BitMap(range(80_000, 100_000))
    candidates = [
        candidate(1, bottom(first, 4_000), 5, half),
        candidate(2, bottom(second, 8_000), 5, half),
        candidate(3, Everybody(whole), 5, half),
    ]
    found = choose(candidates, Demands("unique_reach", 15))
    assert found.sampled is not None
    assert found.sampled < 10_000
    followers, reached = found.unique_followers, found.unique_reach
    assert not followers.exact
    assert followers.low < 100_000 < followers.high
    # 60,000 people follow one of them and are reached by halves, 40,000 follow two.
    truth = 60_000 * 0.5 + 40_000 * 0.75
    assert reached.low < truth < reached.high  # type: ignore[operator]
    assert found.value == pytest.approx(truth, rel=0.05)
    assert found.steps[-1].cumulative == pytest.approx(found.value)
    assert found.contacts is not None
    assert found.contacts.twice == pytest.approx(40_000 * 0.25, rel=0.1)


def test_an_exact_plan_has_the_interval_of_its_rates() -> None:
    rate = Presence((Posts(ReachRate(0.5, 0.4, 0.6), 1),))
    found = choose([candidate(1, Everybody(BitMap(range(10))), 7, rate)], Demands("unique_reach", 7))
    assert (found.unique_reach.value, found.unique_reach.low, found.unique_reach.high) == (5.0, 4.0, 6.0)
    assert (found.cost_per_1000, found.steps[0].cost_per_1000) == (1400, 1400)


def test_a_rate_of_a_table_is_flagged() -> None:
    assumed = Presence((Posts(ReachRate(0.5, assumed=True), 1),))
    found = choose([candidate(4, Everybody(BitMap([1])), 1, assumed)], Demands("unique_reach", 1))
    assert found.assumed == (UUID(int=4),)


def test_people_of_platforms_that_are_not_linked_may_be_the_same() -> None:
    half = Presence((Posts(ReachRate(0.5, 0.4, 0.6), 1),))
    one = candidate(1, Everybody(BitMap(range(10))), 1, half)
    two = dataclasses.replace(candidate(2, Everybody(BitMap(range(10, 30))), 1, half), platform="tiktok")
    found = choose([one, two], Demands("unique_followers", 2))
    assert (found.value, found.platforms_linked, found.contacts) == (30.0, False, None)
    followers = found.unique_followers
    assert (followers.value, followers.low, followers.high) == (None, 20.0, 30.0)
    assert followers.reason == found.unique_reach.reason == "platforms_not_linked"
    linked = choose([one, two], Demands("unique_followers", 2), LINKED)
    assert (linked.unique_followers.value, linked.platforms_linked) == (30.0, True)
    assert (linked.unique_followers.low, linked.unique_followers.exact) == (20.0, False)
    # 20 followers, each reached with .4 at least.
    assert (linked.unique_reach.value, linked.unique_reach.low) == (15.0, 8.0)
    assert linked.contacts is not None
