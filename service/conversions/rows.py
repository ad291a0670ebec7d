"""Rows of conversions as they are stored."""

from datetime import datetime
from typing import Any
from uuid import UUID

from msgspec import Struct

from service.conversions.folding import Conflict, Status
from service.conversions.reports import ConversionKind, Line


class ConversionRow(Struct):
    """A conversion. Amounts are minor units of `currency`; `net`: what a percentage is taken of."""

    id: UUID
    shop: str
    kind: ConversionKind
    external_id: str
    status: Status
    test: bool
    amount: int
    currency: str
    net: int
    net_basis: str
    net_lines: int | None
    net_order: int | None
    refunded: int
    tax: int | None
    shipping: int | None
    shipping_tax: int | None
    fees: int | None
    discount: int | None
    lines: list[Line]
    coupons: list[str]
    clicks: list[str]
    tokens: list[str]
    country: str | None
    referrer: str | None
    landing: dict[str, str]
    customer_id: UUID | None
    domain: bytes | None
    told_new: bool | None
    is_new: bool | None
    channel: str
    integration_id: UUID | None
    verified: bool
    conflicts: list[Conflict]
    occurred_at: datetime
    delivered_at: datetime | None
    cancelled_at: datetime | None
    paid_at: datetime | None
    merged_into: UUID | None
    partner_id: UUID | None
    attribution: dict[str, Any] | None
    reassigned: dict[str, Any] | None
    settled_at: datetime | None
    version: int
    created_at: datetime
    updated_at: datetime


class RefRow(Struct):
    conversion_id: UUID
    kind: str
    ref: str


class ReportRow(Struct):
    """What was told of an order. `report`: without what a person is known by."""

    digest: bytes
    id: UUID
    channel: str
    verified: bool
    source: str
    integration_id: UUID | None
    kind: str
    report: dict[str, Any]
    stated_at: datetime | None
    received_at: datetime


class RefundRow(Struct):
    """Money that went back. `conversion_id` is None as long as its order isn't known."""

    id: UUID
    shop: str
    external_id: str
    conversion_id: UUID | None
    refs: list[str]
    amount: int
    currency: str
    cumulative: bool
    channel: str
    verified: bool
    reason: str | None
    occurred_at: datetime
    created_at: datetime


class CustomerRow(Struct):
    """A customer's keyed hash, and whose it is."""

    key: bytes
    customer_id: UUID


class BuyerRow(Struct):
    """An order's customer: how often they bought before it, and when first; what they are known by."""

    conversion_id: UUID
    sales: int
    first_at: datetime | None
    keys: list[bytes]


class EarnerRow(Struct):
    """Who has a commission of an order."""

    conversion_id: UUID
    partner_id: UUID


class WaitRow(Struct):
    """What an order names and isn't known yet: `click:` and the UUID, `token:` and the cart's."""

    conversion_id: UUID
    evidence: str


class ForgottenRow(Struct):
    """The keyed hashes that a customer was known by, and how many orders were theirs."""

    keys: list[bytes]
    conversions: int
