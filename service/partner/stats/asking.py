"""What figures are asked for: pure."""

from datetime import UTC, date, datetime, timedelta
from typing import Final, cast, get_args

from service.kit.problems import InvalidInput
from service.links.stats.grouping import MOST_DAYS, midnight, zone_of
from service.partner.stats.schemas import Asked, DateBasis, Dimension

DIMENSIONS: Final[tuple[str, ...]] = get_args(Dimension)
DEFAULT_DAYS: Final = 30
# A row a day and a value, of so many days that nobody reads them.
MOST_ROWS: Final = 20_000
_ENDS: Final = (date(2000, 1, 1), date(2200, 1, 1))


def asked(
    group_by: str,
    basis: DateBasis,
    first: date | None,
    last: date | None,
    tz: str,
    limit: int,
    now: datetime,
) -> Asked:
    """What is asked for. Raises InvalidInput with every fault."""
    faults: list[tuple[str, str]] = []
    names = _read(group_by, faults)
    zone = zone_of(tz)
    if zone is None:
        faults.append(("tz", "is no time zone of the IANA list"))
    last = last or max(now.astimezone(zone or UTC).date(), first or date.min)
    if not all(_ENDS[0] <= day <= _ENDS[1] for day in (first or last, last)):
        faults.append(("from", "is no date of this or the next century"))
    else:
        first = first or last - timedelta(days=DEFAULT_DAYS - 1)
        faults += _of_span(first, last, names, limit)
    if faults or zone is None or first is None:
        errors = [{"path": path, "message": message} for path, message in faults]
        raise InvalidInput("figures that can't be asked for", errors=errors)
    dimension = next((cast(Dimension, name) for name in names if name != "day"), None)
    ends_at = midnight(last + timedelta(days=1), zone)
    return Asked(first, last, zone, midnight(first, zone), ends_at, "day" in names, dimension, basis, limit)


def _read(group_by: str, faults: list[tuple[str, str]]) -> list[str]:
    names = [name.strip() for name in group_by.split(",") if name.strip()]
    known = ("day", *DIMENSIONS)
    faults += [
        ("group_by", f"{name[:40]!r} is none of {', '.join(known)}") for name in names if name not in known
    ]
    if len({name for name in names if name in DIMENSIONS}) > 1:
        faults.append(("group_by", "takes day, and one of the others"))
    return names


def _of_span(first: date, last: date, names: list[str], limit: int) -> list[tuple[str, str]]:
    days = (last - first).days + 1
    if days < 1:
        return [("from", "is after `to`")]
    if days > MOST_DAYS:
        return [("from", f"is more than {MOST_DAYS} days before `to`")]
    if "day" in names and len(set(names)) > 1 and days * limit > MOST_ROWS:
        return [("limit", f"makes more than {MOST_ROWS:,} rows of {days} days: at most {MOST_ROWS // days}")]
    return []
