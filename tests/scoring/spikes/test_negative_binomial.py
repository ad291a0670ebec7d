import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from scoring.spikes.negative_binomial import deviance, reached, tail, widened

MEANS = st.floats(0.01, 2_000)
DISPERSIONS = st.floats(0.0001, 2)


@given(st.integers(0, 3_000), MEANS, DISPERSIONS)
def test_tails_are_those_of_the_distribution(count, mean, dispersion):
    size = 1 / dispersion
    expected = stats.nbinom.sf(count - 1, size, size / (size + mean))
    assert float(tail(count, mean, dispersion)) == pytest.approx(expected, rel=1e-6, abs=1e-14)


def test_without_dispersion_it_is_poisson():
    counts = np.arange(60)
    np.testing.assert_allclose(
        tail(counts, 20.0, 0.0), stats.poisson.sf(counts - 1, 20), rtol=2e-3, atol=1e-12
    )


@given(st.sampled_from([2e-4, 0.025, 0.975]), MEANS, st.floats(0, 2))
def test_the_threshold_is_the_least_count_below_p(p, mean, dispersion):
    count = float(reached(p, mean, dispersion))
    assert tail(count, mean, dispersion) < p <= tail(count - 1, mean, dispersion)


def test_an_error_of_the_mean_widens_as_a_mixture_does():
    draw = np.random.default_rng(1)
    means = 50 * draw.gamma(1 / 0.04, 0.04, 400_000)
    counts = draw.poisson(means * draw.gamma(50, 1 / 50, 400_000))
    wide = float(widened(1 / 50, 0.04))
    assert counts.var() == pytest.approx(50 + wide * 50**2, rel=0.02)


def test_roots_of_the_deviance_are_nearly_normal():
    draw = np.random.default_rng(2)
    means = np.full(100_000, 12.0)
    roots = deviance(
        draw.poisson(means * draw.gamma(40, 1 / 40, len(means))) * 1.0, means, np.full(len(means), 1 / 40)
    )
    assert abs(roots.mean()) < 0.15
    assert roots.std() == pytest.approx(1, abs=0.03)
    assert (np.abs(roots) > 3.3).mean() < 0.003
