"""Shopify: orders and refunds of the admin API's webhooks (REST shapes).

Amounts are in the shop's own currency (`shop_money`), not in the one it was shown in (`presentment_money`).
A total is what was ordered: `total_price` is before returns, `current_total_price` after them, and refunds
come as reports of their own. What an edit took off stands only in the latter.
"""

from service.conversions.reports import Cancellation, Ignored, NeedsFetch, Order, Ref, Refund, Report
from service.conversions.shops.amounts import Unreadable
from service.conversions.shops.delivery import Delivery, required
from service.conversions.shops.shapes import (
    Json,
    first,
    items,
    moment,
    parse_json,
    text,
)
from service.conversions.shops.shopify.orders import currency_of_order, order_of
from service.conversions.shops.shopify.refunded import shopify_refund

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
        return [NeedsFetch("order", required(first(told.get("order_id"), told.get("id")), "order_id"))]
    if topic == "orders/delete":
        order = (Ref("id", required(told.get("id"), "id")),)
        return [Cancellation(order, delivery.at(moment(delivery.header("x-shopify-triggered-at"))))]
    if topic in _FULFILLED:
        return [_delivered(told)]
    if topic.startswith("orders/"):
        return [order_of(delivery, told), *_refunds_within(delivery, told)]
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


def _delivered(told: dict[str, Json]) -> Report:
    """A parcel's arrival, told by itself."""
    order = text(told.get("order_id"))
    state = first(told.get("shipment_status"), told.get("status"))
    at = moment(told.get("happened_at")) or moment(told.get("updated_at")) or moment(told.get("created_at"))
    if order is None or state != "delivered" or at is None:
        return Ignored("topic")
    return Order(refs=(Ref("id", order),), delivered_at=at, stated_at=at)


def _refund(delivery: Delivery, told: dict[str, Json]) -> Report:
    order = (Ref("id", required(told.get("order_id"), "order_id")),)
    return _refund_of(delivery, told, order, None)


def _refunds_within(delivery: Delivery, told: dict[str, Json]) -> list[Report]:
    """The refunds that an order lists; each is the one that its own webhook tells."""
    code, order = currency_of_order(delivery, told), (Ref("id", required(told.get("id"), "id")),)
    found = [_refund_of(delivery, each, order, code) for each in items(told.get("refunds"))]
    return [each for each in found if isinstance(each, Refund)]


def _refund_of(delivery: Delivery, told: dict[str, Json], order: tuple[Ref, ...], code: str | None) -> Report:
    amount, currency = shopify_refund(delivery, told, code)
    if amount == 0:
        return Ignored("status")
    return Refund(
        order,
        required(told.get("id"), "id"),
        amount,
        currency,
        delivery.at(moment(told.get("processed_at")), moment(told.get("created_at"))),
        reason=text(told.get("note")),
    )
