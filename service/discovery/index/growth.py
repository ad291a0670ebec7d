"""How fast an account grows, from its snapshots."""

from collections.abc import Sequence
from datetime import datetime, timedelta

MONTH = timedelta(days=30)
SHORTEST = timedelta(days=7)
LONGEST = timedelta(days=180)


def growth(history: Sequence[tuple[datetime, int]]) -> float | None:
    """The share of followers gained per 30 days (a fraction, negative where some left).

    `history` holds (time, followers). The newest snapshot is compared with the one that is closest to 30
    days older, 7 to 180 days back, and compounded to 30 days. None where there is no such pair.

    >>> from datetime import UTC, datetime
    >>> growth([(datetime(2026, 9, 2, tzinfo=UTC), 1000), (datetime(2026, 11, 1, tzinfo=UTC), 1210)])
    0.1
    """
    known = sorted(history)
    if len(known) < 2:
        return None
    newest_at, newest = known[-1]
    older = [(at, value) for at, value in known if SHORTEST <= newest_at - at <= LONGEST and value > 0]
    if not older:
        return None
    at, value = min(older, key=lambda pair: abs(newest_at - pair[0] - MONTH))
    return float(round((newest / value) ** (MONTH / (newest_at - at)) - 1, 6))
