"""What a comparison is asked for: pure."""

import hashlib
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Final, get_args
from uuid import UUID
from zoneinfo import ZoneInfo

import msgspec

from service.conversions.attribution.comparing.schemas import Basis, Question, WindowRow, Within
from service.kit.problems import InvalidInput
from service.links.stats.grouping import midnight, zone_of
from service.programs.terms import ReportModel

MODELS: Final[tuple[ReportModel, ...]] = get_args(ReportModel)
DEFAULT_DAYS: Final = 30
MOST_DAYS: Final = 400
_EARLIEST, _LATEST = date(2000, 1, 1), date(2200, 1, 1)
# To be raised where the same question gets other figures from now on.
_RULES = 1


def question(
    first: date | None,
    last: date | None,
    tz: str,
    now: datetime,
    campaign_id: UUID | None,
    models: str | None,
    basis: Basis,
    window_days: int | None,
) -> Question:
    """Raises InvalidInput with every fault."""
    faults: list[tuple[str, str]] = []
    zone = zone_of(tz)
    if zone is None:
        faults.append(("tz", "is no time zone of the IANA list"))
    names = [name.strip() for name in (models or ",".join(MODELS)).split(",")]
    if unknown := [name for name in names if name not in MODELS]:
        faults.append(("models", f"{unknown[0][:40]!r} is none of {', '.join(MODELS)}"))
    last = last or max(now.astimezone(zone or UTC).date(), first or date.min)
    first = first or max(_EARLIEST, last - timedelta(days=DEFAULT_DAYS - 1))
    faults += _faults_of_span(first, last)
    if faults:
        errors = [{"path": path, "message": message} for path, message in faults]
        raise InvalidInput("a comparison that can't be asked for", errors=errors)
    wanted = tuple(model for model in MODELS if model in names)
    return Question(first, last, tz, campaign_id, wanted, basis, window_days)


def _faults_of_span(first: date, last: date) -> list[tuple[str, str]]:
    if not _EARLIEST <= first <= _LATEST or not last <= _LATEST:
        return [("from", "is no date of this or the next century")]
    if first > last:
        return [("from", "is after `to`")]
    if (last - first).days >= MOST_DAYS:
        return [("from", f"is more than {MOST_DAYS} days before `to`")]
    return []


def within(asked: Question, windows: Sequence[WindowRow]) -> Within:
    """The question in terms of time."""
    zone = ZoneInfo(asked.tz)
    return Within(
        midnight(asked.first, zone),
        midnight(asked.last + timedelta(days=1), zone),
        asked.campaign_id,
        asked.basis,
        asked.window_days,
        [row.program_id for row in windows],
        [row.days for row in windows],
    )


def key(asked: Question) -> bytes:
    """32 bytes that are the same for the same question."""
    return hashlib.sha256(msgspec.json.encode([_RULES, asked], order="deterministic")).digest()
