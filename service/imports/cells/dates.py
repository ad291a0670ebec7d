"""Dates and moments: ISO, day first or month first, month names in English and Turkish, epochs, spreadsheet
days."""

import re
from datetime import UTC, date, datetime, timedelta
from typing import Any

from service.imports.cells.style import Style
from service.imports.rejects import Unfit
from service.kit.text import fold_tr

_MONTHS = (
    ("jan", "january", "oca", "ocak"),
    ("feb", "february", "sub", "subat"),
    ("mar", "march", "mart"),
    ("apr", "april", "nis", "nisan"),
    ("may", "mayis"),
    ("jun", "june", "haz", "haziran"),
    ("jul", "july", "tem", "temmuz"),
    ("aug", "august", "agu", "agustos"),
    ("sep", "sept", "september", "eyl", "eylul"),
    ("oct", "october", "eki", "ekim"),
    ("nov", "november", "kas", "kasim"),
    ("dec", "december", "ara", "aralik"),
)
MONTHS = {name: number for number, names in enumerate(_MONTHS, start=1) for name in names}
"""Folded month names, short and long."""

_LONGEST = 40
_CLOCK = (
    r"(?:[t ,]+(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d{1,9})?)?\s*(am|pm)?\s*(z|utc|gmt|[+-]\d{2}:?\d{2})?)?"
)
_YEAR_FIRST = re.compile(r"(\d{4})[-/.](\d{1,2})(?:[-/.](\d{1,2}))?" + _CLOCK)
_YEAR_LAST = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}|\d{2})" + _CLOCK)
_COMPACT = re.compile(r"((?:19|20)\d{2})(\d{2})(\d{2})")
_DAY_NAME = re.compile(
    r"(?:(\d{1,2})[ .-]+)?([a-z]{3,9})[ .,-]+(?:(\d{1,2})(?:st|nd|rd|th)?,? +)?(\d{4})" + _CLOCK
)
_SPREADSHEET_EPOCH = datetime(1899, 12, 30, tzinfo=UTC)
_EARLIEST, _LATEST = 1990, 2100


def read_date(value: Any, style: Style) -> date:
    """A day. A month alone is its first day: never in the future, and months stay in order.

    >>> [str(read_date(cell, Style())) for cell in ("31.12.2022", "2022-09", "12 Kasım 2022", "Nov 3, 2022")]
    ['2022-12-31', '2022-09-01', '2022-11-12', '2022-11-03']
    """
    return read_moment(value, style).date()


def read_moment(value: Any, style: Style) -> datetime:
    """A point in time; without a zone it is UTC, without a clock midnight."""
    if isinstance(value, datetime):
        return _checked(value if value.tzinfo else value.replace(tzinfo=UTC))
    if isinstance(value, date):
        return _checked(datetime(value.year, value.month, value.day, tzinfo=UTC))
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise Unfit("not_a_date")
    text = str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
    if len(text) > _LONGEST:
        raise Unfit("not_a_date")
    try:
        return _checked(_parse(fold_tr(text), style))
    except (ValueError, OverflowError) as error:
        raise Unfit("not_a_date") from error


def _parse(text: str, style: Style) -> datetime:
    if found := _YEAR_FIRST.fullmatch(text):
        year, month, day, *clock = found.groups()
        return _moment(int(year), int(month), int(day or 1), clock)
    if found := _YEAR_LAST.fullmatch(text):
        first, second, year, *clock = found.groups()
        month, day = (int(second), int(first)) if style.day_first else (int(first), int(second))
        return _moment(_full_year(year), month, day, clock)
    if found := _DAY_NAME.fullmatch(text):
        before, name, after, year, *clock = found.groups()
        if name in MONTHS and not (before and after):
            return _moment(int(year), MONTHS[name], int(before or after or 1), clock)
    return _from_digits(text)


def _from_digits(text: str) -> datetime:
    """20221103, seconds or milliseconds since 1970, days since 1900 as spreadsheets count them."""
    if found := _COMPACT.fullmatch(text):
        year, month, day = (int(part) for part in found.groups())
        return _moment(year, month, day, [])
    if not text.isascii() or not text.isdigit():
        raise ValueError(text)
    number = int(text)
    if len(text) in (10, 13):
        return datetime.fromtimestamp(number if len(text) == 10 else number / 1000, UTC)
    if len(text) == 5:
        return _SPREADSHEET_EPOCH + timedelta(days=number)
    raise ValueError(text)


def _moment(year: int, month: int, day: int, clock: list[str | None]) -> datetime:
    hour, minute, second, half, zone = clock or [None] * 5
    hours = int(hour or 0)
    if half:
        hours = hours % 12 + (12 if half == "pm" else 0)
    moment = datetime(year, month, day, hours, int(minute or 0), int(second or 0), tzinfo=UTC)
    if zone and zone[0] in "+-":
        ahead = timedelta(hours=int(zone[1:3]), minutes=int(zone[-2:]))
        return moment - ahead if zone[0] == "+" else moment + ahead
    return moment


def _full_year(year: str) -> int:
    return int(year) if len(year) == 4 else 2000 + int(year)


def _checked(moment: datetime) -> datetime:
    if not _EARLIEST <= moment.year <= _LATEST:
        raise Unfit("not_a_date")
    return moment
