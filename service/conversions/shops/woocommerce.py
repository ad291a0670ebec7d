"""WooCommerce: orders of the REST API, as its webhooks send them.

Times are read from the fields whose names end in `_gmt`: the others are in the shop's own zone, without
saying so. There is no topic for refunds: an order lists them, with negative totals.
"""

from datetime import datetime, timedelta

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
from service.conversions.shops.delivery import Delivery, required
from service.conversions.shops.evidence import arrival, campaign_of, clicks_in, country_of, host_of
from service.conversions.shops.shapes import (
    Json,
    dig,
    items,
    moment,
    number,
    parse_json,
    text,
    texts,
)

_TRACKED = "_wc_order_attribution_"
_DRAFTS = frozenset(["draft", "auto-draft", "checkout-draft"])
_OFF = frozenset(["cancelled", "trash"])
_UNPAID = frozenset(["pending", "on-hold", "failed"])
_SETTLED = frozenset(["completed", "refunded"])
_ORDERS = frozenset(["order.created", "order.updated", "order.restored"])
# A payment that is made at once belongs to the moment of the order; a transfer days later doesn't.
_AT_ONCE = timedelta(hours=1)


def read(delivery: Delivery) -> list[Report]:
    """Orders with their refunds; other topics are ignored. Raises Unreadable."""
    body = parse_json(delivery.body)
    if not isinstance(body, dict):
        raise Unreadable("body", None, "shape")
    told = _unwrapped(body)
    topic = _topic(delivery, told)
    if topic == "order.deleted":
        return [Cancellation((Ref("id", required(told.get("id"), "id")),), delivery.at())]
    if topic.startswith("action.") and "order" in topic and text(told.get("arg")):
        return [NeedsFetch("order", text(told["arg"]) or "")]
    if topic not in _ORDERS:
        return [Ignored("topic")]
    if _status(told) in _DRAFTS:
        return [Ignored("status")]
    order = _order(delivery, told)
    return [order, *_refunds(delivery, told, order)]


def _unwrapped(body: dict[str, Json]) -> dict[str, Json]:
    """The REST API over WordPress.com wraps what a webhook sends bare."""
    return body["data"] if isinstance(body.get("data"), dict) and "id" not in body else body


def _topic(delivery: Delivery, told: dict[str, Json]) -> str:
    named = (delivery.topic or delivery.header("x-wc-webhook-topic") or "").strip().lower()
    if named:
        return named
    return "order.updated" if "line_items" in told and "order_key" in told else ""


def _status(told: dict[str, Json]) -> str:
    return (text(told.get("status")) or "").lower().removeprefix("wc-")


def _order(delivery: Delivery, told: dict[str, Json]) -> Order:
    code = delivery.currency_or(amounts.currency_of("currency", told.get("currency")))
    meta = [(each.get("key"), each.get("value")) for each in items(told.get("meta_data"))]
    tracked = {str(key): value for key, value in meta}
    came = arrival(tracked.get(_TRACKED + "session_entry"))
    stated = moment(told.get("date_modified_gmt"))
    return Order(
        refs=_refs(told),
        amount=amounts.total("total", told.get("total"), code),
        currency=code,
        tax_included=True,
        tax=amounts.part(told.get("total_tax"), code),
        shipping=_shipping(told, code),
        shipping_tax=amounts.part(told.get("shipping_tax"), code),
        fees=_fees(told, code),
        discount=amounts.part(told.get("discount_total"), code),
        lines=_lines(told, code),
        clicks=texts([*clicks_in(meta), *came.clicks]),
        coupons=texts(each.get("code") for each in items(told.get("coupon_lines"))),
        buyer=_buyer(told),
        country=country_of(dig(told, "shipping", "country"), dig(told, "billing", "country")),
        referrer=host_of(tracked.get(_TRACKED + "referrer")),
        campaign=came.campaign | campaign_of(tracked, _TRACKED + "utm_") or None,
        landing=came.landing or None,
        paid=_paid(told),
        occurred_at=_occurred(told),
        cancelled_at=delivery.at(stated) if _status(told) in _OFF else None,
        stated_at=stated,
    )


