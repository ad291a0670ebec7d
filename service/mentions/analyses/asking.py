"""What an analysis is asked for: local days of a zone, what it is broken down by, what it is narrowed to.
Pure."""

from bisect import bisect_right
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Final, Literal
from zoneinfo import ZoneInfo

from msgspec import Struct

from service.kit.problems import InvalidInput
from service.links.stats.grouping import midnight, zone_of
from service.mentions.schemas import Label

Unit = Literal["hour", "day", "week"]
UNITS: Final = ("hour", "day", "week")
DIMENSIONS: Final = ("query", "brand", "platform", "language", "country", "author")
DEFAULT_DAYS: Final = 30
MOST_DAYS: Final = 400
# A row an hour of a year would be an answer that nobody reads.
MOST_DAYS_OF_HOURS: Final = 31


class Narrowed(Struct, frozen=True, kw_only=True):
    """Which mentions are looked at; None: all. Ids as they were sent."""

    query_ids: tuple[str, ...] = ()
    brand_id: str | None = None
    platform: str | None = None
    language: str | None = None
    country: str | None = None
    sentiment: Label | None = None
    author: str | None = None
    influencer_id: str | None = None


class Question(Struct, frozen=True):
    """What was sent, as it was sent; `span` reads it."""

    first: date | None
    last: date | None
    tz: str | None
    narrowed: Narrowed


class Span(Struct, frozen=True):
    """Local days, both included, and how they are cut: into units of time, and by one dimension."""

    first: date
    last: date
    zone: ZoneInfo
    unit: Unit | None = None
    dimension: str | None = None

    @property
    def starts_at(self) -> datetime:
        return midnight(self.first, self.zone)

    @property
    def ends_at(self) -> datetime:
        return midnight(self.last + timedelta(days=1), self.zone)

    @property
    def groups(self) -> list[str]:
        """What it is broken down by."""
        return [name for name in (self.unit, self.dimension) if name]

    def starts(self) -> list[datetime]:
        """When each unit begins, in UTC; the whole span is one where none is asked for.

        A week begins on Monday, the first and the last may be cut; a day has 23 to 25 hours.
        """
        if self.unit is None:
            return [self.starts_at]
        if self.unit == "hour":
            hours = int((self.ends_at - self.starts_at) / timedelta(hours=1) + 0.999)
            return [self.starts_at + timedelta(hours=at) for at in range(hours)]
        days = [self.first + timedelta(days=at) for at in range((self.last - self.first).days + 1)]
        kept = days if self.unit == "day" else [day for day in days if day == self.first or not day.weekday()]
        return _rising([midnight(day, self.zone) for day in kept])

    def unit_of(self, at: datetime) -> int:
        """The place of the unit that a moment lies in.

        >>> span = Span(date(2026, 3, 28), date(2026, 3, 30), ZoneInfo("Europe/Berlin"), "day")
        >>> [(later - earlier).seconds // 3600 for earlier, later in zip(span.starts(), span.starts()[1:])]
        [0, 23]
        >>> span.unit_of(span.starts()[1]), span.unit_of(span.ends_at - timedelta(seconds=1))
        (1, 2)
        """
        return bisect_right(self.starts(), at) - 1


def span(
    question: Question,
    zone_name: str,
    now: datetime,
    group_by: str = "",
    dimensions: Sequence[str] = DIMENSIONS,
    units: Sequence[str] = UNITS,
) -> Span:
    """What is asked for, by the workspace's zone where none was sent. Raises InvalidInput with every
    fault."""
    faults: list[tuple[str, str]] = []
    zone = zone_of(question.tz or zone_name)
    if zone is None:
        faults.append(("tz", "is no time zone of the IANA list"))
    unit, dimension = _groups(group_by, dimensions, units, faults)
    today = now.astimezone(zone).date()
    last = question.last or max(today, question.first or today)
    first = question.first or last - timedelta(days=DEFAULT_DAYS - 1)
    if first > last:
        faults.append(("from", "is after `to`"))
    most = MOST_DAYS_OF_HOURS if unit == "hour" else MOST_DAYS
    if (last - first).days >= most:
        faults.append(("from", f"is {most} days or more before `to`"))
    if not date(2000, 1, 1) <= first <= date(2200, 1, 1) or not last <= date(2200, 1, 1):
        faults.append(("from", "is no date of this or the next century"))
    if faults or zone is None:
        errors = [{"path": path, "message": message} for path, message in faults]
        raise InvalidInput("an analysis that can't be asked for", errors=errors)
    return Span(first, last, zone, unit, dimension)


def _groups(
    group_by: str, dimensions: Sequence[str], units: Sequence[str], faults: list[tuple[str, str]]
) -> tuple[Unit | None, str | None]:
    names = list(dict.fromkeys(name.strip() for name in group_by.split(",") if name.strip()))
    known = (*units, *dimensions)
    faults += [
        ("group_by", f"{name[:40]!r} is none of {', '.join(known)}")
        for name in names[:20]
        if name not in known
    ]
    asked = [[name for name in names if name in kinds] for kinds in (units, dimensions)]
    if max(map(len, asked)) > 1:
        faults.append(("group_by", "takes one stretch of time, and one other"))
    unit, dimension = (found[0] if found else None for found in asked)
    return unit, dimension  # type: ignore[return-value]


def _rising(starts: list[datetime]) -> list[datetime]:
    # A day that a zone left out (Samoa, 2011-12-30) begins with the next one.
    return sorted(set(starts))
