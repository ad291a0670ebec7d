import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import beta

from scoring.prevalence import corrected, interval, shifted

NUMBER = st.one_of(st.none(), st.floats(), st.sampled_from([0.0, 1.0, -1.0, 500.0, 1e300]))
SHARE = st.floats(0.001, 0.999)


@pytest.mark.parametrize(
    ("observed", "tpr", "fpr", "share"),
    [
        (0.23, 0.95, 0.05, 0.2),
        (0.05, 0.95, 0.05, 0.0),
        (0.01, 0.95, 0.05, 0.0),
        (0.99, 0.95, 0.05, 1.0),
        (0.3, 1.0, 0.0, 0.3),
        (0.3, 0.5, 0.5, np.nan),
        (0.3, 0.4, 0.6, np.nan),
        (None, 0.95, 0.05, np.nan),
    ],
)
def test_corrected(observed: float | None, tpr: float, fpr: float, share: float):
    assert corrected([observed], tpr, fpr)[0] == pytest.approx(share, nan_ok=True)


def test_the_bounds_are_those_of_the_beta_distribution():
    low, share, high = interval([500], [50])
    assert low[0] == pytest.approx(beta.ppf(0.05, 50.5, 450.5))
    assert high[0] == pytest.approx(beta.ppf(0.95, 50.5, 450.5))
    assert share[0] == pytest.approx(0.1)


@pytest.mark.parametrize(("n", "flagged"), [(0, 0), (None, 5), (10, None), (10, 11), (10, -1)])
def test_nothing_is_said_of_no_sample(n: float | None, flagged: float | None):
    assert all(np.isnan(bound[0]) for bound in interval([n], [flagged]))


def test_nine_of_ten_intervals_hold_the_truth():
    rng = np.random.default_rng(0)
    bad = rng.binomial(500, 0.2, 4000)
    found = rng.binomial(bad, 0.9) + rng.binomial(500 - bad, 0.06)
    low, _, high = interval(np.full(4000, 500), found, 0.9, 0.06)
    assert np.mean((low <= 0.2) & (high >= 0.2)) == pytest.approx(0.9, abs=0.02)


@given(NUMBER, NUMBER, NUMBER, NUMBER)
def test_bounds_are_shares_or_unknown(n: object, flagged: object, tpr: object, fpr: object):
    low, share, high = (float(bound[0]) for bound in interval([n], [flagged], [tpr], [fpr]))
    if np.isnan(share):
        assert np.isnan(low)
        assert np.isnan(high)
    else:
        assert 0 <= low <= share + 1e-9
        assert share <= high + 1e-9 <= 1 + 2e-9


@given(st.integers(1, 2000), SHARE, st.floats(0.5, 1), st.floats(0, 0.3))
def test_more_flags_never_mean_fewer_fakes(n: int, part: float, tpr: float, fpr: float):
    flagged = np.linspace(part * n, n, 20)
    high = interval(np.full(20, n), flagged, tpr, fpr).high
    assert (np.diff(high) >= -1e-12).all()


@given(SHARE, SHARE, SHARE)
def test_shifting_there_and_back(probability: float, prior: float, prevalence: float):
    there = shifted([probability], prior, prevalence)
    assert shifted(there, prevalence, prior)[0] == pytest.approx(probability, rel=1e-6)
    logits = [np.log(value / (1 - value)) for value in (there[0], probability, prevalence, prior)]
    assert logits[0] - logits[1] == pytest.approx(logits[2] - logits[3], abs=1e-6)
