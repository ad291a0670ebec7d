import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyroaring import BitMap

from graph import hash_samples, uniform_samples
from graph.audiences import (
    Audience,
    BadAudience,
    Everybody,
    HashSample,
    SizeOnly,
    UniformSample,
    bottom,
    hashed,
    ordinals,
)
from graph.constraints import Constraints
from graph.coverage import plan
from graph.sampled import cumulative, shared_followers, unique_followers, unique_shares
from service.bench.simulated import Drawn, audiences, by_hash, covered, uniformly

SIMULATIONS = 1_000
LEAST, MOST = 0.93, 0.97
CROWDED = Drawn(5, 0.2, core=0.3)


@pytest.mark.parametrize("case", [Drawn(2, 0.1), Drawn(2, 0.05), Drawn(5, 0.2), CROWDED])
def test_uniform_samples_cover_the_truth(case: Drawn):
    found = covered(case, uniformly, SIMULATIONS, seed=5)
    assert LEAST <= found.share <= MOST
    assert found.valued > 0.99
    assert abs(found.bias) < 0.03


@pytest.mark.parametrize("case", [Drawn(2, 0.05), Drawn(10, 0.02), Drawn(5, 0.01, 1_000_000), CROWDED])
def test_hash_samples_cover_the_truth(case: Drawn):
    found = covered(case, by_hash, SIMULATIONS, seed=6)
    assert LEAST <= found.share <= MOST
    assert found.valued == 1.0
    assert abs(found.bias) < 0.01


def test_samples_that_tell_nothing_give_bounds_that_hold():
    """Twenty lists of the same few people in samples of 2%: no estimate, but the truth lies between."""
    rng = np.random.default_rng(1)
    whole = [rng.choice(6_000, 5_000, replace=False) for _ in range(20)]
    truth = len(np.unique(np.concatenate(whole)))
    for _ in range(20):
        drawn = [
            UniformSample(BitMap(rng.choice(each, 100, replace=False).tolist()), 5_000) for each in whole
        ]
        found = unique_followers(drawn)
        assert (found.value, found.reason) == (None, "too_few_matches")
        assert found.low <= truth <= found.high


SETS = st.lists(st.sets(st.integers(0, 30), min_size=1), min_size=1, max_size=6)


@settings(max_examples=100, deadline=None)
@given(SETS)
def test_samples_of_everybody_are_exact(sets: list[set[int]]):
    truth = float(len(set().union(*sets)))
    bitmaps = [BitMap(each) for each in sets]
    whole = [UniformSample(each, len(each)) for each in bitmaps]
    for known in (whole, [Everybody(each) for each in bitmaps], [bottom(each, 99) for each in bitmaps]):
        found = unique_followers(known)
        assert found.exact
        assert found.value == truth
    mixed: list[Audience] = [bottom(bitmaps[0], 99), *(Everybody(each) for each in bitmaps[1:])]
    assert unique_followers(mixed).value == truth


@settings(max_examples=100, deadline=None)
@given(SETS, st.data())
def test_estimates_stay_within_what_is_certain(sets: list[set[int]], data: st.DataObject):
    known: list[Audience] = []
    for each in sets:
        drawn = data.draw(st.sets(st.sampled_from(sorted(each)), min_size=1))
        kinds = [Everybody(BitMap(each)), UniformSample(BitMap(drawn), len(each)), SizeOnly(len(each))]
        known.append(data.draw(st.sampled_from([*kinds, bottom(BitMap(each), len(drawn))])))
    found = unique_followers(known)
    sizes = [each.size for each in known]
    assert max(sizes) <= found.low <= found.high <= sum(sizes)
    assert found.value is None or found.low <= found.value <= found.high
    assert (found.value is None) == (found.reason is not None)
    for share in unique_shares(known):
        assert 0 <= share.low <= share.high <= 1
        assert share.value is None or share.low <= share.value <= share.high


def test_samples_that_were_not_drawn_independently_give_no_figure():
    """One list for two accounts: everybody matches, by which both would be far smaller than they are."""
    members = BitMap(range(2_000))
    found = unique_followers([UniformSample(members, 1_000_000), UniformSample(members, 900_000)])
    assert (found.value, found.reason) == (None, "too_many_matches")
    assert (found.low, found.high) == (1_000_000, 1_900_000)
    shared = shared_followers(UniformSample(members, 1_000_000), UniformSample(members, 900_000))
    assert (shared.value, shared.low, shared.high, shared.reason) == (None, 0, 900_000, "too_many_matches")


