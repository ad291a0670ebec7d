"""Rows as files bring them, for tests of the bulk path."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import msgspec

from service.influencers.bulk.schemas import Intake
from service.influencers.intake.rows import AudienceRow, InfluencerRow, PostRow

KEY = b"k" * 32
NOVEMBER = datetime(2026, 11, 1, tzinfo=UTC)
OCTOBER = datetime(2026, 10, 1, tzinfo=UTC)


def intake(workspace: UUID, as_of: datetime = NOVEMBER, source: str = "vendor") -> Intake:
    return Intake(workspace, source, "legitimate_interest", as_of, as_of, KEY, "TRY")


def _row(kind: type[msgspec.Struct], given: dict[str, Any]) -> Any:
    lists = {"languages", "categories", "tags", "rates", "shares", "hashtags", "mentions"}
    empty: dict[str, Any] = {name: () if name in lists else None for name in kind.__struct_fields__}
    if kind is PostRow:
        empty["shares"] = None
    return kind(**empty | {"row": 1, "platform": "instagram"} | given)


def profile(handle: str | None = None, **given: Any) -> InfluencerRow:
    return _row(InfluencerRow, {"handle": handle} | given)


def audience(handle: str, *shares: tuple[str, str, float], **given: Any) -> AudienceRow:
    return _row(AudienceRow, {"handle": handle, "shares": shares} | given)


def post(handle: str, **given: Any) -> PostRow:
    return _row(PostRow, {"handle": handle} | given)
