"""The shapes of the ledger: commissions as they are stored, and what is posted."""

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from msgspec import Struct

from service.ledger.targets import CommissionKind

CommissionStatus = Literal["pending", "on_hold", "payable", "paid", "reversed", "rejected"]
Step = Literal["accrual", "correction", "clawback"]
AccountKind = Literal[
    "expense",
    "pending",
    "on_hold",
    "payable",
    "paid",
    "reward_expense",
    "reward_pending",
    "reward_on_hold",
    "reward_available",
    "reward_redeemed",
    "reward_expired",
]
EntryKind = Literal[
    "accrual",
    "correction",
    "clawback",
    "reversal",
    "restoration",
    "hold",
    "release",
    "rejection",
    "reinstatement",
    "maturity",
    "postponement",
    "payout",
    "payout_return",
    "transfer",
    "redemption",
    "redemption_reversal",
    "expiry",
    "offset",
]


class CommissionRow(Struct):
    """A row of a commission: what was earned, or what a correction or a refund changed of it.

    `amount` is minor units of `currency`, negative for a claw-back. `reason` says why it is in its state,
    `cause` why the row is there. From `refunded` on: what was decided, by which the first row
    (`corrects` None) goes.
    """

    id: UUID
    partner_id: UUID
    program_id: UUID | None
    conversion_id: UUID | None
    kind: CommissionKind
    key: str
    n: int
    step: Step
    corrects: UUID | None
    amount: int
    currency: str
    base: int | None
    base_currency: str
    status: CommissionStatus
    reason: str | None
    cause: str | None
    rule: dict[str, Any]
    link_id: UUID | None
    coupon_id: UUID | None
    click_id: UUID | None
    occurred_at: datetime
    due_at: datetime | None
    refunded: int
    total: int
    gone: str | None
    review: str | None
    held: str | None
    cleared: list[str]
    rejected: str | None
    version: int
    created_by: str
    created_at: datetime
    updated_at: datetime


class Posting(Struct, frozen=True):
    """So much into an account of the entry's partner."""

    account: AccountKind
    currency: str
    amount: int
    commission_id: UUID | None


class Entry(Struct, frozen=True):
    """What is posted at once. `key` names the cause: it is posted once, however often it is told."""

    key: str
    kind: EntryKind
    partner_id: UUID
    commission_id: UUID | None
    reason: str | None
    details: dict[str, Any]
    postings: tuple[Posting, ...]


class AccountRow(Struct):
    """An account's id, found by what it is."""

    id: UUID
    kind: AccountKind
    partner_id: UUID
    currency: str
