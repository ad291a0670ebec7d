"""Claims as partners make and see them."""

import datetime as dt
from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from msgspec import Meta, Struct

from service.kit.money import Money, Price

ClaimKind = Literal["untracked_sale", "question"]
ClaimStatus = Literal["open", "accepted", "declined", "withdrawn"]
OuterId = Annotated[str, Meta(max_length=40)]
Text = Annotated[str, Meta(min_length=1, max_length=2000, pattern=r"\S")]
OrderNumber = Annotated[str, Meta(min_length=1, max_length=200, pattern=r"\S")]
MOST_FILES = 10


class NewClaim(Struct, forbid_unknown_fields=True):
    """A sale that nobody credited to the partner, or a question about a commission.

    `untracked_sale` names the order (`order_number`, `ordered_on`, `amount`, what was paid, and `shop` where
    the brand has several) and may bring `evidence`: files of POST /v1/partner/claims/evidence. `question`
    names a commission of the partner's (`commission_id`). `text` says the rest in the partner's words.
    """

    kind: ClaimKind
    text: Text
    order_number: OrderNumber | None = None
    shop: Annotated[str, Meta(max_length=200)] | None = None
    ordered_on: dt.date | None = None
    amount: Price | None = None
    evidence: Annotated[list[OuterId], Meta(max_length=MOST_FILES)] = []
    commission_id: OuterId | None = None


class EvidenceFile(Struct):
    """A file that belongs to a claim. `content_type` is what its first bytes are."""

    id: str
    name: str
    content_type: str
    bytes: int


class ClaimEnd(Struct):
    """How a claim ended. `reason`: the brand's words to the partner. `conversion_id`: the order that an
    accepted claim was about, where it is the partner's now."""

    reason: str | None
    conversion_id: str | None
    at: datetime


class PartnerClaim(Struct):
    """A claim or a question of the partner's; `end` is null as long as it is open."""

    id: str
    kind: ClaimKind
    status: ClaimStatus
    text: str
    order_number: str | None
    shop: str | None
    ordered_on: dt.date | None
    amount: Money | None
    commission_id: str | None
    evidence: list[EvidenceFile]
    end: ClaimEnd | None
    created_at: datetime
    updated_at: datetime


class FileOfClaim(Struct):
    """A file's row beside its claim."""

    id: UUID
    name: str
    content_type: str
    size: int


class ClaimRow(Struct):
    """A claim with how it ended and its files. `order_key`: what orders are found by."""

    id: UUID
    partner_id: UUID
    kind: ClaimKind
    status: ClaimStatus
    text: str
    shop: str | None
    order_number: str | None
    order_key: str | None
    ordered_on: dt.date | None
    amount: int | None
    currency: str | None
    commission_id: UUID | None
    created_by: str
    created_at: datetime
    updated_at: datetime
    reason: str | None
    conversion_id: UUID | None
    made: bool | None
    ended_by: str | None
    ended_at: datetime | None
    files: list[FileOfClaim]


class Listed(Struct, frozen=True):
    """What a list of claims is narrowed to."""

    status: str | None = None
    kind: str | None = None
    partner_id: UUID | None = None
    order_key: str | None = None
