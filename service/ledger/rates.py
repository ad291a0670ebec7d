"""What a partner earns by an order under a program's terms: the rules, tiers, caps and overrides. Pure."""

from collections.abc import Mapping
from datetime import datetime
from fractions import Fraction
from typing import Any, Literal
from uuid import UUID

from msgspec import Struct

from service.kit.money import Money
from service.ledger.targets import CommissionKind
from service.programs.reading import Agreed, Payee

Per = Literal["month", "quarter", "year", "all"]
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
    currency; `earned`: minor units by the commissions' `key`, then by currency (caps; claw-backs included).
    """

    sales: int = 0
    volume: dict[str, int] = {}
    earned: dict[str, dict[str, int]] = {}


class Earned(Struct, frozen=True):
    """A commission. `key` names it among those of the same order and partner (`rule-3`,
    `override-1:prt_...`); `base` is the part of the order's net that it was taken of; `rule` explains it,
    in words under `text` (tr, en)."""

    kind: CommissionKind
    key: str
    partner_id: UUID
    amount: Money
    base: int | None
    rule: dict[str, Any]


def earn(
    sold: Sold,
    weight: Fraction,
    agreed: Agreed,
    payee: Payee,
    standings: Mapping[Per, Standing],
    before: Fraction = Fraction(0),
) -> list[Earned]:
    """What the payee, credited with `weight` of it, earns by it, and what an agency gets of that.

    `standings`: by period, for the periods that `spans.needed` names. `before` is the weight of the shares
    that come before this one, so that the shares of an order add up to its whole to the minor unit.
    """
    raise NotImplementedError
