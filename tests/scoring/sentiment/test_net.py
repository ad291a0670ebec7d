"""The interval of corrected net sentiment covers the truth as often as it says."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring.sentiment.net import blended, net, shares_of

RATES = np.array([[0.74, 0.10, 0.08, 0.08], [0.17, 0.58, 0.15, 0.10], [0.06, 0.12, 0.72, 0.10]])


def test_covers_the_truth_in_93_to_97_of_100() -> None:
    """Shares, mentions and labelled texts of many sizes; the error of 600 simulations is .9 points."""
    rng = np.random.default_rng(8)
    hits = below = total = 0
    for shares in ([0.6, 0.25, 0.15], [0.2, 0.5, 0.3], [0.33, 0.34, 0.33], [0.1, 0.3, 0.6]):
        truth = (shares[2] - shares[0]) / (shares[2] + shares[0])
        for mentions, labelled in (
            (100, 3000),
            (300, 100),
            (300, 400),
            (1000, 1000),
            (5000, 300),
            (5000, 3000),
        ):
            for _ in range(25):
                seen = np.array([rng.multinomial(labelled, row) for row in RATES])
                counted = rng.multinomial(mentions, np.array(shares) @ RATES)
                found = net(counted, seen, draws=200, seed=total)
                assert found.low is not None
                assert found.high is not None
                hits += found.low <= truth <= found.high
                below += truth < found.low
                total += 1
    assert 0.93 <= hits / total <= 0.97
    assert 0.25 < below / (total - hits) < 0.75


def test_correction_takes_the_bias_away() -> None:
    shares = np.array([0.1, 0.6, 0.3])
    found = net(np.rint(100_000 * shares @ RATES), RATES * 1_000)
    assert found.raw is not None
    assert found.corrected is not None
    assert found.low is not None
    assert found.high is not None
    assert abs(found.raw - 0.5) > 0.15
    assert found.corrected == pytest.approx(0.5, abs=0.002)
    assert found.shares == pytest.approx(tuple(shares), abs=0.002)
    assert found.including_neutral == pytest.approx(0.2, abs=0.002)
    assert found.high - found.low < 0.25


def test_fewer_labelled_texts_make_a_wider_interval() -> None:
    counted = np.array([300, 300, 300, 100])
    widths = []
    for labelled in (50, 500, 5_000):
        found = net(counted, RATES * labelled)
        assert found.low is not None
        assert found.high is not None
        widths.append(found.high - found.low)
    assert widths[0] > widths[1] > widths[2]


def test_nothing_to_count() -> None:
    found = net(np.zeros(4), RATES * 100)
    assert (found.raw, found.corrected, found.low, found.mentions, found.abstained) == (
        None,
        None,
        None,
        0,
        0.0,
    )
    only = net(np.array([0, 0, 0, 10]), RATES * 100)
    assert only.raw is None
    assert only.abstained == 1.0


@pytest.mark.parametrize(
    ("counted", "seen"),
    [
        (np.zeros(3), RATES),
        (np.zeros(4), RATES[:2]),
        (np.array([-1, 0, 0, 0]), RATES),
        (np.array([np.nan, 0, 0, 0]), RATES),
        (np.ones(4), np.vstack([RATES[:2], np.zeros(4)])),
    ],
)
def test_bad_arguments(counted: np.ndarray, seen: np.ndarray) -> None:
    with pytest.raises(ValueError, match=r"needed|counts|class"):
        net(counted, seen)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(0, 2_000), min_size=4, max_size=4))
def test_estimates_stay_within_bounds(counted: list[int]) -> None:
    found = net(np.array(counted), RATES * 200, draws=50)
    if found.corrected is not None:
        assert found.low is not None
        assert found.high is not None
        assert -1 <= found.low <= found.corrected <= found.high <= 1
        assert found.shares is not None
        assert sum(found.shares) == pytest.approx(1)


def test_shares_of_exact_outcomes_are_found() -> None:
    shares = np.array([[0.2, 0.5, 0.3], [0.7, 0.1, 0.2]])
    assert shares_of(shares @ RATES, np.stack([RATES, RATES])) == pytest.approx(shares, abs=1e-3)


def test_a_blend_lies_between_its_kinds() -> None:
    kinds = np.stack([RATES * 100, RATES[::-1] * 400])
    made = blended(kinds, np.array([0.5, 0.5]))
    rates = made / made.sum(axis=1, keepdims=True)
    assert rates == pytest.approx((RATES + RATES[::-1]) / 2)
    assert made.sum(axis=1) == pytest.approx(4 / (1 / 100 + 1 / 400))
