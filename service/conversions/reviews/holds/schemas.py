"""Holds: groups of conversions that are decided on at once."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from msgspec import Meta, Struct

from service.conversions.reviews.judging import Code
from service.kit.money import Money

HoldStatus = Literal["open", "released", "confirmed", "ended"]
DecisionStatus = Literal["released", "confirmed"]


class Decide(Struct, frozen=True, forbid_unknown_fields=True):
    """Why; it stands in the history, and on rejected commissions the partner reads it."""

    reason: Annotated[str, Meta(min_length=1, max_length=1000)]


class HoldRow(Struct):
    """A hold, summed up over its conversions. `conversions`: those that it still takes in."""

    id: UUID
    code: Code
    partner_id: UUID
    partner_name: str
    group: str
    status: HoldStatus
    conversions: int
    evidence: dict[str, str]
    first_at: datetime
    last_at: datetime
    decided_at: datetime | None
    decided_by: str | None
    reason: str | None
    amounts: list[Money]


class HeldGroup(Struct):
    """What is held for one reason, to be decided on at once.

    `evidence` is the first conversion's. `amounts`: commissions that stand on hold because of it, or because
    of another hold too, a sum per currency. `status`: open until somebody decides; ended where the reason is
    there for none of its conversions any more. A confirmed one is open again when it takes in another.
    """

    id: str
    code: Code
    partner_id: str
    partner_name: str
    status: HoldStatus
    conversions: int
    evidence: dict[str, str]
    amounts: list[Money]
    first_at: datetime
    last_at: datetime
    decided_at: datetime | None
    decided_by: str | None
    reason: str | None


class DecisionRow(Struct):
    """What somebody decided, and why."""

    n: int
    status: DecisionStatus
    reason: str
    created_by: str
    created_at: datetime


class HoldDecision(Struct):
    """What somebody decided, and why."""

    status: DecisionStatus
    reason: str
    decided_by: str
    decided_at: datetime


class ReviewedHold(HeldGroup):
    """A hold with all that was decided of it, the newest first."""

    decisions: list[HoldDecision]


class DecidedHold(Struct):
    """The hold as it is now. `job_id`: the job that takes the rest of a large one along."""

    hold: ReviewedHold
    job_id: str


class HeldRow(Struct):
    """A conversion of a hold."""

    conversion_id: UUID
    evidence: dict[str, str]
    created_at: datetime
    ended_at: datetime | None


class Held(Struct):
    """A conversion of a hold, and by what it is there. `ended_at`: since when that is so no longer."""

    conversion_id: str
    evidence: dict[str, str]
    flagged_at: datetime
    ended_at: datetime | None


class ListedHolds(Struct, frozen=True):
    """What a list of holds is narrowed to."""

    ids: list[UUID] | None = None
    code: str | None = None
    partner_id: UUID | None = None
    conversion_id: UUID | None = None
    status: str | None = None
