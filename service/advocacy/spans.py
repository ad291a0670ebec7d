"""Days of a time zone that a report is asked for. Pure."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from msgspec import Struct

from service.kit.problems import InvalidInput
from service.links.stats.grouping import midnight, zone_of

MOST_DAYS = 1_100
_EARLIEST, _LATEST = date(2000, 1, 1), date(2200, 1, 1)


class Days(Struct, frozen=True):
    """Local days, both ends included; None is open."""

    first: date | None
    last: date | None
    zone: ZoneInfo

    @property
    def since(self) -> datetime | None:
        return None if self.first is None else midnight(self.first, self.zone)

    @property
    def until(self) -> datetime | None:
        return None if self.last is None else midnight(self.last + timedelta(days=1), self.zone)


def days(first: date | None, last: date | None, tz: str) -> Days:
    """Raises InvalidInput with every fault.

    >>> str(days(date(2026, 1, 1), None, "Europe/Istanbul").since)
    '2025-12-31 21:00:00+00:00'
    """
    faults: list[tuple[str, str]] = []
    zone = zone_of(tz)
    if zone is None:
        faults.append(("tz", "is no time zone of the IANA list"))
    faults += [
        (name, "is no date of this or the next century")
        for name, day in (("from", first), ("to", last))
        if day is not None and not _EARLIEST <= day < _LATEST
    ]
    if first is not None and last is not None:
        if first > last:
            faults.append(("from", "is after `to`"))
        elif (last - first).days >= MOST_DAYS:
            faults.append(("from", f"is more than {MOST_DAYS} days before `to`"))
    if faults or zone is None:
        errors = [{"path": path, "message": message} for path, message in faults]
        raise InvalidInput("days that can't be asked for", errors=errors)
    return Days(first, last, zone)
