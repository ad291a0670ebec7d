"""Commissions as the API shows them, and what people decide of them."""

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from msgspec import Meta, Struct

from service.influencers.schemas import Reason
from service.kit.money import Money
from service.ledger.books.schemas import Entry
from service.ledger.schemas import CommissionStatus, Step
from service.ledger.targets import CommissionKind

OuterId = Annotated[str, Meta(max_length=40)]
Decision = Literal["on_hold", "pending", "payable", "rejected"]


class Commission(Struct):
    """What a partner earned, or what a correction or a refund changed of it.

    Amounts never change: a `correction` or a `clawback` is a row of its own (`amount` negative), and
    `corrects` names what it changes. All rows that are not rejected add up to what is owed. `reason` says
    why it is in its state, and of a correction why it is there; `rule` explains it, in words under `text`.
    `due_at`: when it becomes payable; null as long as that isn't known.
    """

    id: str
    partner_id: str
    program_id: str | None
    conversion_id: str | None
    kind: CommissionKind
    key: str
    step: Step
    corrects: str | None
    amount: Money
    base: Money | None
    status: CommissionStatus
    reason: str | None
    rule: dict[str, Any]
    link_id: str | None
    coupon_id: str | None
    click_id: str | None
    occurred_at: datetime
    due_at: datetime | None
    created_at: datetime
    updated_at: datetime


class WholeCommission(Commission):
    """A commission with all rows that belong to it, what they add up to, and its entries in the ledger, the
    oldest first. `review`: the reason to look at it first, `cleared` those that were released."""

    net: Money
    rows: list[Commission]
    entries: list[Entry]
    review: str | None
    cleared: list[str]


class CommissionPatch(Struct, forbid_unknown_fields=True):
    """`on_hold` and `rejected` say why. `pending` (or `payable`) releases a commission that is held, and
    reinstates one that was rejected: it is then where it would have been, payable once it is due. The
    partner reads the reason of a rejection, unless a review held the commission; never that of a hold."""

    status: Decision
    reason: Reason | None = None


class CommissionDecisions(Struct, forbid_unknown_fields=True):
    """One decision of many commissions."""

    ids: Annotated[list[OuterId], Meta(min_length=1, max_length=1000)]
    status: Decision
    reason: Reason | None = None


class DecidedCommission(Struct):
    """What became of one of them: `status`, or the problem."""

    id: str
    status: CommissionStatus | None
    problem: str | None
    detail: str | None


class DecidedCommissions(Struct):
    """A result per id, in the order in which they were sent."""

    data: list[DecidedCommission]


class ListedCommissions(Struct, frozen=True):
    """What a list of commissions is narrowed to. `coupon`: ids of coupons, or of those of a code."""

    ids: list[UUID] | None = None
    partner_id: UUID | None = None
    program_id: UUID | None = None
    conversion_id: UUID | None = None
    link_id: UUID | None = None
    coupon_id: UUID | None = None
    coupon: str | None = None
    status: CommissionStatus | None = None
    kind: CommissionKind | None = None
    step: Step | None = None
    currency: str | None = None
    updated_since: datetime | None = None
    since: datetime | None = None
    until: datetime | None = None
