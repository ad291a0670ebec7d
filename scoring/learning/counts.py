"""Counts around an expectation: negative binomial, whose variance is mu + a mu^2; Poisson where a is 0."""

from typing import Any

import numpy as np

from scoring.arrays import Floats

# Below this the negative binomial is a Poisson, and its parameters overflow.
POISSON_BELOW = 1e-6
MOST_DISPERSION = 100.0
# Levels between which a law is corrected, and how many counts it takes to believe the correction by half.
GRID = np.linspace(0, 1, 101)
ASSUMED = 100


def _law(mean: Floats, dispersion: float) -> Any:
    from scipy import stats

    if dispersion < POISSON_BELOW:
        return stats.poisson(mean)
    return stats.nbinom(1 / dispersion, 1 / (1 + dispersion * mean))


def dispersion(count: Floats, mean: Floats) -> float:
    """The most likely a >= 0 of counts around their expectations.

    The expectations must be of rows that were not fitted on: fitted ones follow their counts, and the scatter
    around them is too small.

    >>> random = np.random.default_rng(0)
    >>> spread = random.negative_binomial(2, 2 / (2 + 5.0), 20_000).astype(float)
    >>> round(dispersion(spread, np.full(20_000, 5.0)), 1), dispersion(np.full(99, 5.0), np.full(99, 5.0))
    (0.5, 0.0)
    """
    from scipy.optimize import minimize_scalar

    def loss(a: float) -> float:
        return -float(np.mean(_law(mean, a).logpmf(count)))

    found = minimize_scalar(lambda at: loss(float(np.exp(at))), bounds=(-12.0, np.log(MOST_DISPERSION)))
    a = float(np.exp(found.x))
    return a if loss(a) < loss(0.0) - 1e-9 else 0.0


def quantile(mean: Floats, dispersion: float, level: float) -> Floats:
    """The smallest count that is reached with this probability: float64[N].

    >>> [quantile(np.array([4.0]), 0.0, level).tolist() for level in (0.1, 0.9)]
    [[2.0], [7.0]]
    """
    return np.asarray(_law(mean, dispersion).ppf(level), dtype=np.float64)


def places(count: Floats, mean: Floats, dispersion: float) -> Floats:
    """float64[len(GRID)]: at each level the share of counts that lie below that quantile of their law.

    The mean over all draws of the randomised transform (Czado, Gneiting and Held 2009): the grid itself where
    the law is right, and, where it is not, the map that makes it right (Kuleshov, Fenner and Ermon 2018).
    Few counts say little of it, so the grid counts as much as ASSUMED counts.

    >>> bool(np.all(np.diff(places(np.arange(9.0), np.full(9, 4.0), 0.0)) >= 0))
    True
    """
    law = _law(mean, dispersion)
    below, upto = law.cdf(count - 1), law.cdf(count)
    width = np.maximum(upto - below, np.finfo(np.float64).tiny)
    share = np.clip((GRID[:, None] - below) / width, 0, 1).mean(axis=1)
    return np.asarray((len(count) * share + ASSUMED * GRID) / (len(count) + ASSUMED), dtype=np.float64)


def pit(count: Floats, mean: Floats, dispersion: float, uniform: Floats) -> Floats:
    """The randomised probability integral transform: uniform on [0, 1] if the law is right (Smith 1985;
    Czado, Gneiting and Held 2009). `uniform`: float64[N], independent draws from [0, 1).

    >>> pit(np.array([0.0]), np.array([1.0]), 0.0, np.array([0.5])).round(4).tolist()
    [0.1839]
    """
    law = _law(mean, dispersion)
    below, upto = law.cdf(count - 1), law.cdf(count)
    return np.asarray(below + uniform * (upto - below), dtype=np.float64)
