"""How far the median of a few figures can be off, whatever they are distributed like.

Order statistics: of n independent figures the k-th smallest and the k-th largest hold the median with a
chance of 1 - 2 P(Binomial(n, 1/2) < k) (David and Nagaraja 2003, 7.1). Below six figures no pair of them is
sure enough; then Student's interval on logarithms, which holds where figures are log-normal.
"""

from collections.abc import Sequence
from math import comb, exp, log, sqrt

from msgspec import Struct

CONFIDENCE = 0.95
# Fewer figures have no two order statistics that hold the median with 95%.
ORDERED = 6
# Of fewer figures the spread is not known at all.
FEWEST = 3


class Median(Struct, frozen=True):
    """value: the median; low, high: its 95% interval, null under three figures and where few
    figures hold a 0; n: figures."""

    value: float
    low: float | None
    high: float | None
    n: int


def median(figures: Sequence[float]) -> Median | None:
    """The median of figures that are 0 or more, with its interval; None where there are none.

    >>> median([3.0, 1.0, 2.0, 6.0, 5.0, 4.0])
    Median(value=3.5, low=1.0, high=6.0, n=6)
    >>> median([2.0])
    Median(value=2.0, low=None, high=None, n=1)
    """
    if not figures:
        return None
    rising = sorted(figures)
    n = len(rising)
    value = (rising[(n - 1) // 2] + rising[n // 2]) / 2
    if n < FEWEST:
        return Median(value, None, None, n)
    if n >= ORDERED:
        place = rank(n)
        return Median(value, rising[place - 1], rising[n - place], n)
    if rising[0] <= 0:
        return Median(value, None, None, n)
    low, high = _by_logarithms(rising)
    return Median(value, min(low, value), max(high, value), n)


def rank(n: int) -> int:
    """The k of which the k-th smallest and largest of n figures hold the median with 95%; n from six on.

    >>> [rank(n) for n in (6, 8, 9, 12, 20)]
    [1, 1, 2, 3, 6]
    """
    tail, place = 0.0, 0
    while 2 * (tail + comb(n, place) / 2**n) <= 1 - CONFIDENCE:
        tail += comb(n, place) / 2**n
        place += 1
    return place


def _by_logarithms(rising: Sequence[float]) -> tuple[float, float]:
    from scipy.stats import t  # scipy.stats takes a second to import

    logs = [log(each) for each in rising]
    n = len(logs)
    middle = sum(logs) / n
    error = sqrt(sum((each - middle) ** 2 for each in logs) / (n - 1) / n)
    reach = float(t.ppf((1 + CONFIDENCE) / 2, n - 1)) * error
    return exp(middle - reach), exp(middle + reach)
