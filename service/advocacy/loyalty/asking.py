"""What loyalty is asked for: the span, the one before, and its months. Pure."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from msgspec import Struct

from service.advocacy import spans
from service.links.stats.grouping import midnight

DEFAULT_DAYS = 365


class Asked(Struct, frozen=True):
    """Local days, both included."""

    first: date
    last: date
    zone: ZoneInfo

    @property
    def since(self) -> datetime:
        return midnight(self.first, self.zone)

    @property
    def until(self) -> datetime:
        return midnight(self.last + timedelta(days=1), self.zone)

    @property
    def before(self) -> datetime:
        """When as many days before begin."""
        return midnight(self.first - timedelta(days=(self.last - self.first).days + 1), self.zone)

    @property
    def month_before(self) -> datetime:
        """When the month before the first one begins."""
        return midnight((self.first.replace(day=1) - timedelta(days=1)).replace(day=1), self.zone)

    def months(self) -> list[date]:
        """The first day of each month that has a day of the span.

        >>> [str(day) for day in Asked(date(2025, 12, 31), date(2026, 1, 1), ZoneInfo("UTC")).months()]
        ['2025-12-01', '2026-01-01']
        """
        found = [self.first.replace(day=1)]
        while (following := next_month(found[-1])) <= self.last:
            found.append(following)
        return found

    def within(self, month: date) -> tuple[datetime, datetime]:
        """The part of a month that lies in the span."""
        starts, ends = midnight(month, self.zone), midnight(next_month(month), self.zone)
        return max(starts, self.since), min(ends, self.until)


def next_month(month: date) -> date:
    """
    >>> str(next_month(date(2025, 12, 1)))
    '2026-01-01'
    """
    return (month + timedelta(days=31)).replace(day=1)


def asked(first: date | None, last: date | None, tz: str, now: datetime) -> Asked:
    """Left out: the last 365 days. Raises InvalidInput with every fault."""
    given = spans.days(first, last, tz)
    last = last or max(now.astimezone(UTC).astimezone(given.zone).date(), first or date.min)
    first = first or last - timedelta(days=DEFAULT_DAYS - 1)
    found = spans.days(first, last, tz)
    return Asked(first, last, found.zone)
