"""Series of many queries watched as they would have been: fitted each midnight, checked hour by hour.

For trying an alert rule on what is stored, and for measuring. A day's thresholds rest on the hours before
it alone. The priors are chosen anew once a week, between them each day goes on from the day before, which
costs about a millisecond a query.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from numpy.typing import ArrayLike

from scoring.arrays import Flags, Floats
from scoring.spikes import fitting
from scoring.spikes.baseline import LEAST_HOURS, WINDOW
from scoring.spikes.events import Event, covered
from scoring.spikes.local import HOUR, cells
from scoring.spikes.negative_binomial import reached, widened
from scoring.spikes.spell import CALM_HOURS, LONGEST_GAP
from scoring.spikes.surprise import LEAST, SHOWN, P

DAY = 24
CHOSEN_EVERY = 7


@dataclass(frozen=True, slots=True)
class Replay:
    """float64[B, H] and bool[B, H]; NaN where there was no baseline yet or an event was on.

    expected: the forecast; high: its interval's upper end; threshold: the least count that is a spike;
    spike: hours at or above it; alert: the first hour of each spike.
    """

    expected: Floats
    high: Floats
    threshold: Floats
    spike: Flags
    alert: Flags


def replay(
    counts: ArrayLike,
    starts_at: datetime,
    zone: str = "Europe/Istanbul",
    *,
    events: Iterable[Event] = (),
    warm_up: int = WINDOW,
    p: float = P,
    least: int = LEAST,
) -> Replay:
    """Watch B queries over H hours. counts: [B, H], NaN: not known; events: of all, neither fitted nor
    checked.

    warm_up: hours at the start that are not checked, a day at least. ValueError: as for a baseline.

    >>> from datetime import UTC
    >>> usual = np.tile([4.0] * 8 + [20.0] * 16, 35)
    >>> usual[[700, 701, 720]] = 80
    >>> seen = replay(usual[None], datetime(2026, 10, 5, tzinfo=UTC), "UTC")
    >>> np.flatnonzero(seen.spike).tolist(), np.flatnonzero(seen.alert).tolist()
    ([700, 701, 720], [700, 720])
    """
    given = np.array(counts, dtype=np.float64, ndmin=2)
    if (given < 0).any() or np.isinf(given).any():
        raise ValueError("counts are 0 or more")
    week = cells(starts_at, given.shape[1], zone)
    rows = given.copy()
    rows[:, covered(events, starts_at, given.shape[1])] = np.nan
    expected, high, threshold = (np.full(given.shape, np.nan) for _ in range(3))
    found: fitting.Fit | None = None
    for number, begin in enumerate(range(max(warm_up, LEAST_HOURS), given.shape[1], DAY)):
        past = slice(max(begin - WINDOW, 0), begin)
        window = fitting.Window(rows[:, past], week[past])
        grown = found is not None and found.used.shape != window.counts.shape
        found = _next(None if grown else found, window, not number % CHOSEN_EVERY)
        day = slice(begin, begin + DAY)
        expected[:, day], variance = found.forecast(week[day])
        spread = widened(found.dispersion[:, None], np.expm1(variance))
        high[:, day] = reached(SHOWN, expected[:, day], spread) - 1
        threshold[:, day] = np.maximum(reached(p, expected[:, day], spread), least)
    unseen = np.isnan(rows)
    for each in (expected, high, threshold):
        each[unseen] = np.nan
    spike = rows >= threshold
    return Replay(expected, high, threshold, spike, _alerts(rows, high, spike))


def _next(before: fitting.Fit | None, window: fitting.Window, choose: bool) -> fitting.Fit:
    if before is None:
        return fitting.fit(window)
    found = fitting.refit(before, window)
    return fitting.rechoose(found, window) if choose else found


def _alerts(rows: Floats, high: Floats, spike: Flags) -> Flags:
    """The spells of `spell.step` for all rows at once: where one opens."""
    opened = np.zeros(rows.shape, dtype=np.bool_)
    on = np.zeros(len(rows), dtype=np.bool_)
    calm, missing = (np.zeros(len(rows), dtype=np.int64) for _ in range(2))
    known = np.isfinite(rows) & np.isfinite(high)
    within = known & ~spike & (rows <= high)
    for hour in range(rows.shape[1]):
        opened[:, hour] = spike[:, hour] & ~on
        on = on | spike[:, hour]
        calm = np.where(within[:, hour], calm + 1, np.where(known[:, hour], 0, calm))
        missing = np.where(known[:, hour], 0, missing + 1)
        on = on & (calm < CALM_HOURS) & (missing < LONGEST_GAP // HOUR)
    return opened
