"""An invoice that was paid: the first of a subscription, or a renewal."""

from service.conversions.reports import Line, Order, Ref, Report
from service.conversions.shops.amounts import Unreadable
from service.conversions.shops.evidence import campaign_of, clicks_in, country_of
from service.conversions.shops.shapes import Json, dig, first, items, mapping, moment, texts
from service.conversions.shops.stripe.events import Event, buyer_of, coupons_of, id_of


def invoice(event: Event) -> Report:
    """The order of a paid invoice. Raises Unreadable."""
    told = event.told
    paid = told.get("amount_paid")
    amount = event.amount("amount_paid", told.get("total") if paid is None else paid)
    known = id_of(told.get("id"))
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
        coupons=coupons_of(event, metadata),
        buyer=buyer_of(id_of(told.get("customer")), told.get("customer_email")),
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
    others = [id_of(each) for each in (told.get("payment_intent"), told.get("charge"), *payments)]
    return (
        *(Ref("payment", each) for each in texts([known, *others])),
        *(Ref("number", each) for each in texts([told.get("number")])),
    )


def _invoice_metadata(told: dict[str, Json]) -> dict[str, Json]:
    """The invoice's, over the subscription's: a renewal still knows the click of the first order."""
    older = mapping(dig(told, "subscription_details", "metadata"))
    newer = mapping(dig(told, "parent", "subscription_details", "metadata"))
    return {**older, **newer, **mapping(told.get("metadata"))}


def _invoice_tax(event: Event) -> int | None:
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


def _invoice_lines(event: Event) -> tuple[Line, ...] | None:
    """What was billed; the nets only where Stripe tells each without tax."""
    listed = items(dig(event.told, "lines", "data"))
    return tuple(_invoice_line(event, each) for each in listed) or None


def _invoice_line(event: Event, told: dict[str, Json]) -> Line:
    product = first(id_of(dig(told, "price", "product")), dig(told, "pricing", "price_details", "product"))
    quantity = told.get("quantity")
    net = event.part(told.get("amount_excluding_tax"))
    return Line(
        sku=first(id_of(told.get("price")), dig(told, "pricing", "price_details", "price")),
        product_id=product,
        quantity=float(quantity) if isinstance(quantity, int) and not isinstance(quantity, bool) else 1.0,
        net=None if told.get("discount_amounts") else net,
    )
