"""What clicks and goals are worked out from."""

from datetime import date, datetime
from uuid import UUID

from msgspec import Struct

from service.ledger.targets import CommissionKind


class ClicksRow(Struct, frozen=True):
    """The clicks of a partner's link in a day that count."""

    day: date
    link_id: UUID
    clicks: int


class StaleRow(Struct, frozen=True):
    """A commission of a period as it is posted."""

    partner_id: UUID
    program_id: UUID | None
    kind: CommissionKind
    key: str
    currency: str
    link_id: UUID | None
    occurred_at: datetime
    due_at: datetime | None


class TouchedRow(Struct, frozen=True):
    """A partner's month in which something changed: `at` lies in it."""

    partner_id: UUID
    at: datetime


class Earnings(Struct):
    """What a run has looked at."""

    click_days: int = 0
    goals: int = 0
