"""Shopify: orders and refunds of the admin API's webhooks (REST shapes).

Amounts are in the shop's own currency (`shop_money`), not in the one it was shown in (`presentment_money`).
A total is what was ordered: `total_price` is before returns, `current_total_price` after them, and refunds
come as reports of their own. What an edit took off stands only in the latter.
"""

from datetime import datetime
from decimal import Decimal

from service.conversions.reports import (
    Buyer,
    Cancellation,
    Ignored,
    Line,
    NeedsFetch,
    Order,
    Ref,
    Refund,
    Report,
)
from service.conversions.shops import amounts
from service.conversions.shops.amounts import Unreadable
from service.conversions.shops.delivery import Delivery
from service.conversions.shops.evidence import (
    arrival,
    campaign_of,
    clicks_in,
    country_of,
    coupons_in,
    host_of,
)
from service.conversions.shops.refunded import shopify_refund, shopify_refund_value
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

_PAID = {"paid": True, "partially_refunded": True, "refunded": True}
_FULFILLED = ("fulfillments/create", "fulfillments/update", "fulfillment_events/create")


def read(delivery: Delivery) -> list[Report]:
    """Orders, refunds, deliveries of parcels; other topics are ignored. Raises Unreadable."""
    body = parse_json(delivery.body)
    if not isinstance(body, dict):
        raise Unreadable("body", None, "shape")
    topic, told = _topic(delivery, body), _unwrapped(body)
    if topic == "refunds/create":
        return [_refund(delivery, told)]
    if topic == "orders/edited":
        return [NeedsFetch("order", _id(first(told.get("order_id"), told.get("id")), "order_id"))]
    if topic == "orders/delete":
        order = (Ref("id", _id(told.get("id"), "id")),)
        return [Cancellation(order, delivery.at(moment(delivery.header("x-shopify-triggered-at"))))]
    if topic in _FULFILLED:
        return [_delivered(told)]
    if topic.startswith("orders/"):
        return [_order(delivery, told), *_refunds_within(delivery, told)]
    return [Ignored("topic")]


def _topic(delivery: Delivery, body: dict[str, Json]) -> str:
    """The topic, or the one that the shape of the body shows."""
    named = (delivery.topic or delivery.header("x-shopify-topic") or "").strip().lower()
    if named:
        return named if "/" in named else named.replace("_", "/", 1)
    told = _unwrapped(body)
    if "order_edit" in body:
        return "orders/edited"
    if "order_id" in told and ("refund_line_items" in told or "transactions" in told):
        return "refunds/create"
    return "orders/updated" if "line_items" in told and "financial_status" in told else ""


def _unwrapped(body: dict[str, Json]) -> dict[str, Json]:
    """The admin API wraps what a webhook sends bare."""
    return next(
        (body[name] for name in ("order", "refund", "order_edit") if isinstance(body.get(name), dict)), body
    )


def _id(value: Json, field: str) -> str:
    found = text(value)
    if found is None:
        raise Unreadable(field, None, "missing")
    return found


def _money(told: dict[str, Json], name: str) -> Json:
    """The amount in the shop's currency, of whichever of the two spellings there is."""
    in_set = dig(told, f"{name}_set", "shop_money", "amount")
    return in_set if in_set is not None else told.get(name)


def _currency(delivery: Delivery, told: dict[str, Json]) -> str:
    return delivery.currency_or(
        amounts.currency_of(
            "currency",
            dig(told, "total_price_set", "shop_money", "currency_code"),
            dig(told, "current_total_price_set", "shop_money", "currency_code"),
            told.get("currency"),
        )
    )


def _order(delivery: Delivery, told: dict[str, Json]) -> Order:
    code = _currency(delivery, told)
    attributes = [(each.get("name"), each.get("value")) for each in items(told.get("note_attributes"))]
    came = arrival(told.get("landing_site"))
    shipping, shipping_tax = _shipping(told, code)
    return Order(
        refs=_refs(told),
        amount=_amount(told, code),
        currency=code,
        tax_included=True,
        tax=amounts.part(_money(told, "total_tax"), code),
        shipping=shipping,
        shipping_tax=shipping_tax,
        fees=_fees(told, code),
        discount=amounts.part(_money(told, "total_discounts"), code),
        lines=_lines(told, code),
        clicks=texts([*clicks_in(attributes), *came.clicks, told.get("landing_site_ref")]),
        coupons=_coupons(told, attributes),
        buyer=_buyer(told),
        country=_country(told),
        referrer=host_of(told.get("referring_site")),
        campaign={**came.campaign, **campaign_of({str(name): value for name, value in attributes})} or None,
        landing=came.landing or None,
        paid=_paid(told),
        test=flag(told.get("test")) is True or flag(delivery.header("x-shopify-test")) is True,
        occurred_at=moment(told.get("processed_at")) or moment(told.get("created_at")),
        delivered_at=_all_delivered(told),
        cancelled_at=moment(told.get("cancelled_at")),
        stated_at=moment(told.get("updated_at")) or moment(delivery.header("x-shopify-triggered-at")),
    )


def _refs(told: dict[str, Json]) -> tuple[Ref, ...]:
    numbers = [(text(told.get("name")) or "").lstrip("#"), told.get("order_number")]
    tokens = [told.get("checkout_token"), told.get("cart_token")]
    return (
        Ref("id", _id(told.get("id"), "id")),
        *(Ref("number", each) for each in texts(numbers)),
        *(Ref("token", each) for each in texts(tokens)),
    )


