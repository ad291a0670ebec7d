"""Sums, products and quotients of estimates whose errors are independent, each with its interval.

An interval of the result is recovered from the ends of the parts (MOVER; Zou and Donner 2008), for products
on the scale of logarithms, so that no low end falls below zero and skew stays skew.
"""

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike
from scipy.stats import t as student

from graph.estimates import CONFIDENCE, Estimate, missing

# Of fewer samples the spread is not known at all.
FEWEST = 3


def ratio(numerators: ArrayLike, denominators: ArrayLike, basis: str) -> Estimate:
    """The ratio of the sums of a history, as engagements per view over posts; n: samples.

    The interval is of the delta method on the logarithm, with Student's quantile (Cochran 1977, chapter 6).
    Nothing counted at all: from 0 to the rule of three. Null: `no_history`; without ends: `too_few_samples`.

    >>> found = ratio([10, 30, 20], [100, 300, 200], "own_history")
    >>> found.value, found.low, found.high, found.n
    (0.1, 0.1, 0.1, 3.0)
    """
    above, below = np.array(numerators, dtype=np.float64), np.array(denominators, dtype=np.float64)
    known = np.isfinite(above) & np.isfinite(below) & (below > 0) & (above >= 0)
    above, below, n = above[known], below[known], int(known.sum())
    if not n:
        return missing(basis, "no_history")
    whole = float(below.sum())
    value = float(above.sum()) / whole
    if not value:
        return Estimate(0.0, 0.0, 3 / whole, float(n), basis)
    if n < FEWEST:
        return Estimate(value, None, None, float(n), basis, "too_few_samples")
    spread = float(((above - value * below) ** 2).sum()) * n / (n - 1)
    error = math.sqrt(spread) / whole / value * float(student.ppf((1 + CONFIDENCE) / 2, n - 1))
    return Estimate(value, value * math.exp(-error), value * math.exp(error), float(n), basis)


def total(parts: Sequence[Estimate]) -> Estimate:
    """The sum; null where a part is, and without ends where a part has none.

    >>> found = total([Estimate(10.0, 7.0, 14.0, 5, "a"), Estimate(20.0, 16.0, 23.0, 9, "b")])
    >>> found.value, found.low, found.high, found.n, found.basis
    (30.0, 25.0, 35.0, 5, 'a+b')
    """
    basis, n, reason = _origin(parts)
    values = [each.value for each in parts if each.value is not None]
    if len(values) < len(parts):
        return missing(basis, reason or "missing")
    value = math.fsum(values)
    ends = [(each.low, each.high) for each in parts]
    if any(low is None or high is None for low, high in ends):
        return Estimate(value, None, None, n, basis, reason)
    below = math.hypot(*(own - (low or 0.0) for own, (low, _) in zip(values, ends, strict=True)))
    above = math.hypot(*((high or 0.0) - own for own, (_, high) in zip(values, ends, strict=True)))
    return Estimate(value, value - below, value + above, n, basis)


def product(*parts: Estimate) -> Estimate:
    """The product of figures that are not negative; null where a part is, without ends where a part has none.

    >>> found = product(Estimate(100.0, 50.0, 200.0, 5, "a"), Estimate(0.5, 0.5, 0.5, 9, "b"))
    >>> found.value, round(found.low, 6), round(found.high, 6)
    (50.0, 25.0, 100.0)
    """
    basis, n, reason = _origin(parts)
    values = [each.value for each in parts if each.value is not None]
    if len(values) < len(parts):
        return missing(basis, reason or "missing")
    value = math.prod(values)
    lows, highs = [each.low for each in parts], [each.high for each in parts]
    if any(end is None for end in (*lows, *highs)):
        return Estimate(value, None, None, n, basis, reason)
    if not value:
        return Estimate(0.0, 0.0, math.prod(end or 0.0 for end in highs), n, basis)
    below = math.hypot(*(_log(own, low or 0.0) for own, low in zip(values, lows, strict=True)))
    above = math.hypot(*(_log(high or 0.0, own) for own, high in zip(values, highs, strict=True)))
    return Estimate(value, value * math.exp(-below), value * math.exp(above), n, basis)


def _log(above: float, below: float) -> float:
    return math.log(above / below) if below > 0 else math.inf


def per(amount: float, figure: Estimate, each: float = 1.0) -> Estimate:
    """A known amount per `each` of a figure; null where that is null or 0, no high end where its low is 0.

    >>> found = per(500.0, Estimate(100.0, 50.0, 200.0, 5, "a"))
    >>> found.value, found.low, found.high
    (5.0, 2.5, 10.0)
    """
    if not figure.value:
        return missing(figure.basis, figure.reason or "zero_base")
    high = amount * each / figure.low if figure.low else None
    low = amount * each / figure.high if figure.high else None
    reason = figure.reason or (None if high is not None else "unbounded")
    return Estimate(amount * each / figure.value, low, high, figure.n, figure.basis, reason)


def _origin(parts: Sequence[Estimate]) -> tuple[str, float | None, str | None]:
    """All methods, the smallest n, the first reason."""
    basis = "+".join(dict.fromkeys(basis for each in parts for basis in each.basis.split("+")))
    known = [each.n for each in parts if each.n is not None]
    reasons = [each.reason for each in parts if each.reason]
    return basis, min(known, default=None), reasons[0] if reasons else None
