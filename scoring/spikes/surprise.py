"""Whether an hour is a spike: its count against what the baseline forecasts for it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from scoring.arrays import Floats
from scoring.spikes.baseline import Baseline
from scoring.spikes.events import Event, Lift, Occurrence, lift
from scoring.spikes.negative_binomial import reached, tail, widened

# One hour in 5,000 by chance, and never fewer mentions than a person would call a crowd.
P, LEAST = 2e-4, 5
# The interval that is shown: 95%.
SHOWN = 0.025


@dataclass(frozen=True, slots=True)
class Surprise:
    """One hour's count against its forecast.

    expected, low, high: the forecast and its 95% interval; p: of as many mentions or more; threshold: the
    least count that is a spike; spike: whether this is one. event: the key of the event that the hour is
    compared with, earlier: how many occurrences of it were known. All numbers but the count are None while
    there is no baseline.
    """

    starts_at: datetime
    count: int
    expected: float | None
    low: int | None
    high: int | None
    p: float | None
    threshold: int | None
    spike: bool
    event: str | None = None
    earlier: int | None = None


def check(
    baseline: Baseline,
    count: int,
    starts_at: datetime,
    *,
    events: Sequence[Event] = (),
    past: Sequence[Occurrence] = (),
    p: float = P,
    least: int = LEAST,
) -> Surprise:
    """Whether `count` mentions in the hour that begins at starts_at are a spike.

    An hour that is not over may be checked: a count that has passed the threshold won't come back. events:
    spans as for the baseline; past: their occurrences. ValueError: a count below 0, p outside 0..1, a time
    without zone.

    >>> from datetime import UTC
    >>> from scoring.spikes.baseline import fit
    >>> usual = np.tile([4.0] * 8 + [20.0] * 16, 28)
    >>> found = fit(usual, datetime(2026, 10, 5, tzinfo=UTC), "UTC")
    >>> hour = check(found, 60, datetime(2026, 11, 2, 12, tzinfo=UTC))
    >>> hour.spike, round(hour.expected), hour.low, hour.high, hour.threshold, hour.p < 1e-6
    (True, 20, 12, 29, 39, True)
    >>> check(found, 9, datetime(2026, 11, 2, 3, tzinfo=UTC)).spike
    False
    """
    if count < 0 or not 0 < p < 1:
        raise ValueError("a count is 0 or more, p lies between 0 and 1")
    if starts_at.tzinfo is None:
        raise ValueError("starts_at needs a time zone")
    if not baseline.known:
        return Surprise(starts_at, count, None, None, None, None, None, False)
    level, variance = baseline.levels(starts_at, 1)
    raised, event = _raised(starts_at, events, past)
    mean = float(level[0] * np.exp(raised.log_factor))
    spread = widened(baseline.dispersion, np.expm1(variance[0] + raised.variance))
    rare, low, high = (int(bound) for bound in reached([p, 1 - SHOWN, SHOWN], mean, spread))
    threshold = max(rare, least)
    return Surprise(
        starts_at=starts_at,
        count=count,
        expected=mean,
        low=max(low - 1, 0),
        high=high - 1,
        p=float(tail(count, mean, spread)),
        threshold=threshold,
        spike=count >= threshold,
        event=event.key if event else None,
        earlier=raised.earlier if event else None,
    )


def thresholds(
    baseline: Baseline, starts_at: datetime, hours: int, *, p: float = P, least: int = LEAST
) -> tuple[Floats, Floats]:
    """The forecasts and the least counts that are spikes of many hours at once, float64[hours] each.

    A day's thresholds, made once, say of every count whether it needs a closer look. NaN without a baseline.
    """
    level, variance = baseline.levels(starts_at, hours)
    if not baseline.known:
        return np.full(hours, np.nan), np.full(hours, np.nan)
    rare = reached(p, level, widened(baseline.dispersion, np.expm1(variance)))
    return level, np.maximum(rare, float(least))


def _raised(at: datetime, events: Sequence[Event], past: Sequence[Occurrence]) -> tuple[Lift, Event | None]:
    """Of several events at once the one with most of a past tells."""
    on = [(lift(event, at, past), event) for event in events if event.includes(at)]
    if not on:
        return Lift(0.0, 0.0, 0), None
    return max(on, key=lambda each: each[0].earlier)
