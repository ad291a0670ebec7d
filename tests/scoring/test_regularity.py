import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.regularity import burstiness, irregular


def of(gaps: list[float]) -> tuple[np.ndarray, ...]:
    days = np.array(gaps)
    facts = (len(days), days.mean(), days.std(), days.max())
    return tuple(np.array([float(fact)]) for fact in facts)


@pytest.mark.parametrize(
    ("gaps", "expected"),
    [
        ([3.0] * 12, False),
        ([2.0, 4.0, 3.0, 5.0, 1.0, 3.0, 2.0, 4.0], False),
        # Ten posts in an hour, then a month of nothing, again and again.
        ([0.01] * 10 + [30.0] + [0.01] * 10 + [30.0], True),
        # Every third day, and then nothing for five weeks.
        ([3.0] * 20 + [35.0], True),
        # Once a week, and three weeks of holiday.
        ([7.0] * 20 + [21.0], False),
        # Once a month is regular.
        ([30.0, 31.0, 29.0, 33.0, 30.0, 30.0, 30.0, 31.0], False),
        # Too few to say.
        ([0.1, 0.1, 60.0], False),
    ],
)
def test_irregular(gaps: list[float], expected: bool):
    assert irregular(*of(gaps)).tolist() == [expected]


def test_chance_is_rarely_irregular():
    rng = np.random.default_rng(11)
    for n in (7, 12, 30):
        gaps = rng.exponential(4.0, (5_000, n))
        facts = (np.full(5_000, float(n)), gaps.mean(axis=1), gaps.std(axis=1), gaps.max(axis=1))
        assert irregular(*facts).mean() < 0.02


def test_burstiness_of_chance_is_nought():
    rng = np.random.default_rng(5)
    gaps = rng.exponential(1.0, (20_000, 15))
    found = burstiness(np.full(20_000, 15.0), gaps.mean(axis=1), gaps.std(axis=1))
    assert abs(found.mean()) < 0.03


@given(st.lists(st.tuples(*[st.floats()] * 4), min_size=1))
def test_anything_is_answered(rows: list):
    n, mean, deviation, longest = np.array(rows, dtype=float).T
    found = burstiness(n, mean, deviation)
    assert irregular(n, mean, deviation, longest).dtype == bool
    assert (np.isnan(found) | (np.abs(found) <= 1)).all()


def test_a_silence_that_is_none_of_the_gaps_is_held_against_them_all():
    """20 gaps of 5 days and a bit, then 35 days of nothing: seven times as long, not eight."""
    facts = [np.array([value]) for value in (20.0, 5.0, 2.0, 35.0)]
    assert irregular(*facts).tolist() == [False]
    facts[3] = np.array([41.0])
    assert irregular(*facts).tolist() == [True]
