"""K by cohort and the time between generations, against processes whose figures are known."""

import math

import numpy as np
import pytest

from graph.estimates import exactly, missing
from graph.referrals.cohorts import BadUsers, Users, doubling_time, growth, labelled, share
from graph.referrals.delays import SHAPES, binned, summed
from graph.referrals.offspring import counted, generation_time, k, k_within
from graph.referrals.simulated import DELAYS, OFFSPRING, Process, covered, ran


@pytest.mark.parametrize("known", [0.3, 0.8, 1.2])
def test_intervals_hold_what_is_known(known: float):
    """Fixed seeds; how often is measured by `python -m graph.referrals.simulated`."""
    pairs = zip(OFFSPRING, DELAYS, strict=True)
    processes = [Process(known, 120, offspring, delays, until=45.0) for offspring, delays in pairs]
    made = [covered(each, 8, seed=7 + place) for place, each in enumerate(processes)]
    assert np.mean([of_k for of_k, _, _ in made]) > 0.86
    assert np.mean([of_delay for _, of_delay, _ in made]) > 0.86


def test_the_young_are_not_taken_for_barren():
    """At 1.5 mean delays half of the referrals of young users have not been made: K so far is far too low."""
    process = Process(0.8, 5_000, "negative_binomial", "gamma", joining=20.0, until=20.0)
    seen = ran(process, np.random.default_rng(4))
    brought = np.bincount(seen.parents[5_000:], minlength=5_000)
    counts = counted(seen.until - seen.joined[:5_000], brought)
    made = k(counts, seen.delays())
    assert counts.total / counts.n < 0.45
    assert made.low < 0.8 < made.high < 2.0
    plain = seen.joined[5_000:] - seen.joined[seen.parents[5_000:]]
    time = generation_time(seen.delays())
    assert plain.mean() < 7.5
    assert time.low < 10.0 < time.high < 20.0


def test_few_who_bring_most_widen_the_interval():
    even, uneven = np.ones(200, dtype=np.int64), np.zeros(200, dtype=np.int64)
    uneven[:4] = 50
    spans = np.full(200, 9.0)
    narrow, wide = k_within(counted(spans, even)), k_within(counted(spans, uneven))
    assert narrow.value == pytest.approx(1.0, rel=1e-3)
    assert wide.value == pytest.approx(1.0, rel=1e-2)
    assert wide.high - wide.low > 4 * (narrow.high - narrow.low)


def test_even_counts_have_the_interval_of_a_poisson_mean():
    made = k_within(counted(np.full(100, 9.0), np.array([1] * 60 + [0] * 40)))
    ends = [60 * math.exp(-z * 1.96 / math.sqrt(60)) / 100 for z in (1, -1)]
    assert [made.low, made.high] == pytest.approx(ends, rel=0.03)


@pytest.mark.parametrize(
    ("brought", "reason", "low", "high"),
    [([0] * 40, None, 0.0, math.log(40) / 40), ([3], "too_few_users", None, None)],
)
def test_little_to_go_by(brought: list[int], reason: str | None, low: float | None, high: float | None):
    made = k_within(counted(np.full(len(brought), 9.0), np.array(brought)))
    assert (made.reason, made.low) == (reason, low)
    assert made.high == pytest.approx(high) if high else made.high is None


def test_reasons_of_no_k():
    delays = summed(np.linspace(20, 40, 50), np.full(50, 100.0))
    young = counted(np.full(30, 12.0), np.array([0] * 29 + [1]))
    assert k(young, delays).reason == "too_young"
    assert k(counted(np.full(30, 12.0), np.zeros(30, np.int64)), delays).reason == "too_young"
    assert k(young, summed(np.ones(4), np.full(4, 9.0))).reason == "too_few"
    assert generation_time(summed(np.ones(4), np.full(4, 9.0))).reason == "too_few"


def test_where_delays_end_is_not_told_by_a_short_time():
    rng = np.random.default_rng(2)
    made = generation_time(summed(rng.uniform(0, 1, 60), np.full(60, 1.0)))
    assert made.reason == "too_short"
    assert made.low > 0.3


def test_median_and_mean_differ_as_they_must():
    seen = np.random.default_rng(3).lognormal(2.0, 0.8, 4_000)
    delays = summed(seen, np.full(4_000, 1e5))
    mean, median = generation_time(delays), generation_time(delays, "median")
    assert mean.low < math.exp(2.32) < mean.high
    assert median.low < math.exp(2.0) < median.high
    assert median.high < mean.low


@pytest.mark.parametrize("centre", ["mean", "median"])
@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.name)
def test_shapes_are_densities_with_their_centre(shape, centre):
    """The density of one delay, integrated, is the share; half lies below the median."""
    point = np.array([[math.log(7.0), -0.3]])
    at = np.geomspace(1e-4, 30, 1_001)
    density = [math.exp(shape.log_chance(summed(np.array([x]), np.array([x])), point, centre)[0]) for x in at]
    whole = np.trapezoid(density, at)
    between = np.diff(shape.shares(point, at[[0, -1]], centre)[0])[0]
    assert whole == pytest.approx(between, rel=1e-3)
    half = shape.shares(point, np.array([7.0]), centre)[0, 0]
    assert (half == pytest.approx(0.5)) == (centre == "median")
    if centre == "mean":
        far = np.geomspace(1e-3, 1_000, 5_001)
        later = 1 - shape.shares(point, far, centre)[0]
        assert np.trapezoid(later, far) == pytest.approx(7, rel=0.01)


