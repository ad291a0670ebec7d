import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring import isotonic
from scoring.isotonic import decreasing

POINTS = st.lists(
    st.tuples(st.integers(0, 20), st.floats(-5, 5, allow_nan=False, width=32)), min_size=1, max_size=40
)


def min_max(x: list[float], y: list[float], at: float) -> float:
    """The closed form of the decreasing regression: min over starts of the max over ends of a run's mean."""
    places = sorted(set(x))
    sums = [sum(v for u, v in zip(x, y, strict=True) if u == place) for place in places]
    counts = [x.count(place) for place in places]
    here = places.index(at)
    return min(
        max(sum(sums[a : b + 1]) / sum(counts[a : b + 1]) for b in range(here, len(places)))
        for a in range(here + 1)
    )


def test_a_falling_series_is_its_own_curve():
    knots, levels = decreasing(np.array([3.0, 1.0, 2.0]), np.array([1.0, 3.0, 2.0]))
    assert knots.tolist() == [1.0, 2.0, 3.0]
    assert levels.tolist() == [3.0, 2.0, 1.0]


def test_a_rising_series_is_its_mean():
    knots, levels = decreasing(np.array([1.0, 2.0, 3.0]), np.array([1.0, 2.0, 6.0]))
    assert (knots.tolist(), levels.tolist()) == ([1.0, 3.0], [3.0, 3.0])


def test_weights_count():
    _, levels = decreasing(np.array([1.0, 2.0]), np.array([0.0, 4.0]), np.array([3.0, 1.0]))
    assert levels.tolist() == [1.0, 1.0]


def test_one_point():
    knots, levels = decreasing(np.array([2.0]), np.array([7.0]))
    assert np.interp([0.0, 2.0, 9.0], knots, levels).tolist() == [7.0, 7.0, 7.0]


@given(POINTS)
def test_equals_the_closed_form_and_never_rises(points: list[tuple[int, float]]):
    x, y = [float(u) for u, _ in points], [v for _, v in points]
    knots, levels = decreasing(np.array(x), np.array(y))
    assert np.all(np.diff(levels) <= 1e-12)
    for place in set(x):
        assert abs(np.interp(place, knots, levels) - min_max(x, y, place)) < 1e-9


@given(st.integers(0, 1000), st.sampled_from([0.0, -0.5, 2.0]))
def test_runs_pooled_at_once_are_the_blocks_of_one_by_one(seed: int, slope: float):
    random = np.random.default_rng(seed)
    x = np.sort(random.normal(size=2000)).round(3)
    y, weight = slope * x + random.normal(size=2000), random.uniform(0.1, 1, 2000)
    at_once = decreasing(x, y, weight)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(isotonic, "FEW", 10**9)
        one_by_one = decreasing(x, y, weight)
    assert np.array_equal(at_once[0], one_by_one[0])
    assert np.allclose(at_once[1], one_by_one[1], atol=1e-12)
