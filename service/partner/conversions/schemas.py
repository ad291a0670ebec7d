"""A partner's part of orders, leads, sign-ups and bookings."""

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from msgspec import Struct

from service.conversions.folding import Status
from service.conversions.reports import ConversionKind
from service.kit.money import Money
from service.ledger.schemas import CommissionStatus
from service.ledger.targets import CommissionKind
from service.partner.words import Text, Told

EvidenceKind = Literal["click", "coupon", "bond", "manual"]


class Product(Struct):
    """A line of the order."""

    sku: str | None
    product_id: str | None
    category: str | None
    quantity: float


class Evidence(Struct):
    """What the partner is credited by, and with which part of the order; in words under `text`.

    `sub1` to `sub5` are those of the click, or of the link.
    """

    kind: EvidenceKind
    share: str
    link_id: str | None
    link: str | None
    coupon_id: str | None
    coupon: str | None
    click_id: str | None
    at: datetime
    sub1: str | None
    sub2: str | None
    sub3: str | None
    sub4: str | None
    sub5: str | None
    text: Text


class Earned(Struct):
    """A commission of it: what is left after refunds, and why nothing is, or not yet."""

    id: str
    kind: CommissionKind
    status: CommissionStatus
    net: Money
    decline_reason: Told | None


class PartnerConversion(Struct):
    """What a partner brought. `share`: the partner's part of it; `amount` (the total after discounts), `net`
    (what a percentage is taken of) and `refunded` are that part, and the parts of all add up to the order.

    Who bought is not told, nor what the shop calls the order. `is_new`: a customer's first order; null
    where nobody knows. `settled`: false as long as a change is about to be reckoned.
    """

    id: str
    kind: ConversionKind
    status: Status
    text: Text
    share: str
    amount: Money
    net: Money
    refunded: Money
    is_new: bool | None
    country: str | None
    products: list[Product]
    evidence: list[Evidence]
    commissions: list[Earned]
    occurred_at: datetime
    paid_at: datetime | None
    delivered_at: datetime | None
    cancelled_at: datetime | None
    settled: bool
    created_at: datetime
    updated_at: datetime


class WholePartnerConversion(PartnerConversion):
    """With the reason why nothing was earned by it, where nothing was."""

    nothing: Told | None


class ConversionRow(Struct):
    """An order without what is the brand's or the customer's. `shares`: of all who are credited."""

    id: UUID
    kind: ConversionKind
    status: Status
    amount: int
    net: int
    refunded: int
    currency: str
    is_new: bool | None
    country: str | None
    lines: list[dict[str, Any]]
    shares: list[dict[str, Any]]
    occurred_at: datetime
    paid_at: datetime | None
    delivered_at: datetime | None
    cancelled_at: datetime | None
    settled: bool
    created_at: datetime
    updated_at: datetime


class LinkNameRow(Struct):
    id: UUID
    name: str
    subs: list[str | None]


class CouponNameRow(Struct):
    id: UUID
    code: str


class ClickSubsRow(Struct):
    id: UUID
    subs: list[str | None]


class Listed(Struct, frozen=True):
    """What a list of conversions is narrowed to."""

    ids: list[UUID] | None = None
    link_id: UUID | None = None
    coupon_id: UUID | None = None
    kind: str | None = None
    status: str | None = None
    since: datetime | None = None
    until: datetime | None = None
    updated_since: datetime | None = None
