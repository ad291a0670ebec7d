"""How fast a team answers: median, 90th percentile, and the share answered within a target.

What is still open counts too: once it has waited longer than the target it has missed it, before that nobody
knows yet. Time may run by the clock or during business hours alone, in which a night costs nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import numpy as np

from scoring.arrays import Floats

DAY = timedelta(days=1)
# Longer spans of business hours are a mistake of the caller, not a question.
LONGEST_DAYS = 20_000


@dataclass(frozen=True, slots=True)
class BusinessHours:
    """When a team answers. zone: IANA; week: of Monday to Sunday the opening and closing times, or None;
    closed: local days on which nobody is there. A closing time at or before the opening one is the next
    day's.
    """

    zone: str
    week: tuple[tuple[time, time] | None, ...]
    closed: frozenset[date] = frozenset()

    def __post_init__(self) -> None:
        if len(self.week) != 7:
            raise ValueError("a week of business hours has seven days")
        if not any(self.week):
            raise ValueError("business hours need a day with hours")
        try:
            ZoneInfo(self.zone)
        except (KeyError, ValueError) as unknown:
            raise ValueError(f"unknown zone {self.zone!r}") from unknown

    def open_on(self, day: date) -> tuple[float, float] | None:
        """The seconds since 1970 between which a local day's hours run; None where closed."""
        hours = self.week[day.weekday()]
        if hours is None or day in self.closed:
            return None
        zone = ZoneInfo(self.zone)
        begin = datetime.combine(day, hours[0], zone)
        end = datetime.combine(day if hours[1] > hours[0] else day + DAY, hours[1], zone)
        return begin.timestamp(), end.timestamp()


@dataclass(frozen=True, slots=True)
class ResponseTimes:
    """answered, open: how many; overdue: open ones that have missed the target; median, p90: seconds to the
    answer of the answered ones, None without any; within_target: the share of those whose target is decided,
    None without any."""

    answered: int
    open: int
    overdue: int
    median: float | None
    p90: float | None
    within_target: float | None


def response_times(
    arrived: Sequence[datetime],
    answered: Sequence[datetime | None],
    *,
    as_of: datetime,
    target: timedelta,
    hours: BusinessHours | None = None,
) -> ResponseTimes:
    """Response times of N mentions. answered: when each was first answered, None: not yet; as_of: until when
    open ones have waited. An answer before the arrival (a clock that goes wrong) took no time.

    ValueError: not as many of one as of the other, times without zone, a target that is not above 0.

    >>> noon = datetime(2026, 11, 2, 12, tzinfo=UTC)
    >>> minutes = [5, 10, 20, 90, None]
    >>> answers = [None if each is None else noon + timedelta(minutes=each) for each in minutes]
    >>> response_times([noon] * 5, answers, as_of=noon + timedelta(hours=2), target=timedelta(hours=1))
    ResponseTimes(answered=4, open=1, overdue=1, median=900.0, p90=4140.0, within_target=0.6)
    """
    if len(arrived) != len(answered):
        raise ValueError("every arrival has an answer, or None")
    if target <= timedelta(0):
        raise ValueError("a target is above 0")
    begins = _seconds(arrived)
    ends = _seconds([as_of if each is None else each for each in answered])
    done = np.array([each is not None for each in answered], dtype=np.bool_)
    if hours is not None and len(begins):
        begins, ends = _worked(np.concatenate([begins, ends]), hours)
    took = np.maximum(ends - begins, 0.0)
    in_time = took <= target.total_seconds()
    decided = done | ~in_time
    return ResponseTimes(
        answered=int(done.sum()),
        open=int((~done).sum()),
        overdue=int((~done & ~in_time).sum()),
        median=round(float(np.percentile(took[done], 50)), 3) if done.any() else None,
        p90=round(float(np.percentile(took[done], 90)), 3) if done.any() else None,
        within_target=float((done & in_time).sum() / decided.sum()) if decided.any() else None,
    )


def _seconds(times: Sequence[datetime]) -> Floats:
    if any(each.tzinfo is None for each in times):
        raise ValueError("times need a time zone")
    return np.array([each.timestamp() for each in times], dtype=np.float64)


def _worked(moments: Floats, hours: BusinessHours) -> tuple[Floats, Floats]:
    """Both halves of the moments as seconds of business hours since before the first of them."""
    first, last = (datetime.fromtimestamp(float(each), UTC).date() for each in (moments.min(), moments.max()))
    days = (last - first).days + 5
    if days > LONGEST_DAYS:
        raise ValueError("business hours reach over fifty years at most")
    spans = [
        span for number in range(days) if (span := hours.open_on(first + (number - 2) * DAY)) is not None
    ]
    edges, worked = [float(moments.min()) - 1], [0.0]
    for begin, end in spans:
        # A night shift may run into the next day's hours: nobody works twice.
        begin = max(begin, edges[-1])
        if end > begin:
            edges += [begin, end]
            worked += [worked[-1], worked[-1] + end - begin]
    counted = np.interp(moments, edges, worked)
    half = len(moments) // 2
    return counted[:half], counted[half:]
