"""iyzico: payments without amounts, of orders that somebody else tells."""

from service.conversions.reports import Ignored, NeedsFetch, Payment, Ref, Report
from service.conversions.shops.amounts import Unreadable
from service.conversions.shops.delivery import Delivery
from service.conversions.shops.shapes import first, moment, parse_json, text, texts

_ENDED = {"success": True, "failure": False}


def read(delivery: Delivery) -> list[Report]:
    """Whether a payment succeeded. Steps on the way are ignored. Raises Unreadable."""
    told = parse_json(delivery.body)
    if not isinstance(told, dict):
        raise Unreadable("body", None, "shape")
    kind, status = (text(told.get("iyziEventType")) or "").upper(), (text(told.get("status")) or "").lower()
    payment = first(told.get("iyziPaymentId"), told.get("paymentId"))
    if not kind or status not in _ENDED:
        return [Ignored("status" if kind else "topic")]
    if "REFUND" in kind or "CANCEL" in kind:
        # How much went back is not in it.
        return [NeedsFetch("payment", payment or "")] if _ENDED[status] and payment else [Ignored("status")]
    names = texts([told.get("paymentConversationId")])
    payments = texts([payment])
    if not names and not payments:
        raise Unreadable("paymentConversationId", None, "missing")
    refs = (*(Ref("any", each) for each in names), *(Ref("payment", each) for each in payments))
    at = delivery.at(moment(told.get("iyziEventTime")))
    return [Payment(refs, payment or names[0], _ENDED[status], at)]