def _amount(told: dict[str, Json], code: str) -> int | None:
    ordered = amounts.total("total_price", _money(told, "total_price"), code)
    current = amounts.total("current_total_price", _money(told, "current_total_price"), code)
    if (
        ordered is None
        or current is None
        or told.get("cancelled_at")
        or not isinstance(told.get("refunds"), list)
    ):
        return current if ordered is None else ordered
    returned = sum(shopify_refund_value(each, code) for each in items(told["refunds"]))
    return min(ordered, current + returned)


def _shipping(told: dict[str, Json], code: str) -> tuple[int | None, int | None]:
    """What was paid for shipping with its tax, and that tax."""
    lines = [each for each in items(told.get("shipping_lines")) if flag(each.get("is_removed")) is not True]
    if not lines:
        return amounts.part(_money(told, "total_shipping_price"), code), None
    tax = amounts.parts(
        (_money(each, "price") for line in lines for each in items(line.get("tax_lines"))), code
    )
    paid = amounts.parts((_shipping_price(line) for line in lines), code)
    return (paid if flag(told.get("taxes_included")) else paid + tax), tax


def _shipping_price(line: dict[str, Json]) -> Json:
    discounted = _money(line, "discounted_price")
    return discounted if discounted is not None else _money(line, "price")


def _fees(told: dict[str, Json], code: str) -> int | None:
    """What is no sale: tips, duties, additional fees."""
    names = ("total_tip_received", "original_total_additional_fees", "original_total_duties")
    return amounts.parts((_money(told, name) for name in names), code)


def _lines(told: dict[str, Json], code: str) -> tuple[Line, ...] | None:
    if not isinstance(told.get("line_items"), list):
        return None
    return tuple(
        _line(each, code, flag(told.get("taxes_included")) is True) for each in items(told["line_items"])
    )


def _line(told: dict[str, Json], code: str, taxes_included: bool) -> Line:
    quantity = number(told.get("quantity"))
    quantity = Decimal(1) if quantity is None else quantity
    price = number(_money(told, "price"))
    allocations = items(told.get("discount_allocations"))
    discount = (
        _sum(allocations, "amount") if allocations else number(_money(told, "total_discount")) or Decimal(0)
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
    return sum((number(_money(one, name)) or Decimal(0) for one in each), Decimal(0))


def _coupons(told: dict[str, Json], attributes: list[tuple[Json, Json]]) -> tuple[str, ...]:
    applied = [each.get("code") for each in items(told.get("discount_applications"))]
    return texts(
        [*(each.get("code") for each in items(told.get("discount_codes"))), *applied, *coupons_in(attributes)]
    )


def _buyer(told: dict[str, Json]) -> Buyer | None:
    customer = mapping(told.get("customer"))
    email = first(told.get("email"), told.get("contact_email"), customer.get("email"))
    known = text(customer.get("id"))
    return Buyer(known, email) if known or email else None


def _country(told: dict[str, Json]) -> str | None:
    addresses = (
        told.get("shipping_address"),
        told.get("billing_address"),
        dig(told, "customer", "default_address"),
    )
    return country_of(*(dig(each, "country_code") for each in addresses))


def _paid(told: dict[str, Json]) -> bool | None:
    status = text(told.get("financial_status"))
    return None if status is None else _PAID.get(status.lower(), False)


def _all_delivered(told: dict[str, Json]) -> datetime | None:
    """When the last parcel arrived, once all have."""
    parcels = [each for each in items(told.get("fulfillments")) if text(each.get("status")) != "cancelled"]
    arrived = [
        moment(each.get("updated_at")) for each in parcels if each.get("shipment_status") == "delivered"
    ]
    known = [each for each in arrived if each is not None]
    complete = text(told.get("fulfillment_status")) == "fulfilled" and len(known) == len(parcels)
    return max(known) if known and complete else None


def _delivered(told: dict[str, Json]) -> Report:
    """A parcel's arrival, told by itself."""
    order = text(told.get("order_id"))
    state = first(told.get("shipment_status"), told.get("status"))
    at = moment(told.get("happened_at")) or moment(told.get("updated_at")) or moment(told.get("created_at"))
    if order is None or state != "delivered" or at is None:
        return Ignored("topic")
    return Order(refs=(Ref("id", order),), delivered_at=at, stated_at=at)


def _refund(delivery: Delivery, told: dict[str, Json]) -> Report:
    order = (Ref("id", _id(told.get("order_id"), "order_id")),)
    return _refund_of(delivery, told, order, None)


def _refunds_within(delivery: Delivery, told: dict[str, Json]) -> list[Report]:
    """The refunds that an order lists; each is the one that its own webhook tells."""
    code, order = _currency(delivery, told), (Ref("id", _id(told.get("id"), "id")),)
    found = [_refund_of(delivery, each, order, code) for each in items(told.get("refunds"))]
    return [each for each in found if isinstance(each, Refund)]


def _refund_of(delivery: Delivery, told: dict[str, Json], order: tuple[Ref, ...], code: str | None) -> Report:
    amount, currency = shopify_refund(delivery, told, code)
    if amount == 0:
        return Ignored("status")
    return Refund(
        order,
        _id(told.get("id"), "id"),
        amount,
        currency,
        delivery.at(moment(told.get("processed_at")), moment(told.get("created_at"))),
        reason=text(told.get("note")),
    )
