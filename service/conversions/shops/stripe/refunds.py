"""Money that went back: of a charge in all so far, or once."""

from service.conversions.reports import Ignored, Ref, Refund, Report
from service.conversions.shops.amounts import Unreadable
from service.conversions.shops.shapes import Json, moment, text, texts
from service.conversions.shops.stripe.events import Event, id_of

_UNDONE = frozenset(["pending", "requires_action", "failed", "canceled"])


def _payment_refs(told: dict[str, Json], *more: Json) -> tuple[Ref, ...]:
    found = texts(
        [id_of(told.get("payment_intent")), *(id_of(each) for each in more), id_of(told.get("invoice"))]
    )
    if not found:
        raise Unreadable("payment_intent", None, "missing")
    return tuple(Ref("payment", each) for each in found)


def charge_refunded(event: Event) -> Report:
    """All that went back so far of a charge: it comes again, larger, with each refund."""
    told = event.told
    amount = event.amount("amount_refunded", told.get("amount_refunded"))
    if amount is None:
        raise Unreadable("amount_refunded", None, "missing")
    if amount == 0:
        return Ignored("status")
    refs = _payment_refs(told, told.get("id"))
    name = f"{id_of(told.get('id')) or refs[0].value}:{amount}"
    currency = event.delivery.currency_or(event.currency)
    return Refund(refs, name, amount, currency, event.delivery.at(event.created), cumulative=True)


def refund(event: Event) -> Report:
    """A single refund, once the money is on its way. Raises Unreadable."""
    told = event.told
    if text(told.get("status")) in _UNDONE:
        return Ignored("status")
    return _given_back(event, told.get("created"), told.get("reason"))


def dispute(event: Event) -> Report:
    """A dispute that the shop has lost is money that went back."""
    if text(event.told.get("status")) != "lost":
        return Ignored("status")
    return _given_back(event, None, event.told.get("reason"))


def _given_back(event: Event, at: Json, reason: Json) -> Report:
    told = event.told
    amount, known = event.amount("amount", told.get("amount")), id_of(told.get("id"))
    if known is None or amount is None:
        raise Unreadable("amount" if known else "id", None, "missing")
    if amount == 0:
        return Ignored("status")
    refs = _payment_refs(told, told.get("charge"))
    currency = event.delivery.currency_or(event.currency)
    return Refund(
        refs, known, amount, currency, event.delivery.at(moment(at), event.created), reason=text(reason)
    )
