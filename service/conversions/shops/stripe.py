"""Stripe: finished checkouts, paid invoices, refunds. Amounts are integers of the currency's smallest unit.

A subscription's first payment comes as a session and as an invoice: the invoice's id joins them. Payments and
charges by themselves are ignored, for they would be the same money once more.
"""

from collections.abc import Callable

from service.conversions.reports import Buyer, Ignored, Line, NeedsFetch, Order, Ref, Refund, Report
from service.conversions.shops import amounts
from service.conversions.shops.amounts import Unreadable
from service.conversions.shops.delivery import Delivery
from service.conversions.shops.evidence import campaign_of, clicks_in, country_of, coupons_in
from service.conversions.shops.shapes import Json, dig, first, items, mapping, moment, parse_json, text, texts

_DONE = frozenset(["paid", "no_payment_required"])
_UNDONE = frozenset(["pending", "requires_action", "failed", "canceled"])


class _Event:
    """An event's object, with what its envelope says."""

    def __init__(self, delivery: Delivery, envelope: dict[str, Json]) -> None:
        self.delivery = delivery
        self.told = mapping(dig(envelope, "data", "object"))
        self.type = (text(envelope.get("type")) or delivery.topic or "").strip().lower()
        self.created = moment(envelope.get("created"))
        live = envelope.get("livemode", self.told.get("livemode"))
        self.test = live is False
        self.currency = amounts.currency_of("currency", self.told.get("currency"))

    def amount(self, name: str, value: Json) -> int | None:
        """An amount in our minor units. Raises Unreadable."""
        return (
            None if value is None else amounts.stripe(name, value, self.delivery.currency_or(self.currency))
        )

    def part(self, value: Json) -> int | None:
        """A part of the amount; None where it is none."""
        if self.currency is None or isinstance(value, bool) or not isinstance(value, int):
            return None
        return amounts.stripe("part", value, self.currency)


def read(delivery: Delivery) -> list[Report]:
    """Checkouts, invoices, refunds and lost disputes; other events are ignored. Raises Unreadable."""
    envelope = parse_json(delivery.body)
    if not isinstance(envelope, dict):
        raise Unreadable("body", None, "shape")
    related = mapping(envelope.get("related_object"))
    if text(envelope.get("object")) == "v2.core.event" and text(related.get("id")):
        return [NeedsFetch(text(related.get("type")) or "object", text(related["id"]) or "")]
    event = _Event(delivery, envelope)
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


def _id(value: Json) -> str | None:
    """An id, also of an object that was expanded in its place."""
    return text(value) or text(dig(value, "id"))


def _session(event: _Event) -> Report:
    told = event.told
    if text(told.get("mode")) == "setup":
        return Ignored("kind")
    amount = event.amount("amount_total", told.get("amount_total"))
    known = _id(told.get("id"))
    if known is None or amount is None:
        raise Unreadable("amount_total" if known else "id", None, "missing")
    failed = event.type.endswith("async_payment_failed")
    metadata = mapping(told.get("metadata"))
    payments = texts([_id(told.get("payment_intent")), _id(told.get("invoice"))])
    return Order(
        refs=(Ref("id", known), *(Ref("payment", each) for each in payments)),
        amount=amount,
        currency=event.delivery.currency_or(event.currency),
        tax_included=True,
        tax=event.part(dig(told, "total_details", "amount_tax")),
        shipping=_shipping(event),
        shipping_tax=event.part(dig(told, "shipping_cost", "amount_tax")),
        discount=event.part(dig(told, "total_details", "amount_discount")),
        clicks=texts([told.get("client_reference_id"), *clicks_in(metadata.items())]),
        coupons=_coupons(event, metadata),
        buyer=_buyer(
            _id(told.get("customer")), dig(told, "customer_details", "email"), told.get("customer_email")
        ),
        country=country_of(
            dig(told, "shipping_details", "address", "country"),
            dig(told, "collected_information", "shipping_details", "address", "country"),
            dig(told, "customer_details", "address", "country"),
        ),
        campaign=campaign_of(metadata) or None,
        landing=_payment_link(told),
        paid=not failed and (text(told.get("payment_status")) in _DONE or event.type.endswith("succeeded")),
        test=event.test,
        occurred_at=moment(told.get("created")) or event.created,
        cancelled_at=event.delivery.at(event.created) if failed else None,
        stated_at=event.created,
    )


def _shipping(event: _Event) -> int | None:
    """With its tax where the session tells it."""
    whole = event.part(dig(event.told, "shipping_cost", "amount_total"))
    return event.part(dig(event.told, "total_details", "amount_shipping")) if whole is None else whole


def _payment_link(told: dict[str, Json]) -> dict[str, str] | None:
    known = _id(told.get("payment_link"))
    return {"payment_link": known} if known else None


def _coupons(event: _Event, metadata: dict[str, Json]) -> tuple[str, ...]:
    """Codes as people type them where they are known, else the ids."""
    aliases = event.delivery.aliases
    found: list[Json] = []
    for each in items(event.told.get("discounts")):
        promotion = each.get("promotion_code")
        coupon = _id(each.get("coupon")) or _id(dig(each, "source", "coupon"))
        known = first(dig(promotion, "code"), _id(promotion), coupon)
        found.append(aliases.get(known or "", known))
    return texts([*found, *coupons_in(metadata.items())])


def _buyer(known: str | None, *emails: Json) -> Buyer | None:
    email = first(*emails)
    return Buyer(known, email) if known or email else None