def test_bins_keep_all():
    spans = np.random.default_rng(1).exponential(10, 5_000)
    middles, counts = binned(spans)
    assert counts.sum() == 5_000
    assert middles @ counts == pytest.approx(spans.sum())
    assert len(middles) <= 96
    made = counted(spans, np.arange(5_000) % 3)
    assert (made.n, made.total) == (5_000, 4_999)


def world(seed: int = 0) -> Users:
    """Three cohorts of 400: half invite twice, and a quarter of invitations converts within some weeks."""
    rng = np.random.default_rng(seed)
    joined = np.concatenate([rng.uniform(30 * c, 30 * c + 30, 400) for c in range(3)])
    sent = np.where(rng.random(1_200) < 0.5, 2, 0)
    children = rng.binomial(sent, 0.25)
    of = np.repeat(np.arange(1_200), children)
    at = joined[of] + rng.gamma(2.0, 5.0, len(of))
    parents = np.concatenate((np.full(1_200, -1), of))
    everybody = np.concatenate((joined, at))
    # Those who were brought are no cohort of interest here: one of their own.
    cohort = np.concatenate((np.repeat([0, 1, 2], 400), np.full(len(of), 9)))
    return Users(everybody, cohort, parents, 90.0, np.concatenate((sent, np.zeros(len(of), np.int64))))


def test_invitations_times_conversion_is_k():
    made = growth(world(), window=30.0)
    assert [each.number for each in made.cohorts] == [0, 1, 2, 9]
    first = made.cohorts[0]
    assert first.users == 400
    assert first.invitations_per_user.value * first.conversion.value == pytest.approx(first.brought / 400)
    assert first.conversion.low < 0.25 < first.conversion.high
    for cohort in made.cohorts[:3]:
        assert cohort.k.low < 0.25 < cohort.k.high
    assert made.cohorts[2].brought < 0.8 * first.brought
    assert [each.still_young for each in made.cohorts[:2]] == [0.0, 0.0]
    assert made.cohorts[2].still_young == 1.0
    assert made.cohorts[2].k_within.reason == "too_young"
    assert made.mean.low < 10.0 < made.mean.high
    assert made.whole.users == sum(each.users for each in made.cohorts)


def test_who_joined_later_is_not_seen():
    users = world()
    early = growth(Users(users.joined, users.cohort, users.parents, 30.0))
    assert [each.number for each in early.cohorts] == [0, 9]
    assert early.cohorts[0].invitations is None
    assert early.cohorts[0].conversion.reason == "not_known"


def test_invitations_of_one_advocate_count_as_fewer():
    """A hundred invitations by two people, of whom one converts all: not a hundred independent ones."""
    base = {"joined": np.zeros(52), "cohort": np.zeros(52, np.int64), "until": 60.0}
    parents = np.concatenate((np.full(2, -1), np.zeros(50, np.int64)))
    sent = np.zeros(52, np.int64)
    sent[:2] = 50
    made = growth(Users(parents=parents, invitations=sent, **base)).cohorts[0].conversion
    assert made.value == 0.5
    assert made.high - made.low > 0.5
    sent[:2] = 10
    assert (
        growth(Users(parents=parents, invitations=sent, **base)).whole.conversion.reason == "not_all_invited"
    )
    sent[:2] = 0
    assert (
        growth(Users(parents=parents, invitations=sent, **base)).whole.conversion.reason == "no_invitations"
    )


@pytest.mark.parametrize(
    ("cohort", "parents", "sent"), [(3, [-1] * 2, None), (2, [-1, 2], None), (2, [-1, 0], [1])]
)
def test_users_must_fit(cohort: int, parents: list[int], sent: list[int] | None):
    invitations = None if sent is None else np.array(sent)
    with pytest.raises(BadUsers):
        growth(Users(np.zeros(2), np.zeros(cohort, np.int64), np.array(parents), 9.0, invitations))


def test_nobody_yet():
    empty = np.zeros(0, np.int64)
    made = growth(Users(np.zeros(0), empty, empty, 1.0))
    assert (made.cohorts, made.whole.users, made.mean.reason) == ([], 0, "too_few")


def test_labels():
    times = np.array(["2026-12-31T23:59", "2027-01-01T00:00", "2026-12-28"], dtype="M8[s]")
    names, numbers = labelled(times, "month")
    assert (names, numbers.tolist()) == (["2026-12", "2027-01"], [0, 1, 0])
    names, numbers = labelled(times, "week")
    assert (names, numbers.tolist()) == (["2026-12-28"], [0, 0, 0])
    assert labelled(np.array(["1969-12-28"], "M8[D]"), "week")[0] == ["1969-12-22"]


def test_shares_and_doubling():
    assert share(0, 0).reason == "nobody"
    with pytest.raises(ValueError, match="5 of 4"):
        share(5, 4)
    assert doubling_time(exactly(0.9), exactly(5.0)) is None
    assert doubling_time(missing("x", "too_few"), exactly(5.0)) is None
