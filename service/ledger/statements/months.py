"""The calendar month of a statement, in a time zone. Pure."""

import re
from datetime import UTC, date, datetime, time
from typing import NamedTuple
from zoneinfo import ZoneInfo, available_timezones

from service.kit.problems import InvalidInput

_MONTH = re.compile(r"(20\d\d|21\d\d)-(0[1-9]|1[0-2])")


class Month(NamedTuple):
    """A month: `starts_at` <= t < `ends_at`, in UTC."""

    name: str
    zone: ZoneInfo
    starts_at: datetime
    ends_at: datetime


def read(month: str | None, tz: str, now: datetime) -> Month:
    """`2026-10` in a zone; the month of `now`, if none is named. Raises InvalidInput with every fault."""
    faults = []
    zone = ZoneInfo(tz) if tz in _zones() else None
    if zone is None:
        faults.append(("tz", "is no time zone of the IANA list"))
    name = month or now.astimezone(zone or UTC).strftime("%Y-%m")
    if not _MONTH.fullmatch(name):
        faults.append(("month", "is no month like 2026-10"))
    if faults or zone is None:
        errors = [{"path": path, "message": message} for path, message in faults]
        raise InvalidInput("a month that can't be asked for", errors=errors)
    year, number = map(int, name.split("-"))
    following = date(year + number // 12, number % 12 + 1, 1)
    return Month(name, zone, _midnight(date(year, number, 1), zone), _midnight(following, zone))


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time.min, zone).astimezone(UTC)


def _zones() -> set[str]:
    global _known
    _known = _known or available_timezones() - {"localtime"}
    return _known


_known: set[str] = set()
