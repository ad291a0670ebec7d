"""Days of the Turkish calendar that move what people write: feasts, national days, sales.

A small table with its sources; a workspace adds its own launches and matches. Religious days stand by date,
because no rule of arithmetic is binding for them; the others by rule.
"""

from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from importlib.resources import files
from zoneinfo import ZoneInfo

import msgspec
from msgspec import Struct

from scoring.spikes.events import Event


class Entry(Struct, frozen=True, forbid_unknown_fields=True):
    """One recurring event. days: how many from its first on; from_hour: the local hour at which it begins,
    against the first day's midnight (-11: the eve from 13:00). Exactly one of dates (of its first days),
    yearly (MM-DD), weekday [month, Monday = 0, which] and friday_after_thursday [month, which Thursday] is
    given."""

    key: str
    name_tr: str
    name_en: str
    kind: str
    source: str
    days: int
    from_hour: int
    dates: list[date] = []
    yearly: str | None = None
    weekday: tuple[int, int, int] | None = None
    friday_after_thursday: tuple[int, int] | None = None

    def first_days(self, year: int) -> list[date]:
        """The first days of the occurrences that begin in a year."""
        if self.yearly:
            return [date.fromisoformat(f"{year}-{self.yearly}")]
        if self.weekday:
            return [_nth(year, *self.weekday)]
        if self.friday_after_thursday:
            month, which = self.friday_after_thursday
            return [_nth(year, month, 3, which) + timedelta(days=1)]
        return [day for day in self.dates if day.year == year]


class Table(Struct, frozen=True, forbid_unknown_fields=True):
    """The table: years: the first and the last of which religious days are known."""

    country: str
    zone: str
    years: tuple[int, int]
    checked_on: date
    sources: dict[str, str]
    events: list[Entry]


@cache
def table() -> Table:
    """The table that ships with the code."""
    return msgspec.json.decode(files("scoring.data").joinpath("calendar_tr.json").read_bytes(), type=Table)


def turkish(starts_at: datetime, ends_at: datetime) -> list[Event]:
    """The table's events that touch [starts_at, ends_at), by their beginning; hours on Turkish clocks.

    Beyond the table's years there are no feasts, only days that come by rule. ValueError: times without zone.

    >>> span = datetime(2026, 11, 1, tzinfo=UTC), datetime(2026, 11, 12, tzinfo=UTC)
    >>> [(event.key, event.starts_at.isoformat()) for event in turkish(*span)]
    [('ataturk_anma', '2026-11-09T21:00:00+00:00'), ('11_11', '2026-11-10T21:00:00+00:00')]
    """
    if starts_at.tzinfo is None or ends_at.tzinfo is None:
        raise ValueError("starts_at and ends_at need a time zone")
    found = [
        _event(entry, day)
        for entry in table().events
        for year in range(starts_at.year - 1, ends_at.year + 2)
        for day in entry.first_days(year)
    ]
    touched = [event for event in found if event.ends_at > starts_at and event.starts_at < ends_at]
    return sorted(touched, key=lambda event: (event.starts_at, event.key))


def _event(entry: Entry, first: date) -> Event:
    zone = ZoneInfo(table().zone)
    # On the wall's clock, so that a day keeps its hours should Turkey change its clocks again.
    midnight = datetime.combine(first, time())
    begin = (midnight + timedelta(hours=entry.from_hour)).replace(tzinfo=zone)
    end = (midnight + timedelta(days=entry.days)).replace(tzinfo=zone)
    return Event(entry.key, begin.astimezone(UTC), end.astimezone(UTC))


def _nth(year: int, month: int, weekday: int, which: int) -> date:
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (which - 1))
