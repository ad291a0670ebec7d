"""What a commission is worked out from, and what comes out."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any, Literal
from uuid import UUID

from msgspec import Struct

from service.kit.money import Money
from service.ledger.targets import CommissionKind

SoldKind = Literal["click", "lead", "sale", "signup", "booking", "custom"]


class Item(Struct, frozen=True):
    """A line of an order. `net`: of the whole line, after discounts and without tax; None: not told."""

    product_id: str | None = None
    sku: str | None = None
    category: str | None = None
    quantity: float = 1
    net: int | None = None


class Sold(Struct, frozen=True):
    """What may earn a commission: an order, a lead, or `quantity` clicks.

    `net`: minor units of `currency`, what a percentage is taken of; `lines` share it in proportion.
    `is_new`: None where nobody knows. `sales_before` of the same customer, the first of them at `first_at`
    (None: this is the first, or the customer isn't known).
    """

    kind: SoldKind
    net: int
    currency: str
    occurred_at: datetime
    lines: tuple[Item, ...] = ()
    country: str | None = None
    is_new: bool | None = None
    sales_before: int = 0
    first_at: datetime | None = None
    quantity: int = 1


class Standing(Struct, frozen=True):
    """Where a partner stands in a program and a period, before this order. `volume`: net minor units by
    currency; `earned`: minor units by the commissions' `key`, then by currency (for caps).
    """

    sales: int = 0
    volume: dict[str, int] = {}
    earned: dict[str, dict[str, int]] = {}


class Exchange(Struct, frozen=True):
    """The operator's rate from the order's currency into the program's, in major units, and its day."""

    rate: Decimal
    day: date


class Earned(Struct, frozen=True):
    """A commission. `key` names it among those of the same order and partner (`rule-3`, `rule-shoes`,
    `override-1:prt_...`); `base` is the part of the order's net that it was taken of, in the order's
    currency; `rule` explains it, in words under `text` (tr, en)."""

    kind: CommissionKind
    key: str
    partner_id: UUID
    amount: Money
    base: int | None
    rule: dict[str, Any]
