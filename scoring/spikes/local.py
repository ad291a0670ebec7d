"""Hours of a local week: people sleep by the clock on their wall, whatever UTC says."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np

from scoring.arrays import Integers

HOUR = timedelta(hours=1)
HOURS_OF_DAY = 24


def cells(starts_at: datetime, hours: int, zone: str) -> Integers:
    """int64[hours]: the hour of the local week (Monday 00 = 0 .. 167) in which each hour begins.

    In spring a local hour is left out, in autumn one comes twice: both are what they are called.
    ValueError: starts_at has no time zone, or nobody knows the zone.

    >>> from datetime import UTC
    >>> cells(datetime(2026, 11, 1, 21, tzinfo=UTC), 3, "Europe/Istanbul").tolist()
    [0, 1, 2]
    >>> cells(datetime(2026, 3, 29, 0, tzinfo=UTC), 3, "Europe/Berlin").tolist()
    [145, 147, 148]
    """
    if starts_at.tzinfo is None:
        raise ValueError("starts_at needs a time zone")
    try:
        local = ZoneInfo(zone)
    except (KeyError, ValueError) as unknown:
        raise ValueError(f"unknown zone {zone!r}") from unknown
    begins = ((starts_at + number * HOUR).astimezone(local) for number in range(hours))
    week: Integers = np.fromiter(
        (at.weekday() * HOURS_OF_DAY + at.hour for at in begins), dtype=np.int64, count=hours
    )
    return week
