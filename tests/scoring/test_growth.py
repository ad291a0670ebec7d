import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.growth import Growth, weekly

STEADY = 1000 * 1.01 ** np.arange(26)


def one(days: object, followers: object) -> Growth:
    column = np.array(followers, dtype=np.float64)
    return weekly(np.zeros(len(column), dtype=np.int64), np.array(days, dtype=np.float64), column, 1)


def test_steady_growth_is_usual():
    found = one(np.arange(26) * 7, STEADY)
    assert (found.usual[0], found.weeks[0]) == (1.0, 25.0)
    assert np.isnan(found.jump[0])


def test_a_purchase_is_odd_and_named():
    found = one(np.arange(26) * 7, np.where(np.arange(26) >= 10, 2 * STEADY, STEADY))
    assert found.usual[0] < 0.75
    assert found.jump[0] == pytest.approx(1.02, abs=0.001)
    assert found.jump_day[0] == 70.0


def test_a_larger_purchase_counts_more():
    shares = [
        one(np.arange(26) * 7, np.where(np.arange(26) >= 10, k * STEADY, STEADY)).usual[0]
        for k in (1.3, 2, 4)
    ]
    assert shares[0] > shares[1] > shares[2]


def test_a_loss_is_odd_too():
    found = one(np.arange(26) * 7, np.where(np.arange(26) >= 10, STEADY / 2, STEADY))
    assert found.jump[0] == pytest.approx(-0.495, abs=0.001)


@pytest.mark.parametrize(
    "days", [np.arange(0, 182, 1.0), np.arange(26) * 7 + np.tile([0, 1.5, -1.5, 0.5, 2], 6)[:26]]
)
def test_snapshots_at_any_times(days: np.ndarray):
    """Daily ones, and weekly ones that are late or early."""
    steady = 1000 * np.exp(0.01 * days / 7)
    assert one(days, steady).usual[0] == 1.0
    found = one(days, np.where(days > 90, 3 * steady, steady))
    assert found.usual[0] < 0.65
    assert found.jump[0] == pytest.approx(2.0, abs=0.1)


def test_a_gap_of_weeks_is_one_step():
    weeks = np.array([0, 1, 2, 3, 4, 5, 10, 11, 12, 13, 14])
    assert one(weeks * 7, 1000 * 1.02**weeks).usual[0] == 1.0
    found = one(weeks * 7, 1000 * 1.02**weeks * np.where(weeks > 7, 2, 1))
    assert (found.jump_day[0], found.weeks[0]) == (70.0, 14.0)


def test_too_long_a_gap_says_nothing():
    weeks = np.array([0, 1, 2, 3, 4, 5, 15, 16, 17, 18, 19])
    found = one(weeks * 7, np.where(weeks > 7, 3000, 1000))
    assert (found.usual[0], found.weeks[0]) == (1.0, 9.0)


@pytest.mark.parametrize("weeks", [0, 1, 5, 8])
def test_too_few_weeks(weeks: int):
    assert np.isnan(one(np.arange(weeks) * 7, np.full(weeks, 1000)).usual).all()


def test_only_half_a_year_counts():
    days = np.arange(60) * 7
    found = one(days, np.where(np.arange(60) >= 20, 3000, 1000))
    assert (found.usual[0], found.weeks[0]) == (1.0, 26.0)


@pytest.mark.parametrize("followers", [30, 200, 1000])
def test_small_accounts_are_not_odd_for_a_handful(followers: int):
    rng = np.random.default_rng(0)
    counts = [followers + np.cumsum(rng.poisson(2, 26) - 1) for _ in range(300)]
    shares = [one(np.arange(26) * 7, each).usual[0] for each in counts]
    assert np.mean(shares) > 0.99


def test_accounts_do_not_mix_and_order_does_not_matter():
    days = np.tile(np.arange(26) * 7.0, 2)
    followers = np.concatenate([STEADY, np.where(np.arange(26) > 9, 5, 1) * STEADY])
    account = np.repeat([2, 0], 26)
    shuffled = np.random.default_rng(0).permutation(52)
    found = weekly(account, days, followers, 3)
    again = weekly(account[shuffled], days[shuffled], followers[shuffled], 3)
    assert found.usual == pytest.approx(again.usual, nan_ok=True)
    assert np.isnan(found.usual[1])
    assert found.usual[2] == 1.0 > found.usual[0]


@given(
    st.lists(
        st.tuples(st.integers(0, 2), st.floats(), st.one_of(st.floats(), st.sampled_from([0.0, 5.0, 1e12]))),
        max_size=60,
    )
)
def test_never_outside_its_bounds(rows: list[tuple[int, float, float]]):
    columns = list(zip(*rows, strict=True)) or [[], [], []]
    found = weekly(
        np.array(columns[0], dtype=np.int64), np.array(columns[1], float), np.array(columns[2], float), 3
    )
    known = ~np.isnan(found.usual)
    assert ((found.usual[known] >= 0) & (found.usual[known] <= 1)).all()
    assert np.isfinite(found.weeks[known]).all()
    assert (np.isnan(found.jump) | np.isfinite(found.jump)).all()
