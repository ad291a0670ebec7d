"""How much a refund of Shopify gave back.

Its transactions say so. Where there are none (the shop has not paid yet, or pays outside of Shopify), it is
what the returned lines were worth, with the shipping that was given back. An adjustment of the kind
`refund_discrepancy` is what those were worth beyond what was refunded: negative where more was.
"""

from collections.abc import Iterator
from decimal import Decimal

from service.conversions.shops import amounts
from service.conversions.shops.amounts import Unreadable
from service.conversions.shops.delivery import Delivery
from service.conversions.shops.shapes import Json, dig, flag, items, number, text


def shopify_refund(delivery: Delivery, told: dict[str, Json], code: str | None) -> tuple[int, str]:
    """What went back, in minor units, and the currency. `code`: the order's, where it is known. Raises
    Unreadable."""
    own = code or _shop_currency(told)
    transactions = list(_refunding(told))
    paid_in = amounts.currency_of("currency", *(each.get("currency") for each in transactions))
    currency = delivery.currency_or(own or paid_in)
    if not transactions or (_in_shop_money(transactions) is None and paid_in not in (None, currency)):
        # Paid back in the buyer's currency: the lines are in the shop's.
        return max(0, _worth(told, currency)), currency
    return sum(_given(each, currency) for each in transactions), currency


def shopify_refund_value(told: dict[str, Json], code: str) -> int:
    """What a refund takes off the order's current total, whether it was paid out yet or not."""
    worth = _worth(told, code)
    return worth if worth > 0 else max(0, amounts.parts((_amount(each) for each in _refunding(told)), code))


def _refunding(told: dict[str, Json]) -> Iterator[dict[str, Json]]:
    return (each for each in items(told.get("transactions")) if text(each.get("kind")) == "refund")


def _shop_currency(told: dict[str, Json]) -> str | None:
    sets = [each.get("subtotal_set") for each in items(told.get("refund_line_items"))]
    codes = [dig(each, "shop_money", "currency_code") for each in [*sets, told.get("total_duties_set")]]
    return amounts.currency_of("currency", *codes)


def _in_shop_money(transactions: list[dict[str, Json]]) -> Json:
    return next(
        (found for each in transactions if (found := dig(each, "amount_set", "shop_money", "amount"))), None
    )


def _amount(transaction: dict[str, Json]) -> Json:
    in_shop = dig(transaction, "amount_set", "shop_money", "amount")
    return transaction.get("amount") if in_shop is None else in_shop


def _given(transaction: dict[str, Json], code: str) -> int:
    if text(transaction.get("status")) != "success":
        return 0
    amount = amounts.total("transactions.amount", _amount(transaction), code)
    if amount is None:
        raise Unreadable("transactions.amount", None, "missing")
    return amount


def _worth(told: dict[str, Json], code: str) -> int:
    """Lines with their tax, and shipping, less what was kept."""
    adjustments = items(told.get("order_adjustments"))
    shipping = [each for each in adjustments if text(each.get("kind")) == "shipping_refund"]
    lines = sum((_line_worth(each) for each in items(told.get("refund_line_items"))), Decimal(0))
    kept = sum((_adjusted(each) for each in adjustments if each not in shipping), Decimal(0))
    if shipping:
        carried = sum((abs(_adjusted(each)) for each in shipping), Decimal(0))
    else:
        carried = sum(
            (_shipping_worth(each) for each in items(told.get("refund_shipping_lines"))), Decimal(0)
        )
    return amounts.parts([lines + carried - kept], code)


def _line_worth(told: dict[str, Json]) -> Decimal:
    subtotal = number(_shop(told, "subtotal"))
    if subtotal is not None:
        return subtotal + (number(_shop(told, "total_tax")) or Decimal(0))
    line = told.get("line_item")
    price, quantity = number(dig(line, "price")), number(told.get("quantity"))
    return Decimal(0) if price is None or quantity is None else price * quantity


def _shipping_worth(told: dict[str, Json]) -> Decimal:
    amount = number(_shop(told, "subtotal_amount"))
    tax = sum((number(each.get("price")) or Decimal(0) for each in items(told.get("tax_lines"))), Decimal(0))
    included = flag(told.get("taxes_included")) is True
    return Decimal(0) if amount is None else amount + (Decimal(0) if included else tax)


def _adjusted(told: dict[str, Json]) -> Decimal:
    return (number(_shop(told, "amount")) or Decimal(0)) + (number(_shop(told, "tax_amount")) or Decimal(0))


def _shop(told: dict[str, Json], name: str) -> Json:
    in_set = dig(told, f"{name}_set", "shop_money", "amount")
    return told.get(name) if in_set is None else in_set
