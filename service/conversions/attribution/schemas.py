"""What is read of clicks, coupons and earlier orders; `n`: for which of the orders that are asked about."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from msgspec import Struct


class SeenClick(Struct, frozen=True):
    """A stored click, and the program that its partner is in."""

    id: UUID
    at: datetime
    link_id: UUID
    partner_id: UUID | None
    program_id: UUID | None
    campaign_id: UUID | None
    sub1: str | None
    visitor: bytes | None
    foreign: bool


class OtherClick(SeenClick, frozen=True):
    """Another click of a visitor."""

    n: int


class TokenClick(Struct, frozen=True):
    """A click that a cart's page named."""

    click_id: UUID
    n: int


class SeenCoupon(Struct, frozen=True):
    """A coupon by its folded code."""

    id: UUID
    code: str
    folded: str
    public: bool
    partner_id: UUID | None
    program_id: UUID | None
    link_id: UUID | None
    campaign_id: UUID | None
    starts_at: datetime | None
    ends_at: datetime | None
    limit: int | None
    archived_at: datetime | None
    n: int = 0


class Earlier(Struct, frozen=True):
    """A touch of an earlier order of the same customer. `credited`: it was paid by that touch. `sales`: of
    the customer between that order and this one."""

    conversion_id: UUID
    occurred_at: datetime
    kind: Literal["click", "coupon", "bond", "manual"]
    at: datetime
    partner_id: UUID | None
    program_id: UUID | None
    link_id: UUID | None
    coupon_id: UUID | None
    click_id: UUID | None
    campaign_id: UUID | None
    sub1: str | None
    credited: bool
    sales: int
    place: int
    n: int
