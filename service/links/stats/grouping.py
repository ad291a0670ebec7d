"""What statistics are asked for: pure. Dimensions, days and hours of a time zone, spans without gaps."""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Final, Literal
from zoneinfo import ZoneInfo, available_timezones

from msgspec import Struct

from service.kit.problems import InvalidInput

Unit = Literal["day", "hour"]
DIMENSIONS: Final = (
    "country",
    "device",
    "browser",
    "in_app",
    "referrer",
    "platform",
    "target",
    "sub1",
    "link",
)
UNITS: Final = ("day", "hour")
DEFAULT_ZONE: Final = "Europe/Istanbul"
DEFAULT_DAYS: Final = 30
MOST_DAYS: Final = 400
# A row an hour of a year would be an answer that nobody reads.
MOST_DAYS_OF_HOURS: Final = 31


class Span(Struct, frozen=True):
    """Local days, both ends included, and what they are in time: `starts_at` <= t < `ends_at`."""

    first: date
    last: date
    zone: ZoneInfo
    unit: Unit | None
    dimension: str | None

    @property
    def starts_at(self) -> datetime:
        return midnight(self.first, self.zone)

    @property
    def ends_at(self) -> datetime:
        return midnight(self.last + timedelta(days=1), self.zone)

    def days(self) -> list[date]:
        """Every day of the span."""
        return [self.first + timedelta(days=n) for n in range((self.last - self.first).days + 1)]

    def hours(self) -> Iterator[datetime]:
        """Every hour of the span; a day of a change of clocks has 23 or 25."""
        at = self.starts_at
        while at < self.ends_at:
            yield at
            at += timedelta(hours=1)


def midnight(day: date, zone: ZoneInfo) -> datetime:
    """When a day begins, in UTC. Where clocks skip midnight, it begins with the first moment there is."""
    return datetime.combine(day, time.min, zone).astimezone(UTC)


def zone_of(name: str) -> ZoneInfo | None:
    """A time zone of the IANA list."""
    return ZoneInfo(name) if name in _zones() else None


def _zones() -> set[str]:
    global _known
    _known = _known or available_timezones() - {"localtime"}
    return _known


_known: set[str] = set()


def span(
    group_by: str, first: date | None, last: date | None, tz: str, now: datetime, *, links: bool
) -> Span:
    """What is asked for. Raises InvalidInput with every fault. `links`: the links can be told apart."""
    faults: list[tuple[str, str]] = []
    zone = zone_of(tz)
    if zone is None:
        faults.append(("tz", "is no time zone of the IANA list"))
    units, dimensions = _read(group_by, links, faults)
    today = now.astimezone(zone or UTC).date()
    last = last or max(today, first or today)
    first = first or last - timedelta(days=DEFAULT_DAYS - 1)
    if first > last:
        faults.append(("from", "is after `to`"))
    most = MOST_DAYS_OF_HOURS if "hour" in units else MOST_DAYS
    if (last - first).days >= most:
        faults.append(("from", f"is more than {most} days before `to`"))
    if not date(2000, 1, 1) <= first <= date(2200, 1, 1) or not last <= date(2200, 1, 1):
        faults.append(("from", "is no date of this or the next century"))
    if faults or zone is None:
        errors = [{"path": path, "message": message} for path, message in faults]
        raise InvalidInput("statistics that can't be asked for", errors=errors)
    unit: Unit | None = "hour" if "hour" in units else "day" if units else None
    return Span(first, last, zone, unit, dimensions[0] if dimensions else None)


def _read(group_by: str, links: bool, faults: list[tuple[str, str]]) -> tuple[Sequence[str], Sequence[str]]:
    names = [name.strip() for name in group_by.split(",") if name.strip()]
    known = (*UNITS, *DIMENSIONS) if links else (*UNITS, *DIMENSIONS[:-1])
    faults += [
        ("group_by", f"{name[:40]!r} is none of {', '.join(known)}")
        for name in names[:20]
        if name not in known
    ]
    units = [name for name in names if name in UNITS]
    dimensions = [name for name in names if name in DIMENSIONS]
    if len(units) > 1 or len(dimensions) > 1:
        faults.append(("group_by", "takes one of day and hour, and one other"))
    return units, dimensions
