"""/v1/conversions: what is sent, and what is shown."""

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from msgspec import Meta, Struct

from service.conversions.folding import Status
from service.conversions.reports import ConversionKind, RefKind
from service.influencers.schemas import Email, Time
from service.kit.money import Money, Price
from service.ledger.commissions.schemas import Commission

Outcome = Literal["created", "updated", "unchanged", "conflict", "failed"]
Channel = Literal["webhook", "api", "import", "postback"]
Text = Annotated[str, Meta(min_length=1, max_length=200, pattern=r"\S")]
Shop = Annotated[
    str, Meta(max_length=200, description="the integration's shop; empty where there is one shop only")
]
OuterId = Annotated[str, Meta(max_length=40)]
Texts = Annotated[list[Text], Meta(max_length=50)]
Country = Annotated[str, Meta(pattern="^[A-Z]{2}$", description="ISO 3166-1")]
Quantity = Annotated[float, Meta(ge=0, le=1_000_000)]
Reason = Annotated[str, Meta(min_length=1, max_length=500, pattern=r"\S")]
Landing = Annotated[
    dict[Annotated[str, Meta(max_length=100)], Annotated[str, Meta(max_length=500)]],
    Meta(max_length=50, description="parameters of the page that the visit began on"),
]
MOST = 1_000


class NewLine(Struct, forbid_unknown_fields=True):
    """A line of an order. `net`: of the whole line, after discounts and without tax."""

    sku: Text | None = None
    product_id: Text | None = None
    category: Text | None = None
    quantity: Quantity = 1
    net: Price | None = None
    tax: Price | None = None
    discount: Price | None = None


class NewCustomer(Struct, forbid_unknown_fields=True):
    """Who bought. Only keyed hashes of it are kept. `is_new`: what the shop knows; else our orders say."""

    external_id: Text | None = None
    email: Email | None = None
    is_new: bool | None = None


class _Told(Struct, forbid_unknown_fields=True):
    """What may be told of an order, at once or later. `amount` is the total after discounts."""

    amount: Price | None = None
    tax_included: bool | None = None
    tax: Price | None = None
    shipping: Price | None = None
    shipping_tax: Price | None = None
    fees: Price | None = None
    discount: Price | None = None
    lines: Annotated[list[NewLine], Meta(max_length=1000)] | None = None
    click_id: Text | None = None
    click_ids: Texts = []
    coupon: Text | None = None
    coupons: Texts = []
    customer: NewCustomer | None = None
    country: Country | None = None
    referrer: Annotated[str, Meta(max_length=2000)] | None = None
    landing: Landing | None = None
    paid: bool | None = None
    delivered_at: Time | None = None
    cancelled_at: Time | None = None


class NewConversion(_Told, forbid_unknown_fields=True, kw_only=True):
    """An order, lead, sign-up or booking. `external_id`: what the shop calls it, in any of its names.

    A sale has an amount. Of the names `order_number`, `payment_id` and `checkout_token` any one is enough
    for another source to mean the same order. `tax_included`: false where `amount` is without tax. `paid`:
    false as long as it isn't; left out, it is. `test`: kept, and nobody earns by it.
    """

    external_id: Text
    shop: Shop = ""
    kind: ConversionKind = "sale"
    order_number: Text | None = None
    payment_id: Text | None = None
    checkout_token: Text | None = None
    occurred_at: Time | None = None
    test: bool = False


class ConversionPatch(_Told, forbid_unknown_fields=True):
    """What is known of an order since: what is left out stays. Clicks and coupons are added to those that
    are known."""


class NewRefund(Struct, forbid_unknown_fields=True):
    """Money that went back. `cumulative`: `amount` is all that went back so far."""

    external_id: Text
    amount: Price
    occurred_at: Time | None = None
    cumulative: bool = False
    reason: Reason | None = None


class EarlyRefund(NewRefund, forbid_unknown_fields=True, kw_only=True):
    """A refund of an order by the order's name; it waits where that isn't known yet."""

    order: Text
    shop: Shop = ""


class Assigned(Struct, forbid_unknown_fields=True):
    """`weight`: a fraction of the order; those of a request add up to 1."""

    partner_id: OuterId
    weight: Annotated[str, Meta(pattern=r"^(0?\.\d{1,6}|1(\.0{1,6})?|[1-9]\d{0,3}/[1-9]\d{0,3})$")] = "1"


class Reassignment(Struct, forbid_unknown_fields=True):
    """Whom the order is credited to from now on, whatever evidence says; nobody, where `shares` is empty."""

    shares: Annotated[list[Assigned], Meta(max_length=10)]
    reason: Reason


class Conversions(Struct, forbid_unknown_fields=True):
    """Up to 1,000 bodies of POST /v1/conversions; each is checked by itself."""

    conversions: Annotated[list[dict[str, Any]], Meta(min_length=1, max_length=MOST)]


class Fault(Struct):
    path: str
    message: str


class ConversionResult(Struct, omit_defaults=True):
    """What became of one item."""

    index: int
    result: Outcome
    id: str | None = None
    errors: list[Fault] = []


