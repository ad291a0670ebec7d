"""Hours of a query gone through: which spikes began, go on, or are over. Pure."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
from msgspec import Struct

from scoring.spikes import Baseline, Event, Move, Occurrence, Spell, Surprise, check, step, turkish

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
WEEKS = timedelta(weeks=4)
# Mentions that come late are looked at for a day; after an outage so much is made up for.
LATE, LONGEST = timedelta(hours=24), timedelta(days=31)
# The calendar that the service knows is that of people who live by these clocks.
TURKISH_ZONES = {"Europe/Istanbul", "Asia/Istanbul", "Turkey"}
OCCURRENCES = 3
YEARS = 3


class Seen(Struct, frozen=True):
    """A spike after its newest hour. `over`: counts have fallen back. `event`: of the hour that opened it."""

    spell: Spell
    over: bool
    event: str | None = None


class Limits(Struct, frozen=True):
    """What a rule calls a spike."""

    p: float
    least: int


def hour_of(at: datetime) -> datetime:
    """The beginning of the hour."""
    return at.replace(minute=0, second=0, microsecond=0)


def first_hour(watched_from: datetime, checked_at: datetime | None, now: datetime) -> datetime:
    """From which hour on to look: what was not looked at, and what late mentions still reach."""
    running = hour_of(now)
    wanted = min(hour_of(checked_at or watched_from), running - LATE)
    return max(hour_of(watched_from), wanted, running - LONGEST)


def fitted_at(hour: datetime, zone: str) -> datetime:
    """As of when an hour's baseline is fitted: midnight on its day's clocks, to the hour.

    >>> from datetime import UTC
    >>> fitted_at(datetime(2026, 11, 2, 22, tzinfo=UTC), "Europe/Istanbul").isoformat()
    '2026-11-02T21:00:00+00:00'
    """
    local = hour.astimezone(ZoneInfo(zone))
    return hour_of(local.replace(hour=0, minute=0, second=0, microsecond=0).astimezone(hour.tzinfo))


def calendar(zone: str, since: datetime, until: datetime, own: Sequence[Event] = ()) -> list[Event]:
    """The events that touch a span: the workspace's own, and those that people in the zone live by."""
    known = turkish(since, until) if zone in TURKISH_ZONES else []
    return [*known, *(one for one in own if one.ends_at > since and one.starts_at < until)]


def earlier(event: Event, zone: str, own: Sequence[Event] = ()) -> list[Event]:
    """The occurrences of an event before it that it is compared with, the oldest first."""
    past = calendar(zone, event.starts_at - YEARS * timedelta(days=366), event.starts_at, own)
    same = [one for one in past if one.key == event.key and one.ends_at <= event.starts_at]
    return sorted(same, key=lambda one: one.starts_at)[-OCCURRENCES:]


def series(
    counts: dict[datetime, int], since: datetime, until: datetime, known_from: datetime | None
) -> "np.ndarray[tuple[int], np.dtype[np.float64]]":
    """Mentions of each hour, float64[hours]; NaN before anything was listened to."""
    hours = max(int((until - since) / HOUR), 0)
    row = np.array([counts.get(since + at * HOUR, 0) for at in range(hours)], dtype=np.float64)
    unknown = hours if known_from is None else int(np.ceil((known_from - since) / HOUR))
    row[: max(min(unknown, hours), 0)] = np.nan
    return row


def judged(
    counts: dict[datetime, int],
    span: tuple[datetime, datetime],
    baseline_of: Callable[[datetime], Baseline],
    known: tuple[Sequence[Event], Sequence[Occurrence]],
    limits: Limits,
) -> Iterator[Surprise]:
    """The surprise of each hour of [first, last], both the beginnings of hours."""
    hour, last = span
    events, past = known
    while hour <= last:
        yield check(
            *(baseline_of(hour), counts.get(hour, 0), hour),
            events=events,
            past=past,
            p=limits.p,
            least=limits.least,
        )
        hour += HOUR


def walk(
    spell: Spell | None, told_until: datetime | None, hours: Iterator[Surprise], running: datetime
) -> list[Seen]:
    """The spikes of these hours, the one that was on first.

    told_until: the newest hour of the last spike that is over; what comes late into it alerts nobody again.
    running: the hour that is not over yet.
    """
    found: list[Seen] = []
    event: str | None = None
    for hour in hours:
        if spell is None and told_until is not None and hour.starts_at <= told_until:
            continue
        after = step(spell, hour, complete=hour.starts_at < running)
        if after.ended is not None:
            found.append(Seen(after.ended, True, event))
            told_until = after.ended.last_at
        if after.move is Move.OPEN:
            event = hour.event
        spell = after.spell
    return [*found, Seen(spell, False, event)] if spell is not None else found
