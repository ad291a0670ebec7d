from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyroaring import BitMap

from graph.contacts import EVERYBODY, BadRate, Posts, Presence, ReachRate
from graph.outside import Outside, reached_outside
from graph.reach import reach

RATES = st.sampled_from([0.0, 0.1, 0.5, 0.9, 1.0])
POSTS = st.builds(Posts, st.builds(ReachRate, RATES), st.integers(0, 2))
PRESENCES = st.builds(Presence, st.lists(POSTS, max_size=2).map(tuple), st.sampled_from([0.0, 0.25]))


def counts(presence: Presence) -> dict[int, float]:
    """Chance of each number of contacts, by listing what every post may do."""
    rates = [each.rate.value for each in presence.posts for _ in range(each.count)]
    found: dict[int, float] = {0: presence.fakes}
    for seen in product([0, 1], repeat=len(rates)):
        chance = (1 - presence.fakes) * np.prod(
            [rate if hit else 1 - rate for rate, hit in zip(rates, seen, strict=True)]
        )
        found[sum(seen)] = found.get(sum(seen), 0.0) + float(chance)
    return found


@settings(max_examples=120, deadline=None)
@given(
    st.lists(
        st.tuples(st.sets(st.sampled_from([0, 1, 2, 70_000, 10**9])), PRESENCES, st.sampled_from([0.2, 0.8])),
        max_size=4,
    ),
    st.booleans(),
)
def test_reach_and_frequency_by_listing_what_may_happen(accounts, weighted: bool):
    audiences = [BitMap(each) for each, _, _ in accounts]
    presences = [presence for _, presence, _ in accounts]
    target = [share for _, _, share in accounts] if weighted else None
    found = reach(audiences, presences, target)
    expected = np.zeros(4)
    for person in set().union(*(each for each, _, _ in accounts)):
        mine = [place for place, each in enumerate(audiences) if person in each]
        weight = np.mean([target[place] for place in mine]) if target else 1.0
        for outcome in product(*(counts(presences[place]).items() for place in mine)):
            times = sum(seen for seen, _ in outcome)
            chance = np.prod([chance for _, chance in outcome])
            expected += weight * chance * np.array([times >= 1, times >= 2, times >= 3, times])
    got = [found.unique_reach.value, found.twice, found.thrice, found.impressions]
    assert got == pytest.approx(expected.tolist(), abs=1e-9)
    assert found.unique_followers == len(set().union(*(each for each, _, _ in accounts)))
    if found.average_frequency is not None:
        assert found.average_frequency >= 1 - 1e-9


def test_reaching_everybody_is_unique_followers():
    found = reach([BitMap([1, 2]), BitMap([2, 3])], [EVERYBODY] * 2)
    assert found.unique_reach.exact
    assert found.unique_reach.value == found.unique_followers == 3
    assert found.twice == pytest.approx(1)
    assert found.average_frequency == pytest.approx(4 / 3)


def test_of_more_posts_than_the_first_two_the_rest_is_three_and_more():
    found = reach([BitMap([1])], [Presence((Posts(ReachRate(0.5), 4),))])
    assert (found.unique_reach.value, found.twice, found.thrice) == pytest.approx((15 / 16, 11 / 16, 5 / 16))


def test_fakes_are_never_reached():
    assert reach(
        [BitMap(range(100))], [Presence((Posts(ReachRate(1.0), 9),), fakes=0.3)]
    ).unique_reach.value == (pytest.approx(70))


def test_ends_of_one_rate_are_ends_of_the_reach():
    """Of one account the interval is what the ends of its rate give."""
    rate = ReachRate(0.3, 0.2, 0.5)
    found = reach([BitMap(range(1000))], [Presence((Posts(rate, 2),))]).unique_reach
    assert (found.low, found.value, found.high) == pytest.approx((360, 510, 750))


def test_own_errors_cancel_and_those_of_one_table_do_not():
    audiences = [BitMap(range(place * 100, place * 100 + 100)) for place in range(4)]
    own = [Presence((Posts(ReachRate(0.5, 0.4, 0.6), 1),))] * 4
    assumed = [Presence((Posts(ReachRate(0.5, 0.4, 0.6, assumed=True), 1),))] * 4
    first, second = reach(audiences, own), reach(audiences, assumed)
    assert (first.unique_reach.low, first.unique_reach.high) == pytest.approx((180, 220))
    assert (second.unique_reach.low, second.unique_reach.high) == pytest.approx((160, 240))
    assert (first.assumed, second.assumed) == ((), (0, 1, 2, 3))


