"""Who is credited with what of a value, by the position of touches in a path. Pure.

Each model answers with the share of each touch of one path, the first touch first; the shares of a path add
up to 1 exactly. Models that look at all paths at once are in `together`.
"""

from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Final

HALF_LIFE_DAYS: Final = 7
_ENDS = Fraction(2, 5)
Shares = list[Fraction]


def last(touches: int) -> Shares:
    """All to the last touch.

    >>> [str(share) for share in last(3)]
    ['0', '0', '1']
    """
    return [Fraction(0)] * (touches - 1) + [Fraction(1)]


def first(touches: int) -> Shares:
    """All to the first touch.

    >>> [str(share) for share in first(3)]
    ['1', '0', '0']
    """
    return [Fraction(1)] + [Fraction(0)] * (touches - 1)


def linear(touches: int) -> Shares:
    """The same to each touch.

    >>> [str(share) for share in linear(3)]
    ['1/3', '1/3', '1/3']
    """
    return [Fraction(1, touches)] * touches


def position(touches: int) -> Shares:
    """40% to the first and to the last touch, the rest among those between; two get a half each.

    >>> [str(share) for share in position(4)], [str(share) for share in position(2)]
    (['2/5', '1/10', '1/10', '2/5'], ['1/2', '1/2'])
    """
    if touches < 3:
        return linear(touches)
    between = (1 - 2 * _ENDS) / (touches - 2)
    return [_ENDS, *[between] * (touches - 2), _ENDS]


def time_decay(ages: Sequence[float], half_life: float = HALF_LIFE_DAYS) -> Shares:
    """2^(-age / half-life), normalised; `ages` are days before the conversion.

    >>> [str(share) for share in time_decay([14, 7, 0])]
    ['1/7', '2/7', '4/7']
    """
    # What is common to all ages cancels out; without it the youngest weighs 1 and nothing is divided by 0.
    youngest = min(ages)
    weights = [Fraction(2.0 ** (-(age - youngest) / half_life)) for age in ages]
    return [weight / sum(weights) for weight in weights]


POSITIONAL: Final[dict[str, Callable[[int], Shares]]] = {
    "last": last,
    "first": first,
    "linear": linear,
    "position": position,
}
