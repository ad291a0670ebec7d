"""Counts with more spread than chance: tails and thresholds of the negative binomial by mean and dispersion.

variance = mean + dispersion x mean^2, so dispersion = 1/k and 0 is Poisson. A gamma-distributed error of
the mean with relative variance v leaves the family: dispersion becomes (1 + dispersion)(1 + v) - 1.
"""

import numpy as np
from numpy.typing import ArrayLike

from scoring.arrays import Floats

# Nearer to Poisson than any data could tell, and the incomplete beta function still has its digits.
LEAST_DISPERSION = 1e-6


def widened(dispersion: ArrayLike, relative_variance: ArrayLike) -> Floats:
    """The dispersion of what is predicted when the mean itself is only known up to relative_variance.

    >>> round(float(widened(0.02, 0.01)), 4)
    0.0302
    """
    wider: Floats = (1 + np.asarray(dispersion, dtype=np.float64)) * (1 + np.asarray(relative_variance)) - 1
    return wider


def tail(count: ArrayLike, mean: ArrayLike, dispersion: ArrayLike) -> Floats:
    """P(N >= count), elementwise; 1 for counts of 0.

    >>> tail([0, 5, 23], 10.0, 0.0).round(5).tolist()
    [1.0, 0.97075, 0.0003]
    """
    from scipy.special import betainc  # alone takes longer to import than a check

    counts, means, spread = np.broadcast_arrays(
        np.asarray(count, dtype=np.float64),
        np.asarray(mean, dtype=np.float64),
        np.maximum(np.asarray(dispersion, dtype=np.float64), LEAST_DISPERSION),
    )
    share = spread * means / (1 + spread * means)
    at_least: Floats = np.where(counts > 0, betainc(np.maximum(counts, 1.0), 1 / spread, share), 1.0)
    return at_least


def reached(p: ArrayLike, mean: ArrayLike, dispersion: ArrayLike) -> Floats:
    """The least count c with P(N >= c) < p, elementwise.

    >>> reached(2e-4, [10.0, 10.0], [0.0, 0.02]).tolist()
    [24.0, 26.0]
    """
    bound, means, spread = np.broadcast_arrays(
        np.asarray(p, dtype=np.float64),
        np.asarray(mean, dtype=np.float64),
        np.asarray(dispersion, dtype=np.float64),
    )
    low = np.zeros(means.shape)
    high = np.ceil(means + 8 * np.sqrt(means + spread * means**2) + 8)
    while (short := tail(high, means, spread) >= bound).any():
        high = np.where(short, 2 * high, high)
    while (high - low > 1).any():
        middle = np.floor((low + high) / 2)
        above = tail(middle, means, spread) >= bound
        low, high = np.where(above, middle, low), np.where(above, high, middle)
    least: Floats = high
    return least


def deviance(counts: Floats, means: Floats, dispersion: Floats) -> Floats:
    """Signed roots of the deviance: nearly standard normal, also where counts are small.

    >>> deviance(np.array([10.0, 30.0]), np.array([10.0, 10.0]), np.array([0.0, 0.0])).round(2).tolist()
    [0.0, 5.09]
    """
    spread = np.maximum(dispersion, LEAST_DISPERSION)
    grown = np.where(counts > 0, counts * np.log(np.maximum(counts, 0.5) / means), 0.0)
    kept = (counts + 1 / spread) * np.log((1 + spread * counts) / (1 + spread * means))
    root: Floats = np.sign(counts - means) * np.sqrt(np.maximum(2 * (grown - kept), 0))
    return root
