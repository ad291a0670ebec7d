"""A checkout that was finished, paid or not yet."""

from service.conversions.reports import Ignored, Order, Ref, Report
from service.conversions.shops.amounts import Unreadable
from service.conversions.shops.evidence import campaign_of, clicks_in, country_of
from service.conversions.shops.shapes import Json, dig, mapping, moment, text, texts
from service.conversions.shops.stripe.events import Event, buyer_of, coupons_of, id_of

_DONE = frozenset(["paid", "no_payment_required"])


def session(event: Event) -> Report:
    """The order of a checkout session. Raises Unreadable."""
    told = event.told
    if text(told.get("mode")) == "setup":
        return Ignored("kind")
    amount = event.amount("amount_total", told.get("amount_total"))
    known = id_of(told.get("id"))
    if known is None or amount is None:
        raise Unreadable("amount_total" if known else "id", None, "missing")
    failed = event.type.endswith("async_payment_failed")
    metadata = mapping(told.get("metadata"))
    payments = texts([id_of(told.get("payment_intent")), id_of(told.get("invoice"))])
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
        coupons=coupons_of(event, metadata),
        buyer=buyer_of(
            id_of(told.get("customer")), dig(told, "customer_details", "email"), told.get("customer_email")
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


def _shipping(event: Event) -> int | None:
    """With its tax where the session tells it."""
    whole = event.part(dig(event.told, "shipping_cost", "amount_total"))
    return event.part(dig(event.told, "total_details", "amount_shipping")) if whole is None else whole


def _payment_link(told: dict[str, Json]) -> dict[str, str] | None:
    known = id_of(told.get("payment_link"))
    return {"payment_link": known} if known else None
