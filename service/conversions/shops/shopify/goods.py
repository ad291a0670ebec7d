"""What was ordered, in the shop's own currency: total, lines, shipping, fees."""

from decimal import Decimal

from service.conversions.reports import Line
from service.conversions.shops import amounts
from service.conversions.shops.shapes import (
    Json,
    dig,
    flag,
    items,
    number,
    text,
)
from service.conversions.shops.shopify.refunded import shopify_refund_value


def money(told: dict[str, Json], name: str) -> Json:
    """The amount in the shop's currency, of whichever of the two spellings there is."""
    in_set = dig(told, f"{name}_set", "shop_money", "amount")
    return in_set if in_set is not None else told.get(name)


def amount_of(told: dict[str, Json], code: str) -> int | None:
    """The total as it was ordered or edited since, before refunds. Raises Unreadable."""
    ordered = amounts.total("total_price", money(told, "total_price"), code)
    current = amounts.total("current_total_price", money(told, "current_total_price"), code)
    if ordered is None or current is None:
        return current if ordered is None else ordered
    if told.get("cancelled_at") or not isinstance(told.get("refunds"), list):
        return ordered
    returned = sum(shopify_refund_value(each, code) for each in items(told["refunds"]))
    return min(ordered, current + returned)


def shipping_of(told: dict[str, Json], code: str) -> tuple[int | None, int | None]:
    """What was paid for shipping with its tax, and that tax."""
    lines = [each for each in items(told.get("shipping_lines")) if flag(each.get("is_removed")) is not True]
    if not lines:
        return amounts.part(money(told, "total_shipping_price"), code), None
    tax = amounts.parts(
        (money(each, "price") for line in lines for each in items(line.get("tax_lines"))), code
    )
    paid = amounts.parts((_shipping_price(line) for line in lines), code)
    return (paid if flag(told.get("taxes_included")) else paid + tax), tax


def _shipping_price(line: dict[str, Json]) -> Json:
    discounted = money(line, "discounted_price")
    return discounted if discounted is not None else money(line, "price")


def fees_of(told: dict[str, Json], code: str) -> int | None:
    """What is no sale: tips, duties, additional fees."""
    names = ("total_tip_received", "original_total_additional_fees", "original_total_duties")
    return amounts.parts((money(told, name) for name in names), code)


def lines_of(told: dict[str, Json], code: str) -> tuple[Line, ...] | None:
    """The lines with their nets; None where they aren't told."""
    if not isinstance(told.get("line_items"), list):
        return None
    return tuple(
        _line(each, code, flag(told.get("taxes_included")) is True) for each in items(told["line_items"])
    )


def _line(told: dict[str, Json], code: str, taxes_included: bool) -> Line:
    quantity = number(told.get("quantity"))
    quantity = Decimal(1) if quantity is None else quantity
    price = number(money(told, "price"))
    allocations = items(told.get("discount_allocations"))
    discount = (
        _sum(allocations, "amount") if allocations else number(money(told, "total_discount")) or Decimal(0)
    )
    tax = _sum(items(told.get("tax_lines")), "price")
    net = None if price is None else price * quantity - discount - (tax if taxes_included else 0)
    return Line(
        sku=text(told.get("sku")),
        product_id=text(told.get("product_id")),
        category=text(told.get("product_type")),
        quantity=float(quantity),
        net=amounts.part(net, code),
        tax=amounts.part(tax, code),
        discount=amounts.part(discount, code),
    )


def _sum(each: list[dict[str, Json]], name: str) -> Decimal:
    return sum((number(money(one, name)) or Decimal(0) for one in each), Decimal(0))
