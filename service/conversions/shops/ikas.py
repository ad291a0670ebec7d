"""ikas: an envelope whose `data` is the order as JSON text.

`finalPrice` of a line is for one piece, after discounts, with the tax of `taxValue` percent. The total stays
as it was ordered; `netTotalFinalPrice` falls with what is refunded or cancelled.
"""

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal

from service.conversions.reports import Buyer, Cancellation, Ignored, Line, Order, Ref, Refund, Report
from service.conversions.shops import amounts
from service.conversions.shops.amounts import Unreadable
from service.conversions.shops.delivery import Delivery, required
from service.conversions.shops.evidence import arrival, campaign_of, clicks_in, country_of, host_of
from service.conversions.shops.shapes import (
    Json,
    dig,
    first,
    flag,
    items,
    mapping,
    moment,
    number,
    parse_json,
    text,
    texts,
)

_ORDERS = frozenset(
    ["store/order/created", "store/order/updated", "store/order/create", "store/order/update"]
)
_PAID = frozenset(["paid", "over_paid", "refunded", "partially_refunded"])
_BACK = frozenset(["refunded", "cancelled"])


def read(delivery: Delivery) -> list[Report]:
    """Orders with what went back of them; other scopes are ignored. Raises Unreadable."""
    envelope = parse_json(delivery.body)
    if not isinstance(envelope, dict):
        raise Unreadable("body", None, "shape")
    scope = (text(envelope.get("scope")) or delivery.topic or "").strip().lower()
    if scope not in _ORDERS:
        return [Ignored("topic")]
    data = envelope.get("data")
    told = (
        data
        if isinstance(data, dict)
        else parse_json(data.encode(errors="replace"))
        if isinstance(data, str)
        else None
    )
    if not isinstance(told, dict):
        raise Unreadable("data", None, "shape")
    if _status(told.get("status")) == "draft":
        return [Ignored("status")]
    if flag(told.get("deleted")):
        at = delivery.at(moment(told.get("updatedAt")), moment(envelope.get("createdAt")))
        return [Cancellation((Ref("id", required(told.get("id"), "id")),), at)]
    order = _order(delivery, told, envelope)
    return [order, *_refund(delivery, told, order)]


def _status(value: Json) -> str:
    return (text(value) or "").lower()


def _order(delivery: Delivery, told: dict[str, Json], envelope: dict[str, Json]) -> Order:
    code = delivery.currency_or(amounts.currency_of("currencyCode", told.get("currencyCode")))
    session = mapping(told.get("sessionInfo"))
    came = arrival(first(session.get("landingPage"), session.get("referer")))
    stated = moment(told.get("updatedAt")) or moment(envelope.get("createdAt"))
    lines = _lines(told, code)
    tax, shipping = _sum(told, "taxLines", "price", code), _shipping(told, code)
    utm = {f"utm_{name}": value for name, value in mapping(session.get("utm")).items()}
    return Order(
        refs=_refs(told),
        amount=amounts.total("totalFinalPrice", told.get("totalFinalPrice"), code),
        currency=code,
        tax_included=True,
        tax=tax,
        shipping=shipping,
        shipping_tax=_shipping_tax(tax, shipping, lines),
        discount=_discount(told, code),
        lines=lines,
        clicks=texts([*clicks_in(_named(session)), *clicks_in(utm.items()), *came.clicks]),
        coupons=_coupons(told),
        buyer=_buyer(told),
        country=_country(told, session),
        referrer=host_of(session.get("referer")),
        campaign=came.campaign | campaign_of(utm) or None,
        landing=came.landing or None,
        paid=_paid(told),
        occurred_at=moment(told.get("orderedAt")) or moment(told.get("createdAt")),
        cancelled_at=_cancelled(delivery, told),
        stated_at=stated,
    )


def _refs(told: dict[str, Json]) -> tuple[Ref, ...]:
    return (
        Ref("id", required(told.get("id"), "id")),
        *(Ref("number", each) for each in texts([(text(told.get("orderNumber")) or "").lstrip("#")])),
        *(Ref("token", each) for each in texts([told.get("cartId"), told.get("checkoutId")])),
    )


def _named(session: dict[str, Json]) -> Iterator[tuple[str, Json]]:
    """What the session says in words; the ids of its own are no clicks of anybody's."""
    return ((name, value) for name, value in session.items() if isinstance(value, str))


def _lines(told: dict[str, Json], code: str) -> tuple[Line, ...] | None:
    if not isinstance(told.get("orderLineItems"), list):
        return None
    return tuple(_line(each, code) for each in items(told["orderLineItems"]))


