"""Claims as the brand sees and decides them."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from msgspec import Meta, Struct

from service.conversions.orders.schemas import Conversion
from service.influencers.schemas import Reason
from service.kit.money import Money, Price
from service.ledger.books.schemas import Entry
from service.ledger.commissions.schemas import Commission, Decision
from service.partner.claims.schemas import ClaimKind, ClaimStatus, EvidenceFile

OuterId = Annotated[str, Meta(max_length=40)]
Note = Annotated[str, Meta(min_length=1, max_length=2000, pattern=r"\S")]


class Claim(Struct):
    """A partner's claim. `reason`: what the partner reads of the decision. `conversion_id`: the order that it
    was accepted for. `ended_by`: who decided or withdrew it."""

    id: str
    partner_id: str
    kind: ClaimKind
    status: ClaimStatus
    text: str
    order_number: str | None
    shop: str | None
    ordered_on: str | None
    amount: Money | None
    commission_id: str | None
    evidence: list[EvidenceFile]
    reason: str | None
    conversion_id: str | None
    ended_by: str | None
    ended_at: datetime | None
    created_by: str
    created_at: datetime
    updated_at: datetime


class Suggestion(Struct):
    """An order that bears the claimed number. `credited_to`: who has a part of it now. What is false of
    `same_amount`, `same_day` (one day to either side) and `same_shop` is a reason to look twice."""

    conversion: Conversion
    credited_to: list[str]
    same_amount: bool
    same_day: bool
    same_shop: bool


class WholeClaim(Claim):
    """A claim with what helps to decide it: orders of this number, who else claims it, and of a question the
    commission's rows. `note` is the brand's own; evidence is downloaded at /v1/files/{id}/content."""

    suggestions: list[Suggestion]
    others: list[Claim]
    commissions: list[Commission]
    note: str | None


class ClaimDecision(Struct, forbid_unknown_fields=True):
    """`reason` is what the partner reads: the why, or the answer to a question. `note` stays with the brand.

    An accepted sale is credited to the partner: the order of `conversion_id`, else the one that bears the
    claimed number, else a new one of `amount` (left out: the amount that was claimed). An accepted question
    may bring its commission into `commission_status`. `dry_run`: nothing is done; the answer shows it.
    """

    decision: Literal["accept", "decline"]
    reason: Reason
    conversion_id: OuterId | None = None
    amount: Price | None = None
    commission_status: Decision | None = None
    note: Note | None = None
    dry_run: bool = False


class DecidedClaim(Struct):
    """The claim as it is then, and what was posted for it. `conversion_made`: no such order had been told of.
    `commissions`: all rows of the order's (or the question's) commissions then, also of those who lose it."""

    dry_run: bool
    claim: Claim
    conversion: Conversion | None
    conversion_made: bool
    commissions: list[Commission]
    entries: list[Entry]


class NoteRow(Struct):
    note: str
    written_by: str
    written_at: datetime


class PartRow(Struct):
    """Who is credited with a part of an order."""

    conversion_id: UUID
    partner_id: UUID
