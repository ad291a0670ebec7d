"""Numbers, amounts and rates as people write them, in Turkish and English. Pure."""

from decimal import Decimal
from fractions import Fraction

from service.kit.money import Money, to_decimal


def number(value: Decimal, turkish: bool) -> str:
    """A number with its marks.

    >>> number(Decimal("1249.90"), True), number(Decimal("1249.90"), False)
    ('1.249,90', '1,249.90')
    """
    text = f"{value:,f}"
    return text.translate({44: ".", 46: ","}) if turkish else text


def amount(money: Money, turkish: bool, currency: bool = True) -> str:
    """An amount as people write it."""
    text = number(to_decimal(money), turkish)
    return f"{text} {money.currency}" if currency else text


def percent(rate: Decimal | Fraction, turkish: bool) -> str:
    """A fraction as percent.

    >>> percent(Decimal("0.125"), False), percent(Fraction(1, 3), True)
    ('12.5%', '%33,33')
    """
    exact = Fraction(rate) * 100
    value = Decimal(exact.numerator) / Decimal(exact.denominator)
    rounded = round(value, 2) if isinstance(rate, Fraction) else value
    text = number(Decimal(f"{rounded:f}").normalize() + 0, turkish)
    return f"%{text}" if turkish else f"{text}%"
