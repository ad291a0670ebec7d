"""What a source tells of an order: read from its payload, before anything is known of ours.

Amounts are integer minor units of the report's currency. None is "not told": a later report of the same
source that doesn't tell something leaves it as it was.
"""

from datetime import datetime
from typing import Literal

from msgspec import Struct

RefKind = Literal["id", "number", "payment", "token", "any"]
ConversionKind = Literal["sale", "lead", "signup", "booking", "custom"]


class Ref(Struct, frozen=True):
    """A name of the order. `number` is what people read, without `#`; `payment` is the payment's id;
    `token` is the cart's or checkout's; `any` is one of an unknown kind (postbacks, files)."""

    kind: RefKind
    value: str


class Line(Struct, frozen=True):
    """A line of an order. `net`: of the whole line, after discounts, without tax."""

    sku: str | None = None
    product_id: str | None = None
    category: str | None = None
    quantity: float = 1
    net: int | None = None
    tax: int | None = None
    discount: int | None = None


class Buyer(Struct, frozen=True):
    """Who bought, as the shop knows them; hashed before it is stored."""

    external_id: str | None = None
    email: str | None = None
    is_new: bool | None = None


class Order(Struct, frozen=True):
    """An order, or what changed of it. `amount` is the total after discounts; `paid` None where the source
    doesn't say. `stated_at` is when the source says that it changed. `clicks` are click ids (`clk_...` or
    of other systems) as they came, `tokens` what a pixel may know the same visit by, `campaign` the utm
    values that came."""

    refs: tuple[Ref, ...]
    kind: ConversionKind = "sale"
    amount: int | None = None
    currency: str | None = None
    tax_included: bool | None = None
    tax: int | None = None
    shipping: int | None = None
    shipping_tax: int | None = None
    fees: int | None = None
    discount: int | None = None
    lines: tuple[Line, ...] | None = None
    clicks: tuple[str, ...] = ()
    coupons: tuple[str, ...] = ()
    buyer: Buyer | None = None
    country: str | None = None
    referrer: str | None = None
    campaign: dict[str, str] | None = None
    landing: dict[str, str] | None = None
    paid: bool | None = None
    test: bool = False
    occurred_at: datetime | None = None
    delivered_at: datetime | None = None
    cancelled_at: datetime | None = None
    stated_at: datetime | None = None


class Refund(Struct, frozen=True):
    """Money that went back. `cumulative`: `amount` is all that went back so far, not this time's."""

    order: tuple[Ref, ...]
    external_id: str
    amount: int
    currency: str
    occurred_at: datetime
    cumulative: bool = False
    reason: str | None = None


class Cancellation(Struct, frozen=True):
    """The order is off, paid or not."""

    order: tuple[Ref, ...]
    at: datetime


class Payment(Struct, frozen=True):
    """A payment system's word on an order that must be known by others (iyzico)."""

    order: tuple[Ref, ...]
    payment: str
    succeeded: bool
    at: datetime


class Ignored(Struct, frozen=True):
    """Nothing for us; kept as it came. `why` is a code: topic, test, status, kind."""

    why: str


class NeedsFetch(Struct, frozen=True):
    """The hook names a thing but doesn't tell it."""

    resource: str
    id: str


class Quarantined(Struct, frozen=True):
    """Can't be used as it is: `field`, `value`, `why` (a code: macro, amount, currency, missing, shape)."""

    field: str
    value: str
    why: str


Report = Order | Refund | Cancellation | Payment | Ignored | NeedsFetch | Quarantined
