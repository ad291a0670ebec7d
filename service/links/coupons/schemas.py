"""Coupons: codes that customers type in, and whom an order with one is credited to."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from msgspec import UNSET, Meta, Struct, UnsetType

from service.influencers.schemas import Time

CouponKind = Literal["exclusive", "public"]
CouponStatus = Literal["active", "scheduled", "ended", "archived"]
OuterId = Annotated[str, Meta(max_length=40)]
CouponCode = Annotated[
    str,
    Meta(
        min_length=1,
        max_length=64,
        description="case and Turkish letters make no difference: AYŞE10 is ayse10",
        examples=["AYSE10"],
    ),
]
UsageLimit = Annotated[int, Meta(ge=1, le=1_000_000_000, description="orders that it may be used for")]


class NewCoupon(Struct, forbid_unknown_fields=True):
    """A coupon. An `exclusive` one is a partner's alone and outranks a click; a `public` one never does."""

    code: CouponCode
    kind: CouponKind = "exclusive"
    partner_id: OuterId | None = None
    link_id: OuterId | None = None
    starts_at: Time | None = None
    ends_at: Time | None = None
    limit: UsageLimit | None = None


class CouponPatch(Struct, forbid_unknown_fields=True):
    """What is left out stays. A code stays for ever: it is printed somewhere."""

    kind: CouponKind | UnsetType = UNSET
    partner_id: OuterId | UnsetType | None = UNSET
    link_id: OuterId | UnsetType | None = UNSET
    starts_at: Time | UnsetType | None = UNSET
    ends_at: Time | UnsetType | None = UNSET
    limit: UsageLimit | UnsetType | None = UNSET


class CouponRow(Struct):
    id: UUID
    code: str
    kind: CouponKind
    partner_id: UUID | None
    link_id: UUID | None
    starts_at: datetime | None
    ends_at: datetime | None
    limit: int | None
    status: CouponStatus
    version: int
    created_at: datetime
    updated_at: datetime


class Coupon(Struct):
    """A coupon. `status` follows from its times: what an order says counts, not when it comes in."""

    id: str
    code: str
    kind: CouponKind
    partner_id: str | None
    link_id: str | None
    starts_at: datetime | None
    ends_at: datetime | None
    limit: int | None
    status: CouponStatus
    created_at: datetime
    updated_at: datetime


class ListedCoupons(Struct, frozen=True):
    """What a list of coupons is narrowed to. `code`: folded, the whole of it."""

    ids: list[UUID] | None = None
    partner_id: UUID | None = None
    link_id: UUID | None = None
    kind: CouponKind | None = None
    status: CouponStatus | None = None
    code: str | None = None
