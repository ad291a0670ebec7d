"""Whether who reviews bought it. Pure.

Only those who bought may be shown as such: Tüketici Değerlendirmeleri Hakkında Kılavuz (Reklam Kurulu,
12.09.2023, 337).
"""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Literal
from uuid import UUID

from msgspec import Struct

# Files name days, not hours: an order of the same day is from before.
SLACK = timedelta(days=1)
# What an order is called, the surest first.
_RANKS = ("id", "number", "any", "payment", "token")


class Order(Struct, frozen=True):
    """A sale that stands, for the `n`-th review. `kind`: of the name that it was found by. `products`: ids
    and skus of its lines, none where no lines were told."""

    n: int
    kind: str
    conversion_id: UUID
    customer_id: UUID | None
    occurred_at: datetime
    products: list[str]


class Asked(Struct, frozen=True):
    """What a review tells of its purchase. `customers`: those that its keys are known by."""

    at: datetime
    product_id: str | None
    customers: Collection[UUID]


class Purchase(Struct, frozen=True):
    """The order that makes it verified, and whose it is."""

    conversion_id: UUID
    by: Literal["order", "customer"]
    customer_id: UUID | None


def purchase(asked: Asked, named: Sequence[Order], bought: Sequence[Order]) -> Purchase | None:
    """The order that the review names, else one of the customer's; None where nothing says that they bought.

    An order counts if it was there before the review, and, where both say what it is about, has the product.
    Somebody else's order is nobody's proof: one with another customer than the review's does not count. A
    name that several orders bear is none.
    """
    fits = [order for order in _surest(named) if _fits(asked, order)]
    if len(fits) == 1 and _theirs(asked, fits[0]):
        return Purchase(fits[0].conversion_id, "order", fits[0].customer_id)
    own = [order for order in bought if _fits(asked, order)]
    if own:
        latest = max(own, key=lambda order: (order.occurred_at, order.conversion_id))
        return Purchase(latest.conversion_id, "customer", latest.customer_id)
    return None


def _surest(named: Sequence[Order]) -> list[Order]:
    for kind in _RANKS:
        if found := [order for order in named if order.kind == kind]:
            return list({order.conversion_id: order for order in found}.values())
    return []


def _fits(asked: Asked, order: Order) -> bool:
    known = asked.product_id is not None and bool(order.products)
    return order.occurred_at <= asked.at + SLACK and (not known or asked.product_id in order.products)


def _theirs(asked: Asked, order: Order) -> bool:
    """Keys that no order knows may be another address of the same customer."""
    if not asked.customers or order.customer_id is None:
        return True
    return order.customer_id in asked.customers