class ConversionResults(Struct):
    """A result for each item, in their order. `job_id`: of the job that credits them."""

    created: int
    updated: int
    unchanged: int
    conflict: int
    failed: int
    job_id: str | None
    data: list[ConversionResult]


class Contradiction(Struct):
    """What a source said otherwise and isn't believed: `kept` is what counts."""

    field: str
    kept: str
    told: str
    channel: str


class ShownLine(Struct):
    sku: str | None
    product_id: str | None
    category: str | None
    quantity: float
    net: Money | None
    tax: Money | None
    discount: Money | None


class CreditedShare(Struct):
    """A partner's part of an order, by which evidence."""

    partner_id: str
    program_id: str | None
    weight: str
    kind: str
    name: str
    link_id: str | None
    coupon_id: str | None
    click_id: str | None
    at: datetime


class Why(Struct):
    """A reason, in words under `text` (tr, en)."""

    code: str
    values: dict[str, str]
    text: dict[str, str]


class Credit(Struct):
    """Who is credited, and why; the first reason decided. `by_hand`: a person's word, with their reason."""

    shares: list[CreditedShare]
    why: list[Why]
    by_hand: bool
    reason: str | None


class Conversion(Struct):
    """An order as it stands, from everything that was told of it.

    `net` is what a percentage is taken of, `net_basis` how it was worked out (lines, order): the smaller of
    `net_lines` (the sum of the lines) and `net_order` (the amount without tax, shipping and fees). `status`:
    open (not paid), confirmed, cancelled. `conflicts`: what sources said otherwise. `partner_id`: who has the
    largest part. `settled_at` is null as long as a job is about to credit it. `merged_into`: the same order,
    told under two names.
    """

    id: str
    external_id: str
    shop: str
    kind: ConversionKind
    status: Status
    test: bool
    amount: Money
    net: Money
    net_basis: str
    net_lines: Money | None
    net_order: Money | None
    refunded: Money
    tax: Money | None
    shipping: Money | None
    shipping_tax: Money | None
    fees: Money | None
    discount: Money | None
    lines: list[ShownLine]
    coupons: list[str]
    click_ids: list[str]
    country: str | None
    customer_id: str | None
    is_new: bool | None
    channel: str
    integration_id: str | None
    verified: bool
    conflicts: list[Contradiction]
    occurred_at: datetime
    delivered_at: datetime | None
    cancelled_at: datetime | None
    paid_at: datetime | None
    partner_id: str | None
    attribution: Credit | None
    settled_at: datetime | None
    merged_into: str | None
    created_at: datetime
    updated_at: datetime


class TakenConversion(Conversion):
    """The order as it stands now, and what the report did: `conflict` where a more trusted source has said
    another amount, which stays."""

    outcome: Outcome


class Name(Struct):
    kind: RefKind
    value: str


class Report(Struct):
    """What was told of an order, by whom and when; `report` without what a person is known by."""

    channel: str
    source: str
    verified: bool
    kind: str
    report: dict[str, Any]
    stated_at: datetime | None
    received_at: datetime


class Refund(Struct):
    """Money that went back. `conversion_id` is null as long as its order isn't known."""

    id: str
    external_id: str
    shop: str
    conversion_id: str | None
    amount: Money
    cumulative: bool
    channel: str
    reason: str | None
    occurred_at: datetime
    created_at: datetime


class ShownTouch(Struct):
    """A contact of the customer with a partner; `share` of the order is paid for it."""

    kind: str
    partner_id: str | None
    link_id: str | None
    coupon_id: str | None
    click_id: str | None
    campaign_id: str | None
    at: datetime
    share: float


class WholeConversion(Conversion):
    """An order with its names, contacts, commissions, refunds and everything that was told of it."""

    names: list[Name]
    touches: list[ShownTouch]
    commissions: list[Commission]
    refunds: list[Refund]
    history: list[Report]


class TouchRow(Struct):
    kind: str
    partner_id: UUID | None
    link_id: UUID | None
    coupon_id: UUID | None
    click_id: UUID | None
    campaign_id: UUID | None
    at: datetime
    share: float


class Listed(Struct, frozen=True):
    """What a list of conversions is narrowed to."""

    ids: list[UUID] | None = None
    partner_id: UUID | None = None
    customer_id: UUID | None = None
    integration_id: UUID | None = None
    link_id: UUID | None = None
    coupon_id: UUID | None = None
    campaign_id: UUID | None = None
    external_id: str | None = None
    shop: str | None = None
    kind: str | None = None
    status: str | None = None
    channel: str | None = None
    credited: bool | None = None
    conflicting: bool | None = None
    test: bool | None = None
    since: datetime | None = None
    until: datetime | None = None
    updated_since: datetime | None = None


class ListedRefunds(Struct, frozen=True):
    """What a list of refunds is narrowed to."""

    conversion_id: UUID | None = None
    external_id: str | None = None
    waiting: bool | None = None
