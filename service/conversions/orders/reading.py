"""What was sent, as a report, and everything that is wrong with it. Pure."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from fractions import Fraction

from service.conversions.orders.schemas import (
    Assigned,
    ConversionPatch,
    NewConversion,
    NewLine,
    NewRefund,
    Reassignment,
)
from service.conversions.reports import Buyer, Line, Order, Ref, RefKind
from service.kit import clock
from service.kit.money import CURRENCIES, Price

# Sums of orders stay within PostgreSQL's bigint.
MOST = 10**15
Faults = list[dict[str, str]]
Sent = NewConversion | ConversionPatch
_SUMS = ("amount", "tax", "shipping", "shipping_tax", "fees", "discount")
_LINE_SUMS = ("net", "tax", "discount")
_TIMES = ("occurred_at", "delivered_at", "cancelled_at")


def faults(sent: Sent, currency: str | None = None) -> Faults:
    """Everything that is wrong with what was sent; `currency`: the order's, where it has one already."""
    found = []
    if isinstance(sent, NewConversion) and sent.kind == "sale" and sent.amount is None:
        found.append({"path": "amount", "message": "is required for a sale"})
    for path, price in _prices(sent):
        currency = currency or price.currency
        if price.currency not in CURRENCIES:
            found.append({"path": f"{path}.currency", "message": f"{price.currency} is no currency"})
        elif price.amount > MOST:
            found.append({"path": f"{path}.amount", "message": f"is more than {MOST}"})
        elif price.currency != currency:
            found.append({"path": f"{path}.currency", "message": f"is not {currency}: an order has one"})
    return found + _far(sent, _TIMES)


def _far(sent: Sent | NewRefund, names: Iterable[str]) -> Faults:
    """Times that nobody means and nothing can be reckoned from."""
    times = {name: getattr(sent, name, None) for name in names}
    return [{"path": name, "message": clock.OUTSIDE} for name, at in times.items() if not clock.is_usual(at)]


def _prices(sent: Sent) -> Iterator[tuple[str, Price]]:
    for name in _SUMS:
        if (price := getattr(sent, name)) is not None:
            yield name, price
    for at, line in enumerate(sent.lines or ()):
        for name in _LINE_SUMS:
            if (price := getattr(line, name)) is not None:
                yield f"lines[{at}].{name}", price


def order_of(sent: Sent, refs: tuple[Ref, ...], stated_at: datetime | None = None) -> Order:
    """The report; without faults."""
    currency = next((price.currency for _, price in _prices(sent)), None)
    customer = sent.customer
    return Order(
        refs=refs,
        kind=sent.kind if isinstance(sent, NewConversion) else "sale",
        amount=_minor(sent.amount),
        currency=currency,
        tax_included=sent.tax_included,
        tax=_minor(sent.tax),
        shipping=_minor(sent.shipping),
        shipping_tax=_minor(sent.shipping_tax),
        fees=_minor(sent.fees),
        discount=_minor(sent.discount),
        lines=None if sent.lines is None else tuple(_line(line) for line in sent.lines),
        clicks=(*([sent.click_id] if sent.click_id else []), *sent.click_ids),
        coupons=(*([sent.coupon] if sent.coupon else []), *sent.coupons),
        buyer=None if customer is None else Buyer(customer.external_id, customer.email, customer.is_new),
        country=sent.country,
        referrer=sent.referrer,
        landing=sent.landing,
        paid=sent.paid,
        test=isinstance(sent, NewConversion) and sent.test,
        occurred_at=sent.occurred_at if isinstance(sent, NewConversion) else None,
        delivered_at=sent.delivered_at,
        cancelled_at=sent.cancelled_at,
        stated_at=stated_at,
    )


def names_of(sent: NewConversion) -> tuple[Ref, ...]:
    """What the order is called; which of its names `external_id` is, nobody knows."""
    others: list[tuple[RefKind, str | None]] = [
        ("number", sent.order_number),
        ("payment", sent.payment_id),
        ("token", sent.checkout_token),
    ]
    return (Ref("any", sent.external_id), *(Ref(kind, value) for kind, value in others if value))


def _line(line: NewLine) -> Line:
    return Line(
        line.sku,
        line.product_id,
        line.category,
        line.quantity,
        _minor(line.net),
        _minor(line.tax),
        _minor(line.discount),
    )


def _minor(price: Price | None) -> int | None:
    return None if price is None else price.amount


def weights(shares: list[Assigned]) -> list[Fraction]:
    """The parts of the order."""
    return [Fraction(share.weight) for share in shares]


def share_faults(sent: Reassignment) -> Faults:
    """What is wrong with the parts."""
    if sent.shares and sum(weights(sent.shares)) != 1:
        return [{"path": "shares", "message": "the weights have to add up to 1"}]
    seen: set[str] = set()
    found = []
    for at, share in enumerate(sent.shares):
        if share.partner_id in seen:
            found.append({"path": f"shares[{at}].partner_id", "message": "stands there twice"})
        seen.add(share.partner_id)
    return found


def refund_faults(sent: NewRefund, currency: str | None) -> Faults:
    """What is wrong with a refund; `currency`: its order's, where that is known."""
    price = sent.amount
    found = _far(sent, _TIMES)
    if price.currency not in CURRENCIES:
        found.append({"path": "amount.currency", "message": f"{price.currency} is no currency"})
    elif currency is not None and price.currency != currency:
        message = f"is not {currency}, which the order was paid in"
        found.append({"path": "amount.currency", "message": message})
    if price.amount > MOST:
        found.append({"path": "amount.amount", "message": f"is more than {MOST}"})
    return found