def _refs(told: dict[str, Json]) -> tuple[Ref, ...]:
    return (
        Ref("id", required(told.get("id"), "id")),
        *(Ref("number", each) for each in texts([(text(told.get("number")) or "").lstrip("#")])),
        *(Ref("token", each) for each in texts([told.get("order_key")])),
        *(Ref("payment", each) for each in texts([told.get("transaction_id")])),
    )


def _shipping(told: dict[str, Json], code: str) -> int | None:
    """With its tax; the shop's own figure is without."""
    shipping = amounts.part(told.get("shipping_total"), code)
    return None if shipping is None else shipping + (amounts.part(told.get("shipping_tax"), code) or 0)


def _fees(told: dict[str, Json], code: str) -> int | None:
    """Fees that were charged. Negative ones are discounts, which the total has lost already."""
    if not isinstance(told.get("fee_lines"), list):
        return None
    charged = [amounts.part(each.get("total"), code) or 0 for each in items(told["fee_lines"])]
    return sum(fee for fee in charged if fee > 0)


def _lines(told: dict[str, Json], code: str) -> tuple[Line, ...] | None:
    if not isinstance(told.get("line_items"), list):
        return None
    return tuple(_line(each, code) for each in items(told["line_items"]))


def _line(told: dict[str, Json], code: str) -> Line:
    quantity, before = number(told.get("quantity")), number(told.get("subtotal"))
    after = number(told.get("total"))
    return Line(
        sku=text(told.get("sku")),
        product_id=text(told.get("product_id")),
        quantity=1.0 if quantity is None else float(quantity),
        net=amounts.part(told.get("total"), code),
        tax=amounts.part(told.get("total_tax"), code),
        discount=None if before is None or after is None else amounts.part(before - after, code),
    )


def _buyer(told: dict[str, Json]) -> Buyer | None:
    known, email = text(told.get("customer_id")), text(dig(told, "billing", "email"))
    known = None if known == "0" else known
    return Buyer(known, email) if known or email else None


def _paid(told: dict[str, Json]) -> bool | None:
    """A custom status says nothing: then the time of payment does, and where there is none at all, nobody."""
    status = _status(told)
    if status in _UNPAID or status in _SETTLED:
        return status in _SETTLED
    if "date_paid_gmt" in told or "date_paid" in told:
        return moment(told.get("date_paid_gmt")) is not None or moment(told.get("date_paid")) is not None
    return True if status == "processing" else None


def _occurred(told: dict[str, Json]) -> datetime | None:
    made, paid = moment(told.get("date_created_gmt")), moment(told.get("date_paid_gmt"))
    if made is None or (paid is not None and abs(paid - made) <= _AT_ONCE):
        return paid
    return made


def _refunds(delivery: Delivery, told: dict[str, Json], order: Order) -> list[Report]:
    code = order.currency or ""
    at = delivery.at(order.stated_at, order.occurred_at)
    listed = [_refund(each, code, order.refs[:1], at) for each in items(told.get("refunds"))]
    found: list[Report] = [each for each in listed if each is not None]
    given = sum(each.amount for each in listed if each is not None)
    if _status(told) == "refunded" and order.amount and given < order.amount:
        # Set by hand: no refund was made for it, or not of all.
        name = f"{order.refs[0].value}:all"
        found.append(Refund(order.refs[:1], name, order.amount, code, at, cumulative=True))
    return found


def _refund(told: dict[str, Json], code: str, order: tuple[Ref, ...], at: datetime) -> Refund | None:
    amount = amounts.signed("refunds.total", told.get("total"), code)
    if not amount:
        return None
    return Refund(
        order, required(told.get("id"), "id"), abs(amount), code, at, reason=text(told.get("reason"))
    )
