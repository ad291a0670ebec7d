"""Evidence against referrals, and rings of them."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from msgspec import Meta, Struct

from service.advocacy.referrals.schemas import OuterId
from service.influencers.schemas import Email, Reason
from service.kit.money import Units


class Visit(Struct, forbid_unknown_fields=True):
    """Where a shop, or a page of yours, has seen somebody: an advocate, or who may become a friend or one.
    Send it from your server when they join, sign up or order. `email` or `external_id` (in `shop`) says who;
    `address` is theirs, not your server's; `device` is any name that your page has for the browser or phone.
    """

    email: Email | None = None
    external_id: Annotated[str, Meta(min_length=1, max_length=200)] | None = None
    shop: Annotated[str, Meta(max_length=200)] = ""
    address: Annotated[str, Meta(min_length=2, max_length=64)] | None = None
    user_agent: Annotated[str, Meta(max_length=1000)] | None = None
    device: Annotated[str, Meta(min_length=8, max_length=200)] | None = None


class Noted(Struct):
    """`marks`: hashes that the visit became; they say nothing on another day."""

    marks: int


class EvidenceRow(Struct):
    referral_id: UUID
    held: str | None
    ring_id: UUID | None
    found: bool
    score: float | None
    codes: list[str]
    weights: list[float]
    checked_at: datetime | None


class Observation(Struct):
    """Something that was seen. `weight`: what it adds by itself, in natural log-odds: above 0 it speaks for a
    made-up referral, below 0 for an honest one; things that come together count once."""

    code: str
    weight: float
    tr: str
    en: str


class ReferralEvidence(Struct):
    """Why a referral is doubted. `score`: all that was seen, in natural log-odds, with what is known before
    anything is seen; `chance`: the same as a fraction; null where it is not doubted. `found`: enough to hold
    it. No identifier is told, as none is kept."""

    referral_id: str
    held: str | None
    found: bool
    score: float | None
    chance: float | None
    ring_id: str | None
    observations: list[Observation]
    checked_at: datetime | None


class HeldAmountRow(Struct):
    currency: str
    amount: int


class RingRow(Struct):
    id: UUID
    program_id: UUID
    advocates: list[UUID]
    referrals: int
    held: int
    rejected: int
    codes: dict[str, int]
    amounts: list[HeldAmountRow]
    updated_at: datetime


class CodeCount(Struct):
    """How many of a ring's referrals show it."""

    code: str
    referrals: int
    tr: str
    en: str


class Ring(Struct):
    """Referrals that hang together and are doubted: one alone is a second account. `advocates`: who brought
    them, the first 100, the one at the top may be honest. `held`, `rejected`: how many of `referrals` are.
    `on_hold`: rewards that wait, by currency (`points` is one)."""

    id: str
    program_id: str
    advocates: list[str]
    referrals: int
    held: int
    rejected: int
    codes: list[CodeCount]
    on_hold: list[Units]
    updated_at: datetime


class RingDecision(Struct, forbid_unknown_fields=True):
    """`released` lets go what is held of a ring, `rejected` takes back its rewards; what was decided before
    stays."""

    status: Literal["released", "rejected"]
    reason: Reason


class ManyDecision(Struct, forbid_unknown_fields=True):
    """As PATCH /v1/referrals/{id}, for up to 100 at once."""

    ids: Annotated[list[OuterId], Meta(min_length=1, max_length=100)]
    status: Literal["held", "released", "rejected"]
    reason: Reason


class Decided(Struct):
    """`decided`: the referrals that changed; `left`: how many of a large ring are still held: send it
    again."""

    decided: list[str]
    left: int = 0


class CheckStarted(Struct):
    """The job that looks; GET /v1/jobs/{id} tells how far it is, and what it found."""

    job_id: str
    dry_run: bool


class Checked(Struct):
    """Of `referrals` whose friends came: how many are doubted enough to be held (`found`), hang together in
    how many `rings` (second accounts alone included), and were (or would be) held now; by kind of hold and
    code."""

    referrals: int = 0
    found: int = 0
    rings: int = 0
    held: int = 0
    by_hold: dict[str, int] = {}
    by_code: dict[str, int] = {}
