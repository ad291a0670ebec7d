import numpy as np
import pytest
from pyroaring import BitMap

from graph.audiences import bottom
from graph.contacts import Posts, Presence, ReachRate
from graph.reach import reach
from graph.sampled_reach import bounds, sampled_reach


def known(rate: float, posts: int = 1) -> Presence:
    return Presence((Posts(ReachRate(rate, rate, rate), posts),), fakes=0.1)


def drawn(rng: np.random.Generator, people: int, sizes: list[int]) -> list[BitMap]:
    """Audiences with a core that many share; ordinals are drawn anew, so hashes are too."""
    names = rng.permutation(people).astype(np.uint32)
    weight = 1 / np.sqrt(1 + np.arange(people))
    weight /= weight.sum()
    return [BitMap(names[rng.choice(people, size, replace=False, p=weight)]) for size in sizes]


def test_the_interval_covers_the_truth():
    rng = np.random.default_rng(11)
    presences = [known(0.3), known(0.1, 3), known(0.6)]
    inside = 0
    for _ in range(300):
        audiences = drawn(rng, 4000, [600, 1200, 900])
        truth = reach(audiences, presences).unique_reach.value
        found = sampled_reach([bottom(each, 250) for each in audiences], presences)
        inside += found.unique_reach.low <= truth <= found.unique_reach.high
    assert 0.92 <= inside / 300 <= 0.98


def test_samples_that_are_whole_say_what_sets_say():
    audiences = [BitMap(range(50)), BitMap(range(25, 60))]
    presences = [Presence((Posts(ReachRate(0.5, 0.4, 0.6), 2),)), known(0.2)]
    exact = reach(audiences, presences, [0.5, 0.25])
    found = sampled_reach([bottom(each, 100) for each in audiences], presences, [0.5, 0.25])
    for name in ("value", "low", "high"):
        assert getattr(found.unique_reach, name) == pytest.approx(getattr(exact.unique_reach, name))
    assert found.marginal == pytest.approx(exact.marginal)
    assert found.exclusive == pytest.approx(exact.exclusive)


def test_too_few_people_say_nothing():
    audiences = [BitMap(range(500)), BitMap(range(250, 900))]
    assert sampled_reach([bottom(each, 10) for each in audiences], [known(0.5)] * 2) is None


def test_bounds_hold_however_audiences_overlap():
    rng = np.random.default_rng(3)
    presences = [known(0.3), known(0.1, 3), known(0.6)]
    for target in (None, [0.2, 0.9, 0.5]):
        for _ in range(20):
            audiences = drawn(rng, 400, [100, 220, 90])
            found = bounds([len(each) for each in audiences], presences, target, "sizes_only")
            truth = reach(audiences, presences, target).unique_reach.value
            assert found.low <= truth <= found.high