def test_the_interval_covers_when_rates_err_as_they_say():
    """Rates drawn within normal errors: about 95% of the intervals hold the reach of the true rates."""
    rng = np.random.default_rng(3)
    audiences = [BitMap(rng.choice(3_000, 1_000, replace=False).tolist()) for _ in range(5)]
    true = [0.2, 0.3, 0.1, 0.4, 0.25]
    truth = reach(audiences, [Presence((Posts(ReachRate(rate), 2),)) for rate in true]).unique_reach.value
    held = 0
    for _ in range(400):
        seen = [rate + rng.normal(0, 0.02) for rate in true]
        rates = [ReachRate(rate, max(0.0, rate - 1.96 * 0.02), rate + 1.96 * 0.02) for rate in seen]
        found = reach(audiences, [Presence((Posts(rate, 2),)) for rate in rates]).unique_reach
        held += found.low <= truth <= found.high
    assert 0.92 <= held / 400 <= 0.98


def test_without_an_interval_of_a_rate_there_is_none_of_the_reach():
    found = reach([BitMap([1])], [Presence((Posts(ReachRate(0.5), 1),))]).unique_reach
    assert (found.value, found.low, found.high, found.reason) == (0.5, None, None, "rate_without_interval")


def test_accounts_that_do_not_publish_only_tell_who_is_in_the_target():
    audiences, presences = [BitMap([1, 2]), BitMap([2])], [EVERYBODY, EVERYBODY]
    found = reach(audiences, presences, target=[1.0, 0.0], taken=[0])
    assert found.unique_reach.value == pytest.approx(1.5)
    assert found.unique_followers == 2
    assert reach(audiences, presences, taken=[1]).unique_followers == 1


def test_nobody_is_reached_at_no_frequency():
    found = reach([], [])
    assert (found.unique_followers, found.average_frequency, found.share(1.0)) == (0, None, None)


@pytest.mark.parametrize(
    "make",
    [
        lambda: ReachRate(1.1),
        lambda: ReachRate(0.5, 0.6, 0.7),
        lambda: ReachRate(0.5, 0.4, 0.45),
        lambda: Posts(ReachRate(0.5), -1),
        lambda: Presence((), fakes=1.5),
        lambda: Outside(5, 6, 7, 1),
    ],
)
def test_rates_that_are_none(make):
    with pytest.raises(BadRate):
        make()


def test_outside_reach_is_bounded_by_no_and_full_overlap():
    formats = [Outside(1000, 800, 1500, 2), Outside(400, 300, 500, 1), Outside(9999, 1, 10_000, 0)]
    unknown = reached_outside(formats)
    assert (unknown.value, unknown.low, unknown.high) == (None, 800, 3500)
    known = reached_outside(formats, population=10_000)
    assert known.value == pytest.approx(10_000 * (1 - 0.9**2 * 0.96))
    assert (known.low, known.high) == (800, 3500)
    assert reached_outside(formats, population=2_000).high == 2_000
    assert reached_outside([]).value == 0


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(st.sets(st.integers(0, 6)), PRESENCES, st.sampled_from([0.2, 0.8])), max_size=4),
    st.booleans(),
)
def test_what_each_adds_and_what_is_lost_without_it(accounts, weighted: bool):
    audiences = [BitMap(each) for each, _, _ in accounts]
    presences = [presence for _, presence, _ in accounts]
    target = [share for _, _, share in accounts] if weighted else None

    def of(places: list[int]) -> float:
        return reach(audiences, presences, target, taken=places).unique_reach.value

    every = list(range(len(accounts)))
    found = reach(audiences, presences, target)
    assert len(found.marginal) == len(found.exclusive) == len(accounts)
    for place in every:
        before = of(every[:place])
        assert found.marginal[place] == pytest.approx(of(every[: place + 1]) - before, abs=1e-9)
        rest = of([each for each in every if each != place])
        assert found.exclusive[place] == pytest.approx(found.unique_reach.value - rest, abs=1e-9)
