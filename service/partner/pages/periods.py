"""Which days a page of figures is about. Pure."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import NamedTuple, cast, get_args

from service.links.stats.grouping import MOST_DAYS
from service.partner.stats.schemas import DateBasis

SPANS = (7, 30, 90)
BY_DEFAULT = 30


class Period(NamedTuple):
    """Both days included; `days`: of a span up to today, None where days were named. `errors` by field."""

    first: date
    last: date
    days: int | None
    basis: DateBasis
    errors: dict[str, str]


def read(asked: Mapping[str, str], today: date) -> Period:
    """The period of an address; where its days can't be read, the usual one with what is wrong with them.

    >>> read({"days": "7"}, date(2026, 11, 25)).first, read({"from": "x"}, date(2026, 11, 25)).errors
    (datetime.date(2026, 11, 19), {'from': 'is no date'})
    """
    basis = asked.get("basis", "")
    basis = cast(DateBasis, basis if basis in get_args(DateBasis) else "event")
    wanted = {name: asked[name] for name in ("from", "to") if asked.get(name)}
    if not wanted:
        days = {str(days): days for days in SPANS}.get(asked.get("days", ""), BY_DEFAULT)
        return _span(days, today, basis, {})
    read = {name: _date(text) for name, text in wanted.items()}
    errors = {name: "is no date" for name, day in read.items() if day is None}
    last = read.get("to") or today
    first = read.get("from") or last - timedelta(days=BY_DEFAULT - 1)
    if not errors and first > last:
        errors["from"] = "is after `to`"
    elif not errors and (last - first).days >= MOST_DAYS:
        errors["from"] = f"is more than {MOST_DAYS} days before `to`"
    return _span(BY_DEFAULT, today, basis, errors) if errors else Period(first, last, None, basis, {})


def _span(days: int, today: date, basis: DateBasis, errors: dict[str, str]) -> Period:
    return Period(today - timedelta(days=days - 1), today, days, basis, errors)


def _date(text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if date(2000, 1, 1) <= day <= date(2199, 12, 31) else None


def neighbours(month: str) -> tuple[str, str]:
    """The months before and after one.

    >>> neighbours("2026-12")
    ('2026-11', '2027-01')
    """
    year, number = map(int, month.split("-"))
    count = year * 12 + number - 1
    return tuple(f"{each // 12}-{each % 12 + 1:02}" for each in (count - 1, count + 1))  # type: ignore[return-value]
