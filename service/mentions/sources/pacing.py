"""When a feed is asked again. Pure."""

from datetime import datetime, timedelta

from service.mentions.intake.values import moment

MOST_WAIT_S = 86_400
_DOUBLINGS = 12
JITTER = 0.1


def next_wait(interval_s: int, failures: int, retry_after_s: int | None, chance: float) -> timedelta:
    """How long to wait: the interval, doubled with each failure in a row up to a day, and never less than the
    server asked for. `chance` in 0..1 spreads it by a tenth, so that feeds of one host don't meet.

    >>> next_wait(900, 0, None, 0.5), next_wait(900, 3, None, 0.5), next_wait(900, 1, 7200, 0.5)
    (datetime.timedelta(seconds=900), datetime.timedelta(seconds=7200), datetime.timedelta(seconds=7200))
    """
    most = max(MOST_WAIT_S, interval_s)
    wait = min(interval_s * 2 ** min(failures, _DOUBLINGS), most)
    spread = wait * (1 + JITTER * (2 * chance - 1))
    return timedelta(seconds=round(max(spread, min(retry_after_s or 0, 7 * MOST_WAIT_S))))


def retry_after(value: str | None, now: datetime) -> int | None:
    """Seconds of a Retry-After: a number, or a date.

    >>> from datetime import UTC
    >>> at = datetime(2026, 11, 25, 12, tzinfo=UTC)
    >>> retry_after("120", at), retry_after("Wed, 25 Nov 2026 12:01:00 GMT", at), retry_after("soon", at)
    (120, 60, None)
    """
    cut = (value or "").strip()
    if cut.isascii() and cut.isdigit():
        return int(cut[:9])
    at = moment(cut, now + timedelta(days=7)) if cut else None
    return max(0, round((at - now).total_seconds())) if at else None
