"""What points are called, and what they are worth. Pure."""

from fractions import Fraction

from service.advocacy.terms.shapes import PointsName, PointsTerms, PointsWorth
from service.kit.money import Money


def called(points: PointsTerms | None) -> PointsName | None:
    """The unit's name in each language; None: the terms give it none, so they are points.

    >>> called(PointsTerms("bean"))
    PointsName(tr='bean', en='bean')
    """
    if points is None:
        return None
    name = points.name
    return name if isinstance(name, PointsName) else PointsName(name, name)


def each(worth: PointsWorth) -> Fraction:
    """What one is worth, in minor units, exactly.

    >>> from service.kit.money import Price
    >>> each(PointsWorth(Price(100, "TRY"), 300))
    Fraction(1, 3)
    """
    return Fraction(worth.amount.amount, worth.per)


def cost(points: int, worth: PointsWorth) -> Money:
    """What so many are worth together, rounded once, half to even.

    >>> from service.kit.money import Price
    >>> cost(150, PointsWorth(Price(1, "TRY"), 100)), cost(250, PointsWorth(Price(1, "TRY"), 100))
    (Money(amount=2, currency='TRY'), Money(amount=2, currency='TRY'))
    """
    return Money(round(points * each(worth)), worth.amount.currency)
