"""What can be said of a period, and why not: pure."""

from datetime import datetime, timedelta

from service.influencers.brands.comparing.schemas import ComparisonRow, NetReason, PaceReason

_SLACK = timedelta(days=31)
_SHORTEST = timedelta(days=1)
_WEEK = timedelta(weeks=1)


def slack(since: datetime | None, until: datetime | None) -> timedelta:
    """How far outside a period a snapshot may lie: as far as the period is long, or 31 days.

    >>> from datetime import UTC
    >>> slack(datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 4, 1, tzinfo=UTC)).days, slack(None, None).days
    (90, 31)
    """
    return _SLACK if since is None or until is None else max(_SLACK, until - since)


def net(row: ComparisonRow) -> tuple[int | None, float | None, NetReason | None]:
    """Net followers and their growth, or why there are none."""
    if row.first_followers is None or row.last_followers is None:
        return None, None, "no_snapshot"
    if row.first_at == row.last_at:
        return None, None, "one_snapshot"
    change = row.last_followers - row.first_followers
    return change, change / row.first_followers if row.first_followers else None, None


def pace(
    posts: int, seen_at: datetime | None, since: datetime | None, until: datetime | None, now: datetime
) -> tuple[float | None, PaceReason | None]:
    """Posts per week of the part of a period that was looked at, or why that can't be said.

    >>> from datetime import UTC
    >>> first, last = datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 1, 29, tzinfo=UTC)
    >>> pace(8, last, first, last, last), pace(4, datetime(2026, 1, 15, tzinfo=UTC), first, last, last)
    ((2.0, None), (2.0, None))
    >>> pace(0, None, first, last, last), pace(0, first, first, last, last)
    ((None, 'no_posts_known'), (None, 'not_looked_at'))
    """
    if since is None:
        return None, "open_period"
    if seen_at is None:
        return None, "no_posts_known"
    covered = min(until or now, seen_at, now) - since
    if covered <= timedelta():
        return None, "not_looked_at"
    return (None, "too_short") if covered < _SHORTEST else (posts / (covered / _WEEK), None)
