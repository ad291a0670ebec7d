"""IdeaSoft: orders, of which an update carries only what has changed. A coupon's code is never among it."""

from datetime import datetime
from zoneinfo import ZoneInfo

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
from service.conversions.shops.evidence import arrival, country_of, host_of
from service.conversions.shops.shapes import Json, dig, first, items, moment, number, parse_json, text, texts

_ZONE = ZoneInfo("Europe/Istanbul")
# The numbers stand in clients of its older API.
_STATES = (
    "deleted waiting_for_approval approved fulfilled cancelled delivered on_accumulation waiting_for_payment"
    " being_prepared refunded"
)
_NUMBERED = dict(enumerate(_STATES.split()))
_OFF = frozenset(["cancelled", "canceled", "deleted"])
_PAID = frozenset(["success", "successful", "succeeded", "paid", "approved", "completed"])
_OF_ORDERS = (
    "finalAmount generalAmount orderItems paymentStatus customerEmail customerFirstname shippingAmount"
    " couponDiscount promotionDiscount installment shippingTrackingCode shippingProviderCode paymentTypeName"
)
_ONLY_ORDERS = frozenset(_OF_ORDERS.split())
_BARE = frozenset(["id", "status", "updatedAt", "createdAt", "errorMessage", "hasUserNote", "transactionId"])


def read(delivery: Delivery) -> list[Report]:
    """Orders; of requests for a refund that there is one; other topics are ignored. Raises Unreadable."""
    told = parse_json(delivery.body)
    if not isinstance(told, dict):
        raise Unreadable("body", None, "shape")
    topic = _topic(delivery, told)
    if topic == "order/delete":
        return [Cancellation(_refs(told)[:1], delivery.at(_moment(told, "updatedAt")))]
    if topic in ("order_refund_request/create", "order_refund_request/update"):
        return [NeedsFetch("order_refund_request", required(told.get("id"), "id"))]
    if topic == "unknown":
        return [NeedsFetch("object", required(told.get("id"), "id"))]
    if topic not in ("order/create", "order/update"):
        return [Ignored("topic")]
    return _order(delivery, told)


def _topic(delivery: Delivery, told: dict[str, Json]) -> str:
    """The topic where the address or a header names it, else what the fields can only be of."""
    headers = (delivery.header(name) for name in ("x-ideashop-topic", "x-ideasoft-topic", "x-webhook-topic"))
    named = first(delivery.topic, delivery.query.get("topic"), *headers)
    if named:
        return named.lower()
    if _ONLY_ORDERS & told.keys():
        return "order/update"
    if {"code", "fee"} <= told.keys():
        return "order_refund_request/update"
    return "unknown" if "id" in told and told.keys() <= _BARE and "status" in told else ""


def _refs(told: dict[str, Json]) -> tuple[Ref, ...]:
    return (
        Ref("id", required(told.get("id"), "id")),
        *(Ref("payment", each) for each in texts([told.get("transactionId")])),
    )


def _moment(told: dict[str, Json], name: str) -> datetime | None:
    return moment(told.get(name), _ZONE)


def _stated(delivery: Delivery, told: dict[str, Json]) -> datetime | None:
    """When this became so. An update that doesn't say it is later than the order all the same."""
    since = "createdAt" if "createdAt" in told else "updatedAt"
    return _moment(told, "updatedAt") or _moment(told, since) or delivery.received_at


def _order(delivery: Delivery, told: dict[str, Json]) -> list[Report]:
    status, stated = _status(told.get("status")), _stated(delivery, told)
    money = _Money(delivery, told)
    came = arrival(told.get("referrer"))
    order = Order(
        refs=_refs(told),
        amount=money.total(),
        currency=money.code,
        tax_included=True if told.get("taxAmount") is not None else None,
        tax=money.sum("taxAmount", "totalCustomTaxAmount"),
        shipping=money.sum("shippingAmount"),
        fees=money.sum("additionalServiceAmount"),
        discount=money.sum("couponDiscount", "promotionDiscount"),
        lines=_lines(told),
        clicks=came.clicks,
        buyer=_buyer(told),
        country=country_of(
            dig(told, "shippingAddress", "country", "code"), dig(told, "shippingAddress", "countryCode")
        ),
        referrer=host_of(told.get("referrer")),
        campaign=came.campaign or None,
        landing=came.landing or None,
        paid=_paid(told),
        occurred_at=_moment(told, "createdAt"),
        delivered_at=delivery.at(stated) if status == "delivered" else None,
        cancelled_at=delivery.at(stated) if status in _OFF else None,
        stated_at=stated,
    )
    found: list[Report] = [order]
    if status == "refunded":
        found.append(_refunded(order, required(told.get("id"), "id"), delivery.at(stated)))
    if (number(told.get("couponDiscount")) or 0) > 0:
        found.append(NeedsFetch("order", required(told.get("id"), "id")))
    return found


class _Money:
    """The amounts of an order, in its currency or the delivery's: an update may name none."""

    def __init__(self, delivery: Delivery, told: dict[str, Json]) -> None:
        self._told = told
        self._code = amounts.currency_of("currency", told.get("currency")) or delivery.currency
        self.code = self._code if self._any() else amounts.currency_of("currency", told.get("currency"))
        if self.code is None and self._any():
            raise Unreadable("currency", None, "currency")

    def _any(self) -> bool:
        return any(
            name.endswith("Amount") or name.endswith("Discount") or name == "amount" for name in self._told
        )

    def total(self) -> int | None:
        """What the buyer paid: the goods with tax, shipping and services."""
        if self.code is None:
            return None
        names = ("finalAmount", "generalAmount", "amount") if "createdAt" in self._told else ("finalAmount",)
        name = next((each for each in names if self._told.get(each) is not None), None)
        return None if name is None else amounts.total(name, self._told[name], self.code)

    def sum(self, *names: str) -> int | None:
        """The sum of what is told of these."""
        told = [self._told[name] for name in names if number(self._told.get(name)) is not None]
        return amounts.parts(told, self.code) if told and self.code is not None else None


def _status(value: Json) -> str:
    found = text(value) or ""
    return _NUMBERED.get(int(found), "") if found.isdigit() and len(found) < 3 else found.lower()


def _lines(told: dict[str, Json]) -> tuple[Line, ...] | None:
    """What was bought. Whether its prices hold the tax isn't said: the order's own amounts decide."""
    if not isinstance(told.get("orderItems"), list):
        return None
    return tuple(
        Line(
            sku=text(each.get("productSku")),
            product_id=first(dig(each, "product", "id"), each.get("productId")),
            quantity=float(number(each.get("productQuantity")) or 1),
        )
        for each in items(told["orderItems"])
    )


def _buyer(told: dict[str, Json]) -> Buyer | None:
    known, email = first(dig(told, "member", "id"), told.get("memberId")), text(told.get("customerEmail"))
    return Buyer(known, email) if known or email else None


def _paid(told: dict[str, Json]) -> bool | None:
    status = _status(told.get("paymentStatus"))
    if status:
        return status in _PAID
    return False if _status(told.get("status")) == "waiting_for_payment" else None


def _refunded(order: Order, known: str, at: datetime) -> Report:
    """All of it; without a sum it is taken back as a whole."""
    if not order.amount or order.currency is None:
        return Cancellation(order.refs[:1], at)
    return Refund(order.refs[:1], f"{known}:all", order.amount, order.currency, at, cumulative=True)
