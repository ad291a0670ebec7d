"""Rewards: what advocates and their friends are given, and what they make of it."""

from datetime import datetime
from decimal import Decimal
from typing import Annotated, Literal
from uuid import UUID

from msgspec import Meta, Struct

from service.advocacy.terms.shapes import PointsName, RewardKind, Side, Trigger
from service.influencers.schemas import Reason
from service.kit.money import Units

RewardStatus = Literal["pending", "on_hold", "available", "redeemed", "expired", "reversed", "rejected"]
OuterId = Annotated[str, Meta(max_length=40)]


class RewardRow(Struct):
    """A reward. `amount` in `currency`; `redeemed` and `expired` are parts of it, `refunded` / `total` the
    share that went back with the order, `rest` what of points or credit is left."""

    id: UUID
    program_id: UUID
    advocate_id: UUID
    partner_id: UUID
    referral_id: UUID | None
    conversion_id: UUID | None
    deed_id: UUID | None
    cause: str
    rule: str
    trigger: Trigger
    side: Side
    kind: RewardKind
    amount: int
    currency: str | None
    rate: Decimal | None
    pool_id: UUID | None
    terms_version: int
    status: RewardStatus
    reason: str | None
    held: str | None
    cleared: list[str]
    rejected: str | None
    gone: str | None
    refunded: int
    total: int
    redeemed: int
    expired: int
    rest: int
    due_at: datetime | None
    expires_at: datetime | None
    earned_at: datetime
    delivered_at: datetime | None
    version: int
    created_at: datetime
    updated_at: datetime


class Reward(Struct):
    """A reward. `amount` is what was given, before refunds: a rate of an order follows its net, as the shop
    corrects it, until it is available; then only refunds change anything. `left` what can still be redeemed
    (negative: more was redeemed than stayed after a refund). A cash reward is a commission of the advocate's
    partner, and stands in /v1/commissions from then on."""

    id: str
    program_id: str
    advocate_id: str
    referral_id: str | None
    conversion_id: str | None
    rule: str
    trigger: Trigger
    side: Side
    kind: RewardKind
    amount: Units | None
    left: Units | None
    rate: Decimal | None
    pool_id: str | None
    terms_version: int
    status: RewardStatus
    reason: str | None
    due_at: datetime | None
    expires_at: datetime | None
    earned_at: datetime
    delivered_at: datetime | None
    created_at: datetime
    updated_at: datetime


class ListedRewards(Struct, frozen=True):
    """What a list of rewards is narrowed to."""

    ids: list[UUID] | None = None
    program_id: UUID | None = None
    advocate_id: UUID | None = None
    referral_id: UUID | None = None
    status: RewardStatus | None = None
    kind: RewardKind | None = None
    side: Side | None = None


class WalletBalance(Struct):
    """What an advocate has in points or in a currency's credit. `negative`: what was redeemed and then
    refunded; the next rewards make up for it. `unit_name`: what the program calls points now; null: of money,
    or they are just points."""

    currency: str
    pending: int
    on_hold: int
    available: int
    negative: int
    redeemed: int
    expired: int
    unit_name: PointsName | None


class RewardBalance(Struct):
    """An advocate's balances, a row for points and for each currency of credit; the things that are there to
    be redeemed. Cash stands in GET /v1/partners/{id}/balance."""

    advocate_id: str
    balances: list[WalletBalance]
    things: int


class Redeeming(Struct, forbid_unknown_fields=True):
    """What is redeemed: `amount` of points or credit, or the one thing `reward_id`. `external_id`: what the
    redemption is known by elsewhere (an order, a checkout); asked for again, it is the same one."""

    advocate_id: OuterId
    external_id: Annotated[str, Meta(min_length=1, max_length=200)]
    amount: Units | None = None
    reward_id: OuterId | None = None


class RedemptionRow(Struct):
    id: UUID
    program_id: UUID
    advocate_id: UUID
    partner_id: UUID
    external_id: str
    reward_id: UUID | None
    amount: int
    currency: str | None
    created_by: str
    created_at: datetime
    reversed_at: datetime | None
    reversed_by: str | None
    reversed_for: str | None


class ListedRedemptions(Struct, frozen=True):
    """What a list of redemptions is narrowed to."""

    program_id: UUID | None = None
    advocate_id: UUID | None = None
    external_id: str | None = None
    reversed: bool | None = None


class RedemptionReversal(Struct, forbid_unknown_fields=True):
    """Why a redemption is taken back: an error at the till, a basket that was cancelled."""

    reason: Reason


class RewardRedemption(Struct):
    """What was redeemed, once. `code`: the voucher's. `reversed_at`: when it was taken back, and why."""

    id: str
    program_id: str
    advocate_id: str
    external_id: str
    reward_id: str | None
    amount: Units | None
    code: str | None
    created_at: datetime
    reversed_at: datetime | None
    reversal_reason: str | None


class RewardDecision(Struct, forbid_unknown_fields=True):
    """`on_hold` stops a reward, `released` lets it go where it would be, `rejected` takes it back."""

    status: Literal["on_hold", "released", "rejected"]
    reason: Reason
