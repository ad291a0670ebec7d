"""Forecasts of counts: monotone, with an interval that holds, whatever the scatter."""

import numpy as np
import pytest

from scoring.learning.counts import GRID, dispersion, pit, places, quantile
from scoring.learning.forecast import CountForecast


def _activities(size: int, spread: float, seed: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    random = np.random.default_rng(seed)
    x = np.column_stack([random.lognormal(3, 1, size), random.integers(0, 3, size)])
    mean = 0.2 * x[:, 0] ** 0.8 * np.exp(0.3 * x[:, 1])
    level = random.gamma(1 / spread, spread, size) if spread else 1.0
    return x, random.poisson(mean * level).astype(float), np.arange(size) // 4


@pytest.mark.parametrize("spread", [0.0, 0.3, 1.0])
def test_interval_covers_what_it_says(spread: float) -> None:
    x, count, group = _activities(2_000, spread, seed=1)
    made = CountForecast(monotonic=[1, 0]).fit(x[:1_000], count[:1_000], group[:1_000])
    drawn = np.random.default_rng(0).random(1_000)
    place = made.pit(x[1_000:], count[1_000:], drawn)
    assert 0.75 <= np.mean((place > 0.1) & (place < 0.9)) <= 0.85
    low, high = made.interval(x[1_000:])
    # The interval holds whole counts, so it may cover more, never much less.
    assert np.mean((count[1_000:] >= low) & (count[1_000:] <= high)) >= 0.75


@pytest.mark.parametrize("spread", [0.0, 0.5])
def test_scatter_is_measured_on_unseen_rows(spread: float) -> None:
    x, count, group = _activities(3_000, spread, seed=2)
    made = CountForecast(monotonic=[1, 0]).fit(x, count, group)
    assert made.dispersion_ == pytest.approx(spread, abs=0.12)


def test_more_never_expects_less() -> None:
    x, count, group = _activities(800, 0.3, seed=3)
    made = CountForecast(monotonic=[1, 0]).fit(x, count, group)
    more = x.copy()
    more[:, 0] *= 1.7
    assert (made.predict(more) >= made.predict(x)).all()


def test_few_rows_are_enough_for_a_forecast() -> None:
    x, count, group = _activities(24, 0.0, seed=4)
    made = CountForecast(monotonic=[1, 0]).fit(x, count, group)
    low, high = made.interval(x)
    assert np.isfinite(made.predict(x)).all()
    assert (low <= high).all()


@pytest.mark.parametrize(
    ("count", "group"),
    [([0.0, 0.0], [0, 1]), ([-1.0, 2.0], [0, 1]), ([1.0, 2.0], [0, 0])],
    ids=["no event", "negative", "one group"],
)
def test_bad_arguments(count: list[float], group: list[int]) -> None:
    with pytest.raises(ValueError, match=r"counts must|two groups"):
        CountForecast().fit(np.ones((2, 1)), np.array(count), np.array(group))


def test_right_law_needs_no_correction() -> None:
    random = np.random.default_rng(0)
    mean = random.uniform(0.1, 20, 20_000)
    count = random.poisson(mean).astype(float)
    assert np.abs(places(count, mean, 0.0) - GRID).max() < 0.015
    assert dispersion(count, mean) == pytest.approx(0, abs=0.005)


def test_pit_of_whole_counts_is_uniform() -> None:
    random = np.random.default_rng(0)
    mean = np.full(20_000, 0.4)
    found = pit(random.poisson(mean).astype(float), mean, 0.0, random.random(20_000))
    assert np.abs(np.histogram(found, 10, (0, 1))[0] / 2_000 - 1).max() < 0.08


def test_quantiles_widen_with_scatter() -> None:
    mean = np.array([10.0])
    assert quantile(mean, 1.0, 0.9)[0] > quantile(mean, 0.0, 0.9)[0]
