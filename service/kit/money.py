"""Money: integer minor units and a currency (ISO 4217). No float ever touches an amount."""

import re
from decimal import ROUND_HALF_EVEN, Decimal, localcontext
from typing import Annotated

import msgspec
from babel.numbers import get_currency_precision, list_currencies

CURRENCIES = frozenset(list_currencies())
_NUMBER = re.compile(r"[+-]?\d{1,3}(?:[., \u00a0']\d{3})+(?:[.,]\d+)?|[+-]?\d+(?:[.,]\d+)?")
# PostgreSQL's bigint; far above any sum of money in minor units.
_MOST = 2**63 - 1

Currency = Annotated[str, msgspec.Meta(pattern="^[A-Z]{3}$", description="ISO 4217", examples=["TRY"])]
Minor = Annotated[
    int, msgspec.Meta(ge=-_MOST, le=_MOST, description="integer minor units", examples=[124990])
]


class Money(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An amount in minor units: 1.249,90 TRY is `{"amount": 124990, "currency": "TRY"}`."""

    amount: Minor
    currency: Currency


class Units(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Money, or points (`currency` is `points`): the two are never converted or summed."""

    amount: Minor
    currency: Annotated[
        str,
        msgspec.Meta(
            pattern="^([A-Z]{3}|points)$", description="ISO 4217, or points", examples=["points", "TRY"]
        ),
    ]


class Price(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A price, cost or budget: money that is not negative."""

    amount: Annotated[int, msgspec.Meta(ge=0, le=_MOST, description="integer minor units")]
    currency: Currency


def exponent(currency: str) -> int:
    """How many decimals a currency has: JPY 0, TRY 2, KWD 3; points are whole."""
    return 0 if currency == "points" else get_currency_precision(currency)


def parse(text: str, currency: str, decimal: str = ".") -> Money:
    """Reads a decimal string, exactly; `decimal` is the decimal mark, the other marks group thousands.

    Raises ValueError where the text is no number, or has more decimals than the currency.

    >>> parse("1.249,90", "TRY", decimal=",").amount
    124990
    >>> parse("-12", "JPY").amount
    -12
    """
    stripped = text.strip()
    if not _NUMBER.fullmatch(stripped):
        raise ValueError(f"{text!r} is not an amount")
    digits = re.sub(r"[., \u00a0']", lambda mark: "." if mark[0] == decimal else "", stripped)
    return from_decimal(Decimal(digits), currency)


def from_decimal(value: Decimal, currency: str) -> Money:
    """Money from a Decimal of major units. Raises ValueError where a fraction of a minor unit is left."""
    with localcontext() as context:
        context.prec = 60
        minor = value.scaleb(exponent(currency))
        if minor != minor.to_integral_value():
            raise ValueError(f"{value} has more decimals than {currency}")
    return Money(int(minor), currency)


def to_decimal(money: Money | Units) -> Decimal:
    """The amount in major units, exactly."""
    return Decimal(money.amount).scaleb(-exponent(money.currency))


def times(money: Money, rate: Decimal) -> Money:
    """A share of an amount, rounded half to even (the rounding of every commission)."""
    with localcontext() as context:
        context.prec = 60
        return Money(int((Decimal(money.amount) * rate).to_integral_value(ROUND_HALF_EVEN)), money.currency)