def test_the_answer_names_its_method():
    everybody, sample = Everybody(BitMap(range(50))), UniformSample(BitMap(range(40, 60)), 40)
    by_hashes = bottom(BitMap(range(1000)), 100)
    assert unique_followers([everybody, everybody]).basis == "exact"
    assert unique_followers([everybody, sample]).basis == "uniform_samples"
    assert unique_followers([everybody, by_hashes]).basis == "hash_samples"
    mixed = unique_followers([everybody, sample, by_hashes])
    assert (mixed.basis, mixed.reason, mixed.low) == ("bounds", "mixed_samples", 1000.0)
    assert 1060 <= mixed.high <= 1090
    sized = unique_followers([everybody, SizeOnly(70)])
    assert (sized.basis, sized.reason, sized.low, sized.high) == ("bounds", "sizes_only", 70.0, 120.0)
    assert unique_followers([SizeOnly(70)]).value == 70.0


def test_an_audience_known_whole_makes_a_sample_say_more():
    """What of a sample is in a known audience is seen, not inferred from chance matches."""
    rng = np.random.default_rng(2)
    one, other = rng.choice(50_000, 20_000, replace=False), rng.choice(50_000, 20_000, replace=False)
    sample = UniformSample(BitMap(rng.choice(other, 1_000, replace=False).tolist()), 20_000)
    twice = UniformSample(BitMap(rng.choice(one, 1_000, replace=False).tolist()), 20_000)
    known = shared_followers(Everybody(BitMap(one.tolist())), sample)
    guessed = shared_followers(twice, sample)
    truth = len(np.intersect1d(one, other))
    assert known.low <= truth <= known.high
    assert known.high - known.low < (guessed.high - guessed.low) / 3


def test_unique_shares_are_near_the_truth():
    rng = np.random.default_rng(4)
    whole = audiences(Drawn(4, 0.2, 100_000), rng)
    truth = [
        np.isin(each, np.concatenate([other for other in whole if other is not each]), invert=True).mean()
        for each in whole
    ]
    bitmaps = [BitMap(each.tolist()) for each in whole]
    by_hashes = unique_shares([bottom(each, 2_000) for each in bitmaps])
    uniform = unique_shares(uniformly(whole, 0.2, rng))
    for share, hashes, sample in zip(truth, by_hashes, uniform, strict=True):
        assert hashes.low - 0.01 < share < hashes.high + 0.01
        assert sample.low - 0.02 < share < sample.high + 0.02
        assert abs(hashes.value - share) < 0.05


def test_cumulative_never_falls_below_the_largest():
    known: list[Audience] = [SizeOnly(10), Everybody(BitMap(range(30))), SizeOnly(5)]
    assert [each.low for each in cumulative(known)] == [10.0, 30.0, 30.0]


@pytest.mark.parametrize(
    "make",
    [
        lambda: UniformSample(BitMap(), 5),
        lambda: UniformSample(BitMap([1, 2]), 1),
        lambda: HashSample(np.array([], dtype=np.uint64), 4),
        lambda: HashSample(np.array([2, 1], dtype=np.uint64), 4),
        lambda: SizeOnly(-1),
    ],
)
def test_what_contradicts_itself_is_refused(make):
    with pytest.raises(BadAudience):
        make()


def test_hashes_spread_evenly():
    shares = hashed(range(200_000)).astype(np.float64) / 2.0**64
    assert np.abs(np.histogram(shares, 20, (0, 1))[0] / 10_000 - 1).max() < 0.05
    assert len(np.unique(hashed(range(200_000)))) == 200_000


def test_samples_of_different_depth_go_to_the_shallowest():
    rng = np.random.default_rng(8)
    people = [BitMap(rng.choice(100_000, 30_000, replace=False).tolist()) for _ in range(3)]
    found = hash_samples.common([bottom(people[0], 50), bottom(people[1], 5_000), bottom(people[2], 30_000)])
    threshold = found.share * 2.0**64
    union = BitMap.union(*people)
    assert len(found.hashes) == int((np.sort(hashed(ordinals(union))) < threshold).sum())


def test_matches_count_what_is_seen():
    found = uniform_samples.matches(
        [
            Everybody(BitMap([1, 2, 3])),
            UniformSample(BitMap([3, 4, 5]), 6),
            UniformSample(BitMap([5, 6]), 4),
        ]
    )
    assert found.known == 3
    assert found.seen.tolist() == [0, 2, 1, 0]
    assert found.matched == 2
    # Person 3 stands for two of the sampled audience, person 5 for a pair of 1 / (.5 x .5).
    assert found.repeated == pytest.approx(2 + 4)


def test_a_plan_of_sampled_people_is_near_that_of_all():
    rng = np.random.default_rng(12)
    whole = [BitMap(each.tolist()) for each in audiences(Drawn(12, 1.0, 150_000, 20_000, core=0.4), rng)]
    constraints = Constraints.of(rng.integers(50, 150, 12).tolist(), budget=500)
    found = hash_samples.common([bottom(each, 2_000) for each in whole])
    sampled, best = plan(found.members(), constraints), plan(whole, constraints)
    places = [step.place for step in sampled.chosen]
    assert sampled.value * found.scale == pytest.approx(best.value, rel=0.03)
    assert len(BitMap.union(*(whole[place] for place in places))) >= 0.98 * best.value
