"""Whether an account posts irregularly: a warning for planning, no part of authority.

Burstiness (Goh and Barabasi 2008) compares the spread of the gaps between posts with their mean: -1 is a
clock, 0 is chance (a Poisson process), 1 is one burst. With few gaps it is biased; Kim and Jo 2016 give the
form that is not: B = (sqrt(n+1) r - sqrt(n-1)) / ((sqrt(n+1) - 2) r + sqrt(n-1)), where r is the standard
deviation of n gaps over their mean.
"""

import numpy as np

from scoring.arrays import Flags, Floats

# Fewer gaps than this say nothing.
LEAST_GAPS = 7
# Of accounts that post by pure chance less than 1% are above this with 7 gaps or more (simulated: the 99th
# percentile is .50 with 7 gaps, .29 with 20): irregular means clearly worse than chance.
BURSTY = 0.5
# A silence counts where it is a month and eight times the usual gap: by chance one in some hundred accounts.
SILENCE_DAYS = 30.0
SILENCE_TIMES = 8.0


def burstiness(n: Floats, mean: Floats, deviation: Floats) -> Floats:
    """float64[N] in [-1, 1], NaN with fewer than 7 gaps. n gaps; mean and (population) deviation in days.

    >>> burstiness(np.array([9.0, 9.0]), np.array([2.0, 2.0]), np.array([0.0, 6.0])).round(2).tolist()
    [-1.0, 1.0]
    """
    known = (n >= LEAST_GAPS) & (mean > 0) & (deviation >= 0)
    known &= np.isfinite(n) & np.isfinite(mean) & np.isfinite(deviation)
    with np.errstate(over="ignore"):  # a deviation that no calendar holds
        ratio = np.where(known, deviation, 0.0) / np.where(known, mean, 1.0)
    ratio = np.minimum(ratio, 1e6)
    above, below = np.sqrt(np.where(known, n, 9.0) + 1), np.sqrt(np.where(known, n, 9.0) - 1)
    found = (above * ratio - below) / ((above - 2) * ratio + below)
    return np.where(known, np.clip(found, -1.0, 1.0), np.nan)


def irregular(n: Floats, mean: Floats, deviation: Floats, longest: Floats) -> Flags:
    """Who posts in bursts, or fell silent for long: bool[N]; False where too little is known.

    longest: the longest gap in days, counting the one from the last post to the last look.

    >>> n, mean = np.array([20.0, 20.0, 20.0]), np.array([3.0, 3.0, 4.0])
    >>> irregular(n, mean, np.array([1.0, 12.0, 6.0]), np.array([5.0, 9.0, 35.0])).tolist()
    [False, True, True]
    """
    bursty = burstiness(n, mean, deviation) > BURSTY
    known = (n >= LEAST_GAPS) & (longest >= SILENCE_DAYS)
    usual = np.where(known & (mean > 0), _usual(n, mean, deviation, longest), np.inf)
    silent: Flags = known & (longest / SILENCE_TIMES > usual)
    return bursty | silent


def _usual(n: Floats, mean: Floats, deviation: Floats, longest: Floats) -> Floats:
    """The mean of the gaps but the longest, which may be the silence since the last post and none of them.

    Among n numbers one lies at most deviation x sqrt(n - 1) from their mean (Samuelson 1968).
    """
    with np.errstate(over="ignore", invalid="ignore"):  # what no calendar holds
        inner = np.abs(longest - mean) <= deviation * np.sqrt(np.maximum(n - 1, 0)) * (1 + 1e-9)
        others = (n * mean - longest) / np.maximum(n - 1, 1)
    return np.where(inner, others, mean)
