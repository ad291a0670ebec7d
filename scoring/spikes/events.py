"""Days that are like no others but like themselves: bayram, 11.11, a launch, a match.

Their hours are left out of the baseline. While one is on, its hours are compared with the same event's last
occurrences: by how much they stood above the baseline of their time. Of an event without a past nobody
knows the lift: the forecast is wide at first, and narrows with the event's own hours.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from msgspec import Struct
from numpy.typing import ArrayLike

from scoring.arrays import Flags
from scoring.spikes.local import HOUR

# How much an event's lift differs from one occurrence to the next (log variance): a third up or down.
BETWEEN = 0.09
# A first occurrence may double or halve what is usual.
UNKNOWN = 0.5
# Hours to both sides that tell of an hour's lift, and how many usual mentions the event's mean lift weighs.
NEIGHBOURS, MEAN_WEIGHS = 1, 10.0
# The running occurrence is judged by its last hours, and an hour is a little like the last ones.
LATEST, DRIFTS = 6, 0.03
# An event is compared with so many earlier ones.
OCCURRENCES = 3


@dataclass(frozen=True, slots=True)
class Event:
    """A span with a name that comes back: [starts_at, ends_at). key: the same for each occurrence."""

    key: str
    starts_at: datetime
    ends_at: datetime

    def __post_init__(self) -> None:
        if self.starts_at.tzinfo is None or self.ends_at.tzinfo is None:
            raise ValueError("an event's times need a time zone")
        if self.ends_at <= self.starts_at:
            raise ValueError("an event ends after it starts")

    def includes(self, at: datetime) -> bool:
        """Whether the hour that begins at `at` touches the event."""
        return at + HOUR > self.starts_at and at < self.ends_at


class Occurrence(Struct, frozen=True):
    """What an event brought: mentions of each hour (None: not known) and the baseline's level then."""

    key: str
    starts_at: datetime
    counts: list[float | None]
    levels: list[float]


@dataclass(frozen=True, slots=True)
class Lift:
    """The log of an event's factor at an hour and its variance; earlier: how many occurrences it rests on."""

    log_factor: float
    variance: float
    earlier: int


def covered(events: Iterable[Event], starts_at: datetime, hours: int) -> Flags:
    """bool[hours]: which hours from starts_at on touch an event.

    >>> from datetime import UTC, timedelta
    >>> day = datetime(2026, 11, 11, tzinfo=UTC)
    >>> covered([Event("11.11", day, day + timedelta(hours=2))], day - HOUR, 4).tolist()
    [False, True, True, False]
    """
    flags = np.zeros(hours, dtype=np.bool_)
    for event in events:
        first = (event.starts_at - starts_at) // HOUR
        last = -((starts_at - event.ends_at) // HOUR)
        flags[max(first, 0) : max(min(last, hours), 0)] = True
    return flags


def occurrence(event: Event, counts: ArrayLike, levels: ArrayLike) -> Occurrence:
    """To keep once an event is over (or while it is on, of its hours so far).

    counts: of its hours from its first on, NaN: not known; levels: of the same hours, by the baseline fitted
    before it began (`Baseline.levels`). ValueError: not as many of one as of the other.
    """
    seen, usual = np.asarray(counts, dtype=np.float64), np.asarray(levels, dtype=np.float64)
    if seen.shape != usual.shape or seen.ndim != 1:
        raise ValueError("an occurrence has one level for each count")
    return Occurrence(
        event.key, event.starts_at, [float(x) if np.isfinite(x) else None for x in seen], usual.tolist()
    )


def lift(event: Event, at: datetime, past: Sequence[Occurrence]) -> Lift:
    """By which factor the event's hour at `at` should stand above the baseline.

    past: occurrences; those of other keys and later ones don't count, one that began with the event is the
    running one.

    >>> from datetime import UTC, timedelta
    >>> last, now = datetime(2025, 11, 11, tzinfo=UTC), datetime(2026, 11, 11, tzinfo=UTC)
    >>> known = occurrence(Event("11.11", last, last + 24 * HOUR), [80.0] * 24, [20.0] * 24)
    >>> found = lift(Event("11.11", now, now + 24 * HOUR), now + 9 * HOUR, [known])
    >>> round(float(np.exp(found.log_factor)), 2), round(found.variance**0.5, 2), found.earlier
    (4.0, 0.31, 1)
    """
    hour = max((at - event.starts_at) // HOUR, 0)
    same = [one for one in past if one.key == event.key]
    before = [one for one in same if one.starts_at < event.starts_at]
    earlier = sorted(before, key=lambda one: one.starts_at)[-OCCURRENCES:]
    log_factor, variance = _from_earlier(earlier, hour) if earlier else (0.0, UNKNOWN)
    running = next((one for one in same if one.starts_at == event.starts_at), None)
    if running is not None:
        log_factor, variance = _with_running(running, hour, earlier, log_factor, variance)
    return Lift(log_factor, variance, len(earlier))


def _from_earlier(earlier: Sequence[Occurrence], hour: int) -> tuple[float, float]:
    sums = np.array([_sums(one, 0, len(one.counts)) for one in earlier]).sum(axis=0)
    mean = (sums[0] + 0.5) / (sums[1] + 0.5)
    near = np.array([_sums(one, hour - NEIGHBOURS, hour + NEIGHBOURS + 1) for one in earlier]).sum(axis=0)
    factor = (near[0] + MEAN_WEIGHS * mean) / (near[1] + MEAN_WEIGHS)
    return float(np.log(factor)), BETWEEN / len(earlier) + float(1 / (near[0] + MEAN_WEIGHS * mean))


def _with_running(
    running: Occurrence, hour: int, earlier: Sequence[Occurrence], log_factor: float, variance: float
) -> tuple[float, float]:
    """What the running occurrence's latest hours say of how this year differs from what was forecast for
    them."""
    seen, forecast = 0.0, 0.0
    for at in range(max(hour - LATEST, 0), min(hour, len(running.counts))):
        count = running.counts[at]
        if count is not None:
            seen += count
            usual = _from_earlier(earlier, at)[0] if earlier else 0.0
            forecast += running.levels[at] * float(np.exp(usual))
    if forecast <= 0:
        return log_factor, variance
    own = DRIFTS + 1 / (seen + 1)
    difference = float(np.log((seen + 0.5) / (forecast + 0.5)))
    trust = variance / (variance + own)
    return log_factor + trust * difference, variance * (1 - trust) + DRIFTS


def _sums(one: Occurrence, first: int, last: int) -> tuple[float, float]:
    pairs = list(zip(one.counts, one.levels, strict=True))[max(first, 0) : max(last, 0)]
    known: list[tuple[float, float]] = [(count, level) for count, level in pairs if count is not None]
    return sum(count for count, _ in known), sum(level for _, level in known)
