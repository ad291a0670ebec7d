"""Intervals of counts and of weighted counts, for the samples of audiences."""

import math

from scipy.special import gammainc, gammaincinv

from graph.estimates import CONFIDENCE

_TAIL = (1 - CONFIDENCE) / 2


def weighted_count(total: float, variance: float, step: float) -> tuple[float, float]:
    """The 95% mid-P gamma interval of a weighted sum of rare events (Fay and Kim 2017).

    Parameters: `total` = sum of the weights of the events seen; `variance` of it; `step` = the weight of one
    more event. Of plain counts (variance = total, step = 1) it is the mid-P interval of a Poisson mean
    within a few hundredths. Nothing seen: from 0 to what would be seen with a chance of 1 in 40 or more.

    >>> [round(end, 2) for end in weighted_count(10.0, 10.0, 1.0)]
    [5.08, 17.82]
    >>> [round(end, 2) for end in weighted_count(0.0, 0.0, 2.0)]
    [0.0, 5.99]
    """
    # Mid-P: half of the distribution without the further event, half with it; their quantiles bound its own.
    ratio = variance / total if total > 0 else step
    both = _gamma(total, variance), _gamma(total + step, variance + step * ratio)
    low = _mixed_quantile(*both, _TAIL) if total > 0 else 0.0
    return low, _mixed_quantile(*both, 1 - _TAIL)


def _gamma(mean: float, variance: float) -> tuple[float, float]:
    """Shape and scale; shape 0 is the point 0."""
    if mean <= 0 or variance <= 0:
        return 0.0, max(mean, 0.0)
    return mean * mean / variance, variance / mean


def _quantile(gamma: tuple[float, float], share: float) -> float:
    shape, scale = gamma
    return float(gammaincinv(shape, share)) * scale if shape else scale


def _mixed_quantile(first: tuple[float, float], second: tuple[float, float], share: float) -> float:
    """Quantile of the even mixture of two gammas, by halving between their own quantiles."""
    low, high = sorted((_quantile(first, share), _quantile(second, share)))
    for _ in range(60):
        middle = (low + high) / 2
        if (_share(first, middle) + _share(second, middle)) / 2 < share:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def _share(gamma: tuple[float, float], value: float) -> float:
    shape, scale = gamma
    if not shape:
        return float(value >= scale)
    return float(gammainc(shape, max(value, 0.0) / scale))


def wilson(share: float, n: float) -> tuple[float, float]:
    """The 95% score interval of a share out of n (Wilson 1927).

    >>> [round(end, 3) for end in wilson(0.0, 20)]
    [0.0, 0.161]
    """
    z2 = 3.841458820694124
    middle = (share + z2 / (2 * n)) / (1 + z2 / n)
    half = math.sqrt(z2 * (share * (1 - share) / n + z2 / (4 * n * n))) / (1 + z2 / n)
    return max(0.0, min(share, middle - half)), min(1.0, max(share, middle + half))
