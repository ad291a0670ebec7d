"""Cells of orders and of panels: money with its sign, times without a zone, periods. Pure."""

import re
from calendar import monthrange
from datetime import UTC, date, datetime
from decimal import ROUND_HALF_EVEN, Decimal, localcontext
from typing import Any
from zoneinfo import ZoneInfo

from msgspec import Struct

from service.imports.cells.dates import MONTHS, read_moment
from service.imports.cells.prices import find_currency, read_price
from service.imports.cells.style import Style
from service.imports.cells.texts import read_long
from service.imports.cells.types import CellType
from service.imports.rejects import Unfit
from service.kit.money import exponent
from service.kit.text import fold_tr

_MOST = 10**15
_ZONE = re.compile(r":\d{2}[.,\d]*\s*(?:am|pm)?\s*(?:z|utc|gmt|[+-]\d{2}:?\d{2})$", re.IGNORECASE)
_EPOCH = re.compile(r"\d{10}|\d{13}")
_YEAR_MONTH = re.compile(r"(\d{4})[-/.](\d{1,2})|(\d{1,2})[-/.](\d{4})")
_NAMED_MONTH = re.compile(r"([a-z]{3,9})[ .,-]+(\d{4})|(\d{4})[ .,-]+([a-z]{3,9})")
_SPAN = re.compile(r"\s+(?:-|–|ile|to)\s+|\s*(?:–|\.\.)\s*")


class Cash(Struct, frozen=True):
    """Major units as a cell has them. `exact`: written as text, so that its decimals are meant."""

    amount: Decimal
    currency: str | None
    exact: bool


class Period(Struct, frozen=True):
    """Days, both included."""

    first: date
    last: date


def read_cash(value: Any, style: Style) -> Cash:
    """An amount with its sign.

    >>> read_cash("-1.249,90 TL", Style(decimal=",")), read_cash(12.5, Style()).amount
    (Cash(amount=Decimal('-1249.9'), currency='TRY', exact=True), Decimal('12.5'))
    """
    if not isinstance(value, str):
        negative = isinstance(value, int | float | Decimal) and value < 0
        price = read_price(-value if negative else value, style)
        return Cash(-price.amount if negative else price.amount, None, exact=False)
    text = value.strip().replace("−", "-")
    negative = text.startswith("-") or text.endswith("-") or (text.startswith("(") and text.endswith(")"))
    price = read_price(text.strip("-() "), style)
    return Cash(-price.amount if negative else price.amount, price.currency, exact=True)


def minor(cash: Cash, currency: str) -> int:
    """Minor units. A number of a workbook is what a formula left, and is rounded half to even; a text with
    more decimals than its currency has is none. Raises Unfit.

    >>> minor(Cash(Decimal("1249.90"), None, True), "TRY"), minor(Cash(Decimal("0.125"), None, False), "TRY")
    (124990, 12)
    """
    with localcontext() as context:
        context.prec = 60
        scaled = cash.amount.scaleb(exponent(currency))
        whole = scaled.to_integral_value(ROUND_HALF_EVEN)
    if abs(whole) > _MOST:
        raise Unfit("too_large")
    if cash.exact and whole != scaled:
        raise Unfit("not_a_price")
    return int(whole)


def read_currency(value: Any) -> str:
    """A currency's code of whatever names it: TL, ₺, usd.

    >>> read_currency("TL"), read_currency("usd")
    ('TRY', 'USD')
    """
    found = find_currency(value) or find_currency(value.upper()) if isinstance(value, str) else None
    if found is None:
        raise Unfit("not_a_code")
    return found


def read_time(value: Any, style: Style) -> datetime:
    """A time; without a zone where the cell has none, because it is then the shop's.

    >>> read_time("25.11.2026 10:15", Style()).tzinfo is None, read_time("2026-11-25T10:15Z", Style()).hour
    (True, 10)
    """
    moment = read_moment(value, style)
    if isinstance(value, datetime):
        return moment if value.tzinfo else moment.replace(tzinfo=None)
    text = str(value).strip()
    return moment if _ZONE.search(text) or _EPOCH.fullmatch(text) else moment.replace(tzinfo=None)


def placed(moment: datetime | None, zone: ZoneInfo) -> datetime | None:
    """A time of a file as a point in time: without a zone it is that of the workspace."""
    if moment is None:
        return None
    return (moment if moment.tzinfo else moment.replace(tzinfo=zone)).astimezone(UTC)


def read_period(value: Any, style: Style) -> Period:
    """A day, a month, or days from one to another.

    >>> read_period("Kasım 2026", Style()).last, read_period("01.11.2026 - 15.11.2026", Style()).last
    (datetime.date(2026, 11, 30), datetime.date(2026, 11, 15))
    """
    if isinstance(value, str) and len(value) <= 60:
        ends = [each for each in _SPAN.split(value.strip()) if each]
        if len(ends) == 2:
            first, last = (read_moment(end, style).date() for end in ends)
            return Period(min(first, last), max(first, last))
        month = _month(fold_tr(value.strip()))
        if month is not None:
            return month
    day = read_moment(value, style).date()
    return Period(day, day)


def _month(text: str) -> Period | None:
    if found := _YEAR_MONTH.fullmatch(text):
        year, number = (found[1], found[2]) if found[1] else (found[4], found[3])
        month = int(number)
    elif found := _NAMED_MONTH.fullmatch(text):
        name, year = (found[1], found[2]) if found[1] else (found[4], found[3])
        month = MONTHS.get(name, 0)
    else:
        return None
    if not (1 <= month <= 12 and 1990 <= int(year) <= 2100):
        raise Unfit("not_a_date")
    return Period(date(int(year), month, 1), date(int(year), month, monthrange(int(year), month)[1]))


def _texts(value: Any, style: Style) -> tuple[str, ...]:
    return (read_long(value),)


TEXTS = CellType("texts", _texts, loose=True)
CASH = CellType("cash", read_cash)
TIME = CellType("time", read_time)
PERIOD = CellType("period", read_period)
CURRENCY = CellType("currency", lambda value, style: read_currency(value))
