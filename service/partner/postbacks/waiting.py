"""How long a delivery that failed waits, when it is given up, and when a postback is stopped. Pure."""

from datetime import datetime, timedelta
from random import SystemRandom

FIRST_S = 5.0
LONGEST_S = 6 * 3600.0
# About a day, after which the next one has its turn.
ATTEMPTS = 10
STOPPED_AFTER = timedelta(days=3)
# A receiver that asks for more patience than this is not believed.
MOST_ASKED_S = 24 * 3600.0
_random = SystemRandom()


def wait_s(attempt: int, asked_s: float = 0.0) -> float:
    """The wait after a failed attempt, from the first on; a jitter of a quarter, so that no herd comes back.

    >>> [round(min(wait_s(n) for _ in range(200)) / FIRST_S) for n in (1, 2, 3)]
    [1, 4, 16]
    """
    grown = min(LONGEST_S, FIRST_S * 4.0 ** (attempt - 1))
    return max(grown * _random.uniform(1.0, 1.25), min(asked_s, MOST_ASKED_S))


def stopped(status_code: int | None, failing_since: datetime | None, now: datetime) -> str | None:
    """Why a postback whose delivery has just failed is stopped; None: it isn't.

    >>> stopped(410, None, datetime(2026, 11, 25))
    'gone'
    """
    if status_code == 410:
        return "gone"
    return "failing" if failing_since is not None and now - failing_since >= STOPPED_AFTER else None
