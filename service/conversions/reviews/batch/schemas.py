"""What is read and kept of patterns over many orders."""

from datetime import datetime
from uuid import UUID

from msgspec import Struct


class SlotRow(Struct, frozen=True):
    """An hour or a day of a partner; `clicks`: net, of an hour also those of the hour before."""

    partner_id: UUID
    starts_at: datetime
    orders: int
    by_click: int
    clicks: int
    posted: bool


class UseRow(Struct, frozen=True):
    """An order by a partner's own code; `last_heard`: of the partner."""

    partner_id: UUID
    coupon: str
    at: datetime
    referrer: str | None
    known: bool | None
    last_heard: datetime | None


class Found(Struct, frozen=True):
    """A finding: it takes in the orders of a partner (and coupon) from `since` until `until`."""

    code: str
    partner_id: UUID
    coupon: str | None
    group: str
    since: datetime
    until: datetime | None
    evidence: dict[str, str]


class FindingRow(Struct, frozen=True):
    """A finding that stands."""

    id: UUID
    code: str
    partner_id: UUID
    coupon: str | None
    group: str
    since: datetime
    until: datetime | None


class Looked(Struct):
    """What a look has changed: findings that are new and that ended, and orders that are settled again."""

    found: int = 0
    ended: int = 0
    conversions: int = 0