def _line(told: dict[str, Json], code: str) -> Line:
    gross, rate = _gross(told), number(told.get("taxValue"))
    quantity, variant = number(told.get("quantity")), mapping(told.get("variant"))
    taxed = gross is not None and rate is not None and 0 <= rate <= 100
    net = (
        amounts.part(gross * 100 / (100 + rate), code)
        if taxed and gross is not None and rate is not None
        else None
    )
    whole = None if gross is None else amounts.part(gross, code)
    return Line(
        sku=text(variant.get("sku")),
        product_id=first(variant.get("productId"), variant.get("id")),
        category=first(*(each.get("name") for each in items(variant.get("categories")))),
        quantity=1.0 if quantity is None else float(quantity),
        net=net,
        tax=None if net is None or whole is None else whole - net,
    )


def _gross(told: dict[str, Json]) -> Decimal | None:
    """Of all pieces, with tax."""
    final, quantity = number(told.get("finalPrice")), number(told.get("quantity"))
    price = number(told.get("price")) if final is None else final
    return None if price is None else price * (Decimal(1) if quantity is None else quantity)


def _sum(told: dict[str, Json], listed: str, name: str, code: str) -> int | None:
    found = items(told.get(listed))
    return amounts.parts((each.get(name) for each in found), code) if found else None


def _shipping(told: dict[str, Json], code: str) -> int | None:
    found = items(told.get("shippingLines"))
    prices = [each.get("price") if each.get("finalPrice") is None else each["finalPrice"] for each in found]
    return amounts.parts(prices, code) if found else None


def _shipping_tax(tax: int | None, shipping: int | None, lines: tuple[Line, ...] | None) -> int | None:
    """Not told: what the lines leave of the order's tax."""
    taxes = [line.tax for line in lines or ()]
    known = [each for each in taxes if each is not None]
    if tax is None or shipping is None or not known or len(known) != len(taxes):
        return None
    return max(0, min(shipping, tax - sum(known)))


def _discount(told: dict[str, Json], code: str) -> int | None:
    before, after = (number(told.get(name)) for name in ("totalPrice", "totalFinalPrice"))
    shipping = _shipping(told, code) or 0
    if before is None or after is None:
        return None
    less = amounts.part(before - after, code)
    return None if less is None else max(0, less + shipping)


def _coupons(told: dict[str, Json]) -> tuple[str, ...]:
    """Discounts that a coupon gave; its code is the adjustment's name."""
    adjustments = items(told.get("orderAdjustments"))
    used = [
        each
        for each in adjustments
        if _status(each.get("type")) != "increment" and text(each.get("couponId"))
    ]
    return texts(first(each.get("couponCode"), each.get("name")) for each in used)


def _buyer(told: dict[str, Json]) -> Buyer | None:
    customer = mapping(told.get("customer"))
    known = None if flag(customer.get("isGuestCheckout")) else text(customer.get("id"))
    email = text(customer.get("email"))
    return Buyer(known, email) if known or email else None


def _country(told: dict[str, Json], session: dict[str, Json]) -> str | None:
    places = [dig(told, name, "country") for name in ("shippingAddress", "billingAddress")]
    codes = [dig(each, code) for each in places for code in ("iso2", "code")]
    return country_of(*codes, session.get("countryCode"))


def _paid(told: dict[str, Json]) -> bool | None:
    status = _status(told.get("orderPaymentStatus"))
    return status in _PAID if status else None


def _cancelled(delivery: Delivery, told: dict[str, Json]) -> datetime | None:
    if _status(told.get("status")) != "cancelled":
        return None
    return delivery.at(moment(told.get("cancelledAt")), moment(told.get("updatedAt")))


def _refund(delivery: Delivery, told: dict[str, Json], order: Order) -> list[Report]:
    """All that went back so far, if anything did."""
    code, total = order.currency or "", order.amount
    if total is None:
        return []
    left = amounts.total("netTotalFinalPrice", told.get("netTotalFinalPrice"), code)
    back = total - left if left is not None and left < total else _back_by_lines(told, code)
    if back == 0 and "refunded" in (_status(told.get("status")), _status(told.get("orderPaymentStatus"))):
        back = total
    if back <= 0:
        return []
    at = delivery.at(order.stated_at, order.occurred_at)
    name = f"{order.refs[0].value}:{back}"
    return [Refund(order.refs[:1], name, min(back, total), code, at, cumulative=True)]


def _back_by_lines(told: dict[str, Json], code: str) -> int:
    gone = [each for each in items(told.get("orderLineItems")) if _status(each.get("status")) in _BACK]
    return amounts.parts((_gross(each) for each in gone), code)
