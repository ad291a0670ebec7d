"""Payouts as they are asked for, stored and shown."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from msgspec import Meta, Struct

from service.influencers.schemas import Reason, ShortText, Time
from service.kit.money import Money, Price

OuterId = Annotated[str, Meta(max_length=40)]
Reference = Annotated[str, Meta(min_length=1, max_length=100, examples=["EFT 20261125-17"])]
PayoutStatus = Literal["created", "sent", "paid", "failed"]
Decided = Literal["sent", "paid", "failed"]
Method = Literal["bank", "outside"]


class PayoutRow(Struct):
    """`unallocated`: rows of commissions it pays, less `amount`: what was paid in advance and is settled
    by it (positive), or what it pays in advance itself (negative)."""

    id: UUID
    reference: str
    run_id: UUID | None
    partner_id: UUID
    partner_name: str
    account_id: UUID | None
    iban: str | None
    method: Method
    amount: int
    unallocated: int
    currency: str
    status: PayoutStatus
    reason: str | None
    note: str | None
    commissions: int
    created_by: str
    created_at: datetime
    sent_at: datetime | None
    paid_at: datetime | None
    failed_at: datetime | None
    updated_at: datetime


class Payout(Struct):
    """A payment to a partner in one currency.

    `created`: the money is set aside; `sent`: the bank has it; `paid`; `failed`: it is payable again, and
    the next run pays it. `reference` stands in the bank's file. `advance`: what it pays before it is earned;
    `settled`: what was paid in advance before, and is taken off here. `commissions`: how many rows it pays.
    """

    id: str
    run_id: str | None
    partner_id: str
    partner_name: str
    method: Method
    amount: Money
    advance: Money
    settled: Money
    status: PayoutStatus
    reference: str
    iban: str | None
    reason: str | None
    note: str | None
    commissions: int
    created_by: str
    created_at: datetime
    sent_at: datetime | None
    paid_at: datetime | None
    failed_at: datetime | None
    updated_at: datetime


class PaidRow(Struct):
    """A row of a commission that a payout pays."""

    id: UUID
    partner_id: UUID
    amount: int
    currency: str
    occurred_at: datetime
    conversion_id: UUID | None
    kind: str


class PaidCommission(Struct):
    """A commission, or what corrects one, that a payout pays."""

    id: str
    partner_id: str
    conversion_id: str | None
    kind: str
    amount: Money
    occurred_at: datetime


class PayoutDecision(Struct, forbid_unknown_fields=True):
    """`failed` says why. `at`: when the bank did it; now, if it is left out."""

    status: Decided
    reason: Reason | None = None
    at: Time | None = None


class PayoutDecisions(Struct, forbid_unknown_fields=True):
    """One decision of many payouts: of `ids`, or of all of a run that can still go there."""

    status: Decided
    ids: Annotated[list[OuterId], Meta(min_length=1, max_length=1000)] | None = None
    run_id: OuterId | None = None
    reason: Reason | None = None
    at: Time | None = None


class DecidedPayout(Struct):
    """What became of one of them: `status`, or the problem."""

    id: str
    status: PayoutStatus | None
    problem: str | None
    detail: str | None


class DecidedPayouts(Struct):
    """A result per payout."""

    data: list[DecidedPayout]


class NewOutsidePayment(Struct, forbid_unknown_fields=True):
    """A payment that was made elsewhere, so that the books know of it.

    `reference` names it: recorded again, it is the same payment. It pays the oldest commissions that it
    covers. More than is payable is refused unless `advance` says that it is meant: the next payouts are
    less by it.
    """

    partner_id: OuterId
    amount: Price
    reference: Reference | None = None
    paid_at: Time | None = None
    note: ShortText | None = None
    advance: bool = False


class ListedPayouts(Struct, frozen=True):
    """What a list of payouts is narrowed to."""

    ids: list[UUID] | None = None
    partner_id: UUID | None = None
    run_id: UUID | None = None
    status: PayoutStatus | None = None
    method: Method | None = None
    currency: str | None = None
    since: datetime | None = None
    until: datetime | None = None


class PayableRow(Struct):
    """A row of a commission that can be paid. `carried`: a part of its commission was paid before."""

    id: UUID
    partner_id: UUID
    amount: int
    currency: str
    occurred_at: datetime
    carried: bool


class RecordRow(Struct):
    """A partner's record: its own, or one that was merged into it."""

    kept: UUID
    record: UUID


class PayableBalance(Struct):
    """What an account `payable` holds."""

    partner_id: UUID
    currency: str
    balance: int


class CountRow(Struct):
    """How many payouts there are, failed ones too."""

    partner_id: UUID
    currency: str
    payouts: int


class MinimumRow(Struct):
    """From how much on the partner's program pays."""

    partner_id: UUID
    amount: int | None
    currency: str | None


class ItemRow(Struct):
    """A row of a commission in a payout."""

    payout_id: UUID
    commission_id: UUID
    partner_id: UUID
    amount: int


class NewPayoutRow(Struct):
    """A payout to be written."""

    id: UUID
    key: str
    reference: str
    run_id: UUID | None
    partner_id: UUID
    account_id: UUID | None
    method: Method
    amount: int
    unallocated: int
    currency: str
    status: PayoutStatus
    note: str | None
    paid_at: datetime | None
