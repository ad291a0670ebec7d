"""Estimates with their 95% intervals."""

import math
from dataclasses import dataclass

_Z95 = 1.959963984540054


@dataclass(frozen=True, slots=True)
class Interval:
    """An estimate with its 95% interval."""

    value: float
    low: float
    high: float


def of_share(met: int, of: int, total: float) -> Interval:
    """`total` x a share of independent draws; Wilson 1927, which is sound near 0 and 1 as well.

    >>> of_share(50, 100, 1.0)
    Interval(value=0.5, low=0.4038315303659956, high=0.5961684696340044)
    """
    share, square = met / of, _Z95**2 / of
    centre = (share + square / 2) / (1 + square)
    half = math.sqrt(square * (share * (1 - share) + square / 4)) / (1 + square)
    # At the ends the limits are 0 and 1 exactly; rounding must not leave the estimate outside.
    low, high = (centre - half if met else 0.0), (centre + half if met < of else 1.0)
    return Interval(total * share, total * low, total * high)


def of_mean(mean: float, error: float) -> Interval:
    """A mean of many independent draws with its standard error; normal by the central limit theorem.

    >>> of_mean(10.0, 0.5)
    Interval(value=10.0, low=9.020018007729973, high=10.979981992270027)
    """
    return Interval(mean, mean - _Z95 * error, mean + _Z95 * error)
