"""The operator's table of exchange rates."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated

from msgspec import Meta, Struct

from service.kit.money import Currency

FxRateValue = Annotated[
    Decimal, Meta(description="major units of `quote` for 1 of `base`", examples=["48.1250"])
]


class FxRate(Struct, forbid_unknown_fields=True):
    """1 `base` is `rate` `quote`, from `day` (UTC) until the next day that has a rate of the pair."""

    base: Currency
    quote: Currency
    day: date
    rate: FxRateValue


class PutFxRates(Struct, forbid_unknown_fields=True):
    """Rates to set; one of the same pair and day replaces what was there."""

    rates: Annotated[list[FxRate], Meta(min_length=1, max_length=1000)]


class FxRateRow(Struct):
    """A rate, as it is stored."""

    base: str
    quote: str
    day: date
    rate: Decimal
    created_at: datetime


class FoundRate(Struct):
    """A rate with its day."""

    rate: Decimal
    day: date


class PutCounts(Struct):
    """How many rates are new, other than before, and the same; `waiting`: conversions whose commissions
    were left in the order's currency because there was no rate, and are looked at again now."""

    created: int
    updated: int
    unchanged: int
    waiting: int
