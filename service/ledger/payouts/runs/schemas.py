"""Payout runs as they are asked for, stored and shown."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from msgspec import Meta, Struct

from service.influencers.schemas import ShortText, Time
from service.kit.money import Currency, Money, Price
from service.ledger.payouts.choosing import Skip
from service.ledger.payouts.schemas import OuterId

RunStatus = Literal["queued", "running", "finished", "failed", "cancelled"]


class NewPayoutRun(Struct, forbid_unknown_fields=True):
    """Whom to pay; left out, everybody.

    `minimum`: per currency, instead of the programs' `min_payout`. `earned_before`: only what was earned
    before this moment (claw-backs of what was paid count in any case). `currency`: only this one.
    """

    currency: Currency | None = None
    minimum: Annotated[list[Price], Meta(max_length=50)] = []
    partner_ids: Annotated[list[OuterId], Meta(min_length=1, max_length=1000)] | None = None
    program_id: OuterId | None = None
    earned_before: Time | None = None
    note: ShortText | None = None


class Wanted(Struct, frozen=True):
    """The same, as it is stored."""

    currency: str | None = None
    minimum: dict[str, int] = {}
    partner_ids: list[UUID] | None = None
    program_id: UUID | None = None
    earned_before: datetime | None = None
    note: str | None = None


class RunRow(Struct):
    id: UUID
    wanted: Wanted
    status: RunStatus
    job_id: UUID | None
    created_by: str
    created_at: datetime
    finished_at: datetime | None


class RunTotal(Struct):
    """The payouts of a run in one currency and state."""

    status: str
    payouts: int
    amount: Money


class Skipped(Struct):
    """How many partners a run did not pay for this reason, and what stands for them."""

    reason: Skip
    partners: int
    amount: Money


class PayoutRun(Struct):
    """A run: one payout per partner and currency, by a job (`/v1/jobs/{job_id}` shows how far it is).

    A run that failed or was cancelled in the middle goes on where it stopped when it is asked for again.
    """

    id: str
    status: RunStatus
    job_id: str | None
    currency: str | None
    minimum: list[Money]
    partner_ids: list[str] | None
    program_id: str | None
    earned_before: datetime | None
    note: str | None
    totals: list[RunTotal]
    skipped: list[Skipped]
    created_by: str
    created_at: datetime
    finished_at: datetime | None


class TotalRow(Struct):
    run_id: UUID
    status: str
    currency: str
    payouts: int
    amount: int


class SkippedTotalRow(Struct):
    run_id: UUID
    reason: Skip
    currency: str
    partners: int
    amount: int


class SkipRow(Struct):
    """A partner that a run did not pay in a currency."""

    partner_id: UUID
    partner_name: str
    currency: str
    amount: int
    reason: Skip


class SkippedPartner(Struct):
    """A partner that was not paid, what stands for it, and why."""

    partner_id: str
    partner_name: str
    amount: Money
    reason: Skip


class PlannedPayout(Struct):
    """A payout that a run would make."""

    partner_id: str
    amount: Money
    commissions: int


class PlannedSkip(Struct):
    """A partner whom a run would not pay."""

    partner_id: str
    amount: Money
    reason: Skip


class PlannedTotal(Struct):
    """What a run would pay in a currency."""

    payouts: int
    amount: Money


class PayoutPlan(Struct):
    """What a run would do now: the first 1,000 payouts and skips, and what all come to."""

    totals: list[PlannedTotal]
    payouts: list[PlannedPayout]
    skipped: list[PlannedSkip]
    skips: int


class Paid(Struct):
    """What a run's job did."""

    payouts: int = 0
    skipped: int = 0
