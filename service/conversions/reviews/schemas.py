"""What is read to judge a conversion."""

from datetime import datetime
from uuid import UUID

from msgspec import Struct

from service.conversions.reviews.rules import ReviewRules


class FoundRow(Struct, frozen=True):
    """A finding that takes the conversion in."""

    code: str
    partner_id: UUID
    group: str
    evidence: dict[str, str]


class SharerRow(Struct, frozen=True):
    """Another who is or was paid to an account that a partner is or was paid to. `account_id`: the partner's,
    where both are paid to it now, in the same program."""

    id: UUID
    email: str | None
    account_id: UUID | None


class PayeeRow(Struct, frozen=True):
    """A partner's addresses, those of records that were merged into it too; an older partner of the same
    program with the same mailbox or profile; and who shares a payout account with it."""

    id: UUID
    emails: list[str]
    twin: UUID | None
    sharers: list[SharerRow]


class ContextRow(Struct, frozen=True):
    """All that doesn't depend on clicks. `flagged`: something is held already."""

    rules: ReviewRules | None
    findings: list[FoundRow]
    payees: list[PayeeRow]
    flagged: bool


class VisitRow(Struct, frozen=True):
    """A click, or (`cart`) when a cart began; `n`: of which order."""

    id: UUID
    partner_id: UUID | None
    at: datetime
    visitor: bytes | None
    referrer: str | None
    counted: bool
    named: bool
    cart: bool
    n: int


class DeviceRow(Struct, frozen=True):
    """Other customers of the partner on a device, and whether the partner has bought with it."""

    n: int
    partner_id: UUID
    customers: int
    own: bool
