"""The calendar periods that tiers, caps and goals are counted in. Pure."""

from datetime import MAXYEAR, UTC, datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from service.programs.terms import Per, Terms

_MONTHS = {"month": 1, "quarter": 3, "year": 12}


class Span(NamedTuple):
    """From `since` on, before `until`."""

    since: datetime
    until: datetime


EVER = Span(datetime(1970, 1, 1, tzinfo=UTC), datetime(9999, 1, 1, tzinfo=UTC))


def span(per: Per, at: datetime, zone: ZoneInfo) -> Span:
    """The period that a time lies in: a calendar month, quarter or year of the zone.

    >>> since, until = span("quarter", datetime(2026, 11, 25, tzinfo=UTC), ZoneInfo("Europe/Istanbul"))
    >>> since.isoformat(), until.isoformat()
    ('2026-09-30T21:00:00+00:00', '2026-12-31T21:00:00+00:00')
    """
    if per == "all":
        return EVER
    local, length = at.astimezone(zone), _MONTHS[per]
    first = local.year * 12 + (local.month - 1) // length * length
    return Span(_midnight(first, zone), _midnight(first + length, zone))


def _midnight(month: int, zone: ZoneInfo) -> datetime:
    if month // 12 > MAXYEAR:
        return datetime.max.replace(tzinfo=UTC)
    return datetime(month // 12, month % 12 + 1, 1, tzinfo=zone).astimezone(UTC)


def needed(terms: Terms) -> list[Per]:
    """The periods in which a partner's standing decides what an order earns."""
    found: dict[Per, None] = {}
    for rule in terms.rules:
        if rule.tiers:
            found[rule.tiers_per] = None
        if rule.cap is not None:
            found[rule.cap.per] = None
    return list(found)


def shown(per: Per, at: datetime, zone: ZoneInfo) -> str:
    """A period's name.

    >>> at, zone = datetime(2026, 11, 25, tzinfo=UTC), ZoneInfo("Europe/Istanbul")
    >>> [shown(per, at, zone) for per in ("month", "quarter", "year", "all")]
    ['2026-11', '2026-Q4', '2026', 'all']
    """
    local = at.astimezone(zone)
    names = {
        "month": f"{local.year}-{local.month:02d}",
        "quarter": f"{local.year}-Q{(local.month + 2) // 3}",
        "year": str(local.year),
    }
    return names.get(per, "all")
