"""Whole units shared out so that nothing is lost or made: the largest remainder. Pure."""

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import TypeVar

K = TypeVar("K")


def spread(total: int, weights: Mapping[K, Fraction | Decimal | float | int]) -> dict[K, int]:
    """`total` units in proportion to the weights, which are not negative and not all 0.

    Each gets its share rounded down; what is left goes, one each, to the largest remainders, among equals
    to those that come first. A negative total is shared out as its opposite. Raises ValueError.

    >>> spread(100, {"a": 1, "b": 1, "c": 1}), spread(-5, {"a": Fraction(1, 2), "b": Fraction(1, 2)})
    ({'a': 34, 'b': 33, 'c': 33}, {'a': -3, 'b': -2})
    """
    exact = {key: Fraction(weight) for key, weight in weights.items()}
    whole = sum(exact.values())
    if whole <= 0 or any(weight < 0 for weight in exact.values()):
        raise ValueError("weights have to be positive")
    if total < 0:
        return {key: -units for key, units in spread(-total, weights).items()}
    # A common denominator once: floats and long decimals have unequal ones.
    shares = {key: divmod(total * weight / whole, 1) for key, weight in exact.items()}
    units = {key: int(share[0]) for key, share in shares.items()}
    left = total - sum(units.values())
    for key in sorted(shares, key=lambda key: -shares[key][1])[:left]:
        units[key] += 1
    return units
