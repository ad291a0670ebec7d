"""Stripe: finished checkouts, paid invoices, refunds. Amounts are integers of the currency's smallest unit.

A subscription's first payment comes as a session and as an invoice: the invoice's id joins them. Payments and
charges by themselves are ignored, for they would be the same money once more.
"""

from collections.abc import Callable

from service.conversions.reports import Ignored, NeedsFetch, Report
from service.conversions.shops.amounts import Unreadable
from service.conversions.shops.delivery import Delivery
from service.conversions.shops.shapes import dig, items, mapping, parse_json, text, texts
from service.conversions.shops.stripe.checkouts import session
from service.conversions.shops.stripe.events import Event
from service.conversions.shops.stripe.invoices import invoice
from service.conversions.shops.stripe.refunds import charge_refunded, dispute, refund


def read(delivery: Delivery) -> list[Report]:
    """Checkouts, invoices, refunds and lost disputes; other events are ignored. Raises Unreadable."""
    envelope = parse_json(delivery.body)
    if not isinstance(envelope, dict):
        raise Unreadable("body", None, "shape")
    related = mapping(envelope.get("related_object"))
    if text(envelope.get("object")) == "v2.core.event" and text(related.get("id")):
        return [NeedsFetch(text(related.get("type")) or "object", text(related["id"]) or "")]
    event = Event(delivery, envelope)
    reader = _READERS.get(event.type)
    return [Ignored("topic")] if reader is None else [reader(event)]


def learned(body: bytes) -> dict[str, str]:
    """What an event teaches of codes, which sessions name by id only: a promotion code's id -> its text.

    >>> learned(b'{"data": {"object": {"object": "promotion_code", "id": "promo_1", "code": "AYSE10"}}}')
    {'promo_1': 'AYSE10'}
    """
    told = mapping(dig(parse_json(body), "data", "object"))
    known, code = text(told.get("id")), text(told.get("code"))
    if text(told.get("object")) != "promotion_code" or known is None or code is None:
        return {}
    return {known: code}


def promotions(body: bytes) -> list[str]:
    """The ids of the promotion codes and coupons that were used in a checkout or an invoice.

    >>> promotions(b'{"data": {"object": {"discounts": [{"coupon": null, "promotion_code": "promo_1"}]}}}')
    ['promo_1']
    """
    told = mapping(dig(parse_json(body), "data", "object"))
    named = [each.get(name) for each in items(told.get("discounts")) for name in ("promotion_code", "coupon")]
    return list(texts(named))


_READERS: dict[str, Callable[[Event], Report]] = {
    "checkout.session.completed": session,
    "checkout.session.async_payment_succeeded": session,
    "checkout.session.async_payment_failed": session,
    "invoice.paid": invoice,
    "invoice.payment_succeeded": invoice,
    "charge.refunded": charge_refunded,
    "refund.created": refund,
    "refund.updated": refund,
    "charge.refund.updated": refund,
    "charge.dispute.closed": dispute,
}
