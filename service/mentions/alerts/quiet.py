"""When nobody is to be woken by a mail. Pure."""

from datetime import datetime, time, timedelta
from typing import Annotated, Literal
from zoneinfo import ZoneInfo

from msgspec import Meta, Struct, field

Day = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
DAYS: tuple[Day, ...] = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
Clock = Annotated[str, Meta(pattern=r"^([01]\d|2[0-3]):[0-5]\d$(?!\n)", examples=["22:00"])]


class QuietHours(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Hours in which mails wait. An end at or before the beginning is the next day's. `tz`: IANA, the
    workspace's where it is left out; `days`: on which they begin, all where it is left out."""

    from_: Clock = field(name="from")
    to: Clock
    tz: Annotated[str, Meta(max_length=64)] | None = None
    days: Annotated[list[Day], Meta(min_length=1, max_length=7)] = field(default_factory=lambda: list(DAYS))


def never_ends(hours: QuietHours) -> bool:
    """Whether mails would wait for ever.

    >>> never_ends(QuietHours(from_="00:00", to="00:00")), never_ends(QuietHours(from_="22:00", to="08:00"))
    (True, False)
    """
    return hours.from_ == hours.to and set(hours.days) == set(DAYS)


def quiet_until(hours: QuietHours, now: datetime, zone: str) -> datetime | None:
    """When the quiet hours end that are on now, None outside them; rows of quiet days are one.

    >>> from datetime import UTC
    >>> night = QuietHours(from_="22:00", to="08:00", tz="Europe/Istanbul")
    >>> quiet_until(night, datetime(2026, 11, 2, 20, 30, tzinfo=UTC), "UTC").isoformat()
    '2026-11-03T05:00:00+00:00'
    >>> quiet_until(night, datetime(2026, 11, 2, 12, tzinfo=UTC), "UTC")
    """
    until: datetime | None = None
    for _ in range(len(DAYS) + 1):
        end = _end(hours, until or now, ZoneInfo(hours.tz or zone))
        if end is None:
            break
        until = end
    return until


def _end(hours: QuietHours, now: datetime, zone: ZoneInfo) -> datetime | None:
    begin, end = time.fromisoformat(hours.from_), time.fromisoformat(hours.to)
    today = now.astimezone(zone).date()
    ends = []
    for day in (today - timedelta(days=1), today):
        if DAYS[day.weekday()] in hours.days:
            last = day if end > begin else day + timedelta(days=1)
            since = datetime.combine(day, begin, zone).astimezone(now.tzinfo)
            until = datetime.combine(last, end, zone).astimezone(now.tzinfo)
            if since <= now < until:
                ends.append(until)
    return max(ends, default=None)
