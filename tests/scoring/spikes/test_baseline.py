from datetime import UTC, datetime, timedelta

import msgspec
import numpy as np
import pytest

from scoring.spikes import Baseline, Event, check, fit, fit_many, thresholds
from scoring.spikes.local import HOUR, cells

BEGIN = datetime(2026, 10, 5, tzinfo=UTC)
END = BEGIN + timedelta(days=28)
RHYTHM = np.tile([3.0] * 8 + [20.0] * 8 + [40.0] * 8, 7)
RHYTHM[120:] *= 0.5


def _counts(weeks: int = 4, seed: int = 1, times: float = 1.0) -> np.ndarray:
    means = np.tile(RHYTHM, weeks) * times
    return np.random.default_rng(seed).poisson(means).astype(float)


def _levels(found: Baseline) -> np.ndarray:
    return found.levels(END, 168)[0]


def _off(found: Baseline, times: float = 1.0) -> float:
    return float(np.sqrt((np.log(_levels(found) / (RHYTHM * times)) ** 2).mean()))


def test_the_rhythm_is_found():
    found = fit(_counts(), BEGIN, "UTC")
    assert _off(found) < 0.12
    assert found.dispersion < 0.01
    assert (found.hours + found.left_out, found.as_of, found.factor) == (672, END, 0.0)


def test_longer_series_count_by_their_last_four_weeks():
    old = np.concatenate([_counts(3, seed=9, times=10), _counts()])
    whole = fit(old, BEGIN - timedelta(days=21), "UTC")
    assert whole == fit(_counts(), BEGIN, "UTC")


def test_many_are_fitted_as_each_alone():
    rows = np.stack([_counts(seed=seed) for seed in range(3)])
    for alone, beside in zip(rows, fit_many(rows, BEGIN, "UTC"), strict=True):
        np.testing.assert_allclose(fit(alone, BEGIN, "UTC").log_level, beside.log_level, atol=1e-8)


def test_a_baseline_is_stored_as_json():
    found = fit(_counts(), BEGIN, "Europe/Istanbul")
    assert msgspec.json.decode(msgspec.json.encode(found), type=Baseline) == found


POISONS = {
    "single hours": lambda counts: _put(counts, np.arange(20, 672, 67), 3.0),
    "an evening": lambda counts: _put(counts, np.arange(16, 24) + 24 * 22, 4.0),
    "three days ago": lambda counts: _put(counts, np.arange(24 * 20, 24 * 24), 5.0),
    "a collector that stood still": lambda counts: _put(counts, np.arange(24 * 9, 24 * 10 + 12), 0.0),
}


def _put(counts: np.ndarray, at: np.ndarray, times: float) -> np.ndarray:
    changed = counts.copy()
    changed[at] = np.round(np.tile(RHYTHM, 4)[at] * times)
    return changed


@pytest.mark.parametrize("name", POISONS)
def test_what_was_unusual_does_not_poison(name):
    clean, poisoned = fit(_counts(), BEGIN, "UTC"), fit(POISONS[name](_counts()), BEGIN, "UTC")
    assert np.abs(np.log(_levels(poisoned) / _levels(clean))).max() < 0.15
    assert poisoned.dispersion < 0.02
    assert poisoned.left_out >= 4


def test_missing_hours_are_not_zeros():
    counts = _counts()
    counts[np.random.default_rng(5).random(672) < 0.3] = np.nan
    counts[300:400] = np.nan
    found = fit(counts, BEGIN, "UTC")
    assert _off(found) < 0.15
    assert found.hours + found.left_out == np.isfinite(counts).sum()


def test_a_lasting_level_is_adopted_after_three_days_and_a_shorter_one_is_not():
    means = np.tile(RHYTHM, 4)
    for days, adopted in ((2, False), (3, True), (10, True)):
        counts = _counts()
        counts[-24 * days :] = np.random.default_rng(2).poisson(means[-24 * days :] * 2.5)
        found = fit(counts, BEGIN, "UTC")
        assert _off(found, 2.5 if adopted else 1.0) < 0.15


def test_growing_queries_are_forecast_at_their_present_level():
    """Four weeks at their mean level would be half of it."""
    growth = np.exp(np.linspace(-1, 0, 672))
    draw = np.random.default_rng(3)
    found = fit_many(draw.poisson(np.tile(RHYTHM, 4) * growth, (5, 672)), BEGIN, "UTC")
    off = [np.log(_levels(each) / RHYTHM).mean() for each in found]
    assert np.mean(off) == pytest.approx(0, abs=0.1)
    assert np.abs(off).max() < 0.2


