"""The days that sums of whole days don't answer for. Pure."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Final

YEAR: Final = timedelta(days=365)


def earned(since: datetime | None, until: datetime | None) -> Sequence[date]:
    """The days (UTC) that a period begins and ends in.

    >>> earned(datetime(2026, 3, 1, 12, tzinfo=UTC), None), earned(None, None)
    ([datetime.date(2026, 3, 1)], [])
    """
    return _days(since, until)


def due(now: datetime) -> Sequence[date]:
    """The days (UTC) of now and of a year ago: some of what is due in them is due already, some is not."""
    return _days(now, now - YEAR)


def _days(*moments: datetime | None) -> list[date]:
    return sorted({each.astimezone(UTC).date() for each in moments if each is not None})