def _invoice(event: _Event) -> Report:
    told = event.told
    paid = told.get("amount_paid")
    amount = event.amount("amount_paid", told.get("total") if paid is None else paid)
    known = _id(told.get("id"))
    if known is None or amount is None:
        raise Unreadable("amount_paid" if known else "id", None, "missing")
    metadata = _invoice_metadata(told)
    return Order(
        refs=_invoice_refs(told, known),
        amount=amount,
        currency=event.delivery.currency_or(event.currency),
        tax_included=True,
        tax=_invoice_tax(event),
        shipping=event.part(dig(told, "shipping_cost", "amount_total")),
        shipping_tax=event.part(dig(told, "shipping_cost", "amount_tax")),
        lines=_invoice_lines(event),
        clicks=clicks_in(metadata.items()),
        coupons=_coupons(event, metadata),
        buyer=_buyer(_id(told.get("customer")), told.get("customer_email")),
        country=country_of(
            dig(told, "customer_shipping", "address", "country"), dig(told, "customer_address", "country")
        ),
        campaign=campaign_of(metadata) or None,
        paid=True,
        test=event.test,
        occurred_at=moment(dig(told, "status_transitions", "paid_at"))
        or moment(told.get("created"))
        or event.created,
        stated_at=event.created,
    )


def _invoice_refs(told: dict[str, Json], known: str) -> tuple[Ref, ...]:
    payments = [dig(each, "payment", "payment_intent") for each in items(dig(told, "payments", "data"))]
    others = [_id(each) for each in (told.get("payment_intent"), told.get("charge"), *payments)]
    return (
        *(Ref("payment", each) for each in texts([known, *others])),
        *(Ref("number", each) for each in texts([told.get("number")])),
    )


def _invoice_metadata(told: dict[str, Json]) -> dict[str, Json]:
    """The invoice's, over the subscription's: a renewal still knows the click of the first order."""
    older = mapping(dig(told, "subscription_details", "metadata"))
    newer = mapping(dig(told, "parent", "subscription_details", "metadata"))
    return {**older, **newer, **mapping(told.get("metadata"))}


def _invoice_tax(event: _Event) -> int | None:
    told = event.told
    if told.get("tax") is not None:
        return event.part(told["tax"])
    listed = (
        told.get("total_taxes")
        if isinstance(told.get("total_taxes"), list)
        else told.get("total_tax_amounts")
    )
    taxes = [event.part(each.get("amount")) for each in items(listed)]
    return sum(each for each in taxes if each is not None) if taxes else None


def _invoice_lines(event: _Event) -> tuple[Line, ...] | None:
    """What was billed; the nets only where Stripe tells each without tax."""
    listed = items(dig(event.told, "lines", "data"))
    return tuple(_invoice_line(event, each) for each in listed) or None


def _invoice_line(event: _Event, told: dict[str, Json]) -> Line:
    product = first(_id(dig(told, "price", "product")), dig(told, "pricing", "price_details", "product"))
    quantity = told.get("quantity")
    net = event.part(told.get("amount_excluding_tax"))
    return Line(
        sku=first(_id(told.get("price")), dig(told, "pricing", "price_details", "price")),
        product_id=product,
        quantity=float(quantity) if isinstance(quantity, int) and not isinstance(quantity, bool) else 1.0,
        net=None if told.get("discount_amounts") else net,
    )


def _payment_refs(told: dict[str, Json], *more: Json) -> tuple[Ref, ...]:
    found = texts([_id(told.get("payment_intent")), *(_id(each) for each in more), _id(told.get("invoice"))])
    if not found:
        raise Unreadable("payment_intent", None, "missing")
    return tuple(Ref("payment", each) for each in found)


def _charge_refunded(event: _Event) -> Report:
    """All that went back so far of a charge: it comes again, larger, with each refund."""
    told = event.told
    amount = event.amount("amount_refunded", told.get("amount_refunded"))
    if amount is None or amount < 0:
        raise Unreadable(
            "amount_refunded", told.get("amount_refunded"), "missing" if amount is None else "amount"
        )
    if amount == 0:
        return Ignored("status")
    refs = _payment_refs(told, told.get("id"))
    name = f"{_id(told.get('id')) or refs[0].value}:{amount}"
    currency = event.delivery.currency_or(event.currency)
    return Refund(refs, name, amount, currency, event.delivery.at(event.created), cumulative=True)


def _refund(event: _Event) -> Report:
    told = event.told
    if text(told.get("status")) in _UNDONE:
        return Ignored("status")
    return _given_back(event, told.get("created"), told.get("reason"))


def _dispute(event: _Event) -> Report:
    """A dispute that the shop has lost is money that went back."""
    if text(event.told.get("status")) != "lost":
        return Ignored("status")
    return _given_back(event, None, event.told.get("reason"))


def _given_back(event: _Event, at: Json, reason: Json) -> Report:
    told = event.told
    amount, known = event.amount("amount", told.get("amount")), _id(told.get("id"))
    if known is None or amount is None or amount <= 0:
        raise Unreadable(
            "amount" if known else "id", told.get("amount"), "missing" if amount is None else "amount"
        )
    refs = _payment_refs(told, told.get("charge"))
    currency = event.delivery.currency_or(event.currency)
    return Refund(
        refs, known, amount, currency, event.delivery.at(moment(at), event.created), reason=text(reason)
    )


_READERS: dict[str, Callable[[_Event], Report]] = {
    "checkout.session.completed": _session,
    "checkout.session.async_payment_succeeded": _session,
    "checkout.session.async_payment_failed": _session,
    "invoice.paid": _invoice,
    "invoice.payment_succeeded": _invoice,
    "charge.refunded": _charge_refunded,
    "refund.created": _refund,
    "refund.updated": _refund,
    "charge.refund.updated": _refund,
    "charge.dispute.closed": _dispute,
}