def test_young_queries_know_less_and_say_so():
    noon = END + 12 * HOUR
    widths = []
    for days in (1, 3, 7, 28):
        counts = _counts()[-24 * days :]
        hour = check(fit(counts, END - timedelta(days=days), "UTC"), 20, noon)
        assert hour.threshold is not None
        assert hour.expected is not None
        widths.append(hour.threshold / hour.expected)
        assert not hour.spike
    assert widths[0] > 1.2 * widths[-1]
    assert widths[1] > 1.1 * widths[-1]


def test_no_false_alarms_in_the_first_weeks():
    alarms = 0
    for seed in range(3):
        counts = _counts(seed=seed)
        for day in (1, 2, 6):
            found = fit(counts[: 24 * day], BEGIN, "UTC")
            alarms += sum(
                check(found, int(counts[at]), BEGIN + at * HOUR).spike
                for at in range(24 * day, 24 * day + 24)
            )
    assert alarms <= 1


def test_without_a_day_of_hours_nothing_is_said():
    for counts in ([], [5.0] * 23, [np.nan] * 672):
        hour = check(fit(counts, BEGIN, "UTC"), 500, END)
        assert (hour.spike, hour.threshold, hour.p) == (False, None, None)


def test_thresholds_of_a_day_are_those_of_its_hours():
    found = fit(_counts(), BEGIN, "UTC")
    expected, least = thresholds(found, END, 24)
    for number in (0, 9, 23):
        hour = check(found, 0, END + number * HOUR)
        assert (hour.expected, hour.threshold) == (pytest.approx(expected[number]), least[number])
    assert np.isnan(thresholds(fit([], BEGIN, "UTC"), END, 3)).all()


def test_an_empty_query_has_a_crowd_of_five():
    found = fit([0.0] * 672, BEGIN, "UTC")
    assert [check(found, count, END).spike for count in (1, 4, 5, 6)] == [False, False, True, True]


def test_very_noisy_queries_are_left_their_noise():
    draw = np.random.default_rng(4)
    means = np.tile(RHYTHM, 4)
    counts = draw.poisson(means * draw.gamma(4, 1 / 4, 672)).astype(float)
    found = fit(counts, BEGIN, "UTC")
    assert 0.15 < found.dispersion < 0.35


def test_days_are_the_zones_across_its_change_of_clocks():
    """Clocks go back on 25 October: local noon stays noon, an hour later by UTC."""
    week = cells(BEGIN, 672, "Europe/Berlin")
    counts = np.where(week % 24 == 12, 60.0, 6.0)
    found = fit(counts, BEGIN, "Europe/Berlin")
    after = found.levels(datetime(2026, 11, 2, 10, tzinfo=UTC), 3)[0]
    np.testing.assert_allclose(after, [6, 60, 6], rtol=0.1)
    before = found.levels(datetime(2026, 10, 19, 9, tzinfo=UTC), 3)[0]
    np.testing.assert_allclose(before, [6, 60, 6], rtol=0.1)


def test_events_are_left_out():
    day = BEGIN + timedelta(days=25)
    counts = _counts()
    counts[25 * 24 : 26 * 24] *= 1.6
    without = fit(counts, BEGIN, "UTC", [Event("sale", day, day + timedelta(days=1))])
    assert without.hours + without.left_out == 672 - 24
    assert _off(without) < 0.13


@pytest.mark.parametrize(
    "bad",
    [
        lambda: fit([-1.0], BEGIN),
        lambda: fit([np.inf], BEGIN),
        lambda: fit(np.ones((2, 30)), BEGIN),
        lambda: fit([1.0] * 30, datetime(2026, 1, 1)),  # noqa: DTZ001
        lambda: fit([1.0] * 30, BEGIN, "Europe/Nowhere"),
        lambda: fit_many(np.ones((2, 30)), BEGIN, events=[()]),
        lambda: fit_many(np.ones((2, 3, 30)), BEGIN),
        lambda: check(fit(_counts(), BEGIN), -1, END),
        lambda: check(fit(_counts(), BEGIN), 1, END, p=0.0),
        lambda: check(fit(_counts(), BEGIN), 1, datetime(2026, 11, 2)),  # noqa: DTZ001
    ],
)
def test_bad_arguments_are_refused(bad):
    with pytest.raises(ValueError, match=r"\w"):
        bad()
