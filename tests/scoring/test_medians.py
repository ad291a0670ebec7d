from math import comb

import numpy as np
import pytest

from scoring.medians import median, rank


@pytest.mark.parametrize("n", range(6, 61))
def test_no_wider_pair_of_figures_is_needed(n: int):
    def misses(place: int) -> float:
        return 2 * sum(comb(n, below) for below in range(place)) / 2**n

    assert misses(rank(n)) <= 0.05 < misses(rank(n) + 1)


@pytest.mark.parametrize(("n", "draw"), [(6, "exponential"), (12, "lognormal"), (12, "exponential")])
def test_the_interval_covers_the_median_of_any_law(n: int, draw: str):
    rng = np.random.default_rng(5)
    truth = {"exponential": np.log(2), "lognormal": 1.0}[draw]
    found = [median(getattr(rng, draw)(size=n).tolist()) for _ in range(2000)]
    assert np.mean([each.low <= truth <= each.high for each in found]) >= 0.94


@pytest.mark.parametrize("n", [3, 4, 5])
def test_of_few_figures_it_covers_that_of_a_lognormal_law(n: int):
    rng = np.random.default_rng(6)
    found = [median(rng.lognormal(0.7, 0.6, n).tolist()) for _ in range(2000)]
    assert 0.93 <= np.mean([each.low <= np.exp(0.7) <= each.high for each in found]) <= 0.97


def test_what_too_little_is_known_of_has_no_ends():
    assert median([]) is None
    assert median([1.0, 2.0]).low is None
    assert median([0.0, 0.0, 3.0]).high is None
    assert median([0.0] * 5 + [4.0]).low == 0.0
