"""What a query's hours usually bring, fitted once a day and kept with its rule."""

import asyncio
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from msgspec import Struct

from scoring.spikes import Baseline, Event, Occurrence, fit, occurrence
from service.kit.db import Connection
from service.mentions.alerts import store
from service.mentions.alerts.walking import DAY, HOUR, WEEKS, calendar, earlier, fitted_at, series

# Yesterday's stays for mentions that come late.
KEPT = 2


class Usual(Struct):
    """The baselines by when they were fitted, and past occurrences of the calendar's events."""

    baselines: dict[datetime, Baseline]
    occurrences: list[Occurrence]
    zone: str
    fresh: bool = False

    def baseline_of(self, hour: datetime) -> Baseline:
        """The one of the hour's day."""
        return self.baselines[fitted_at(hour, self.zone)]

    @property
    def newest(self) -> list[Baseline]:
        """Those to keep."""
        return [self.baselines[at] for at in sorted(self.baselines)[-KEPT:]]


class Source(Struct):
    """Whose hours they are."""

    db: Connection
    workspace_id: UUID
    query_id: UUID
    zone: str
    own: Sequence[Event] = ()

    def events(self, since: datetime, until: datetime) -> list[Event]:
        """The events that touch a span."""
        return calendar(self.zone, since, until, self.own)


async def usual(
    source: Source, first: datetime, last: datetime, kept: list[Baseline], occurrences: list[Occurrence]
) -> Usual:
    """The baselines of each day of [first, last], fitted where they are not kept."""
    known = {one.as_of: one for one in kept if one.zone == source.zone}
    days = _days(first, last, source.zone)
    missing = [day for day in days if day not in known]
    for day in missing:
        known[day] = await fitted(source, day)
    found = Usual(known, occurrences, source.zone, bool(missing))
    if missing:
        found.occurrences = await _earlier(source, first, last)
    return found


async def fitted(source: Source, as_of: datetime) -> Baseline:
    """The baseline of the four weeks before."""
    since = as_of - WEEKS
    known_from = await store.listening_since(source.db, source.workspace_id, since)
    row = series(await counts(source, since, as_of), since, as_of, known_from)
    return await asyncio.to_thread(fit, row, since, source.zone, source.events(since, as_of))


async def counts(source: Source, since: datetime, until: datetime) -> dict[datetime, int]:
    """Mentions by hour, of hours that have any."""
    rows = await store.hourly_counts(source.db, source.workspace_id, source.query_id, since, until)
    return {row.hour: row.mentions for row in rows}


async def running(
    source: Source, events: list[Event], baseline: Baseline, last: datetime
) -> list[Occurrence]:
    """The events that are on, as far as they have come."""
    return [
        await _occurrence(source, event, min(event.ends_at, last + HOUR), baseline)
        for event in events
        if event.starts_at <= last and baseline.known
    ]


async def _earlier(source: Source, first: datetime, last: datetime) -> list[Occurrence]:
    found = []
    for event in source.events(first, last + DAY):
        for past in earlier(event, source.zone, source.own):
            baseline = await fitted(source, fitted_at(past.starts_at, source.zone))
            if baseline.known:
                found.append(await _occurrence(source, past, past.ends_at, baseline))
    return found


async def _occurrence(source: Source, event: Event, until: datetime, baseline: Baseline) -> Occurrence:
    row = series(await counts(source, event.starts_at, until), event.starts_at, until, event.starts_at)
    levels, _ = baseline.levels(event.starts_at, len(row))
    return occurrence(event, row, levels)


def _days(first: datetime, last: datetime, zone: str) -> list[datetime]:
    found: dict[datetime, None] = {}
    while first <= last:
        found[fitted_at(first, zone)] = None
        first += HOUR
    return list(found)
