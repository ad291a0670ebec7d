"""Events in the shape of GA4's measurement protocol."""

from datetime import datetime
from decimal import Decimal

from service.conversions.reports import (
    Buyer,
    Cancellation,
    Ignored,
    Line,
    Order,
    Quarantined,
    Ref,
    Refund,
    Report,
)
from service.conversions.shops import amounts
from service.conversions.shops.amounts import Unreadable
from service.conversions.shops.delivery import Delivery
from service.conversions.shops.evidence import campaign_of, clicks_in
from service.conversions.shops.outcomes import Outcome, outcome
from service.conversions.shops.parameters import is_unresolved
from service.conversions.shops.shapes import (
    Json,
    first,
    items,
    mapping,
    moment,
    number,
    parse_json,
    text,
    texts,
)

# Its own limit is 25.
_MOST_EVENTS = 100
_TOLD = frozenset(
    [
        "purchase",
        "refund",
        "generate_lead",
        "sign_up",
        "qualify_lead",
        "close_convert_lead",
        "booking",
        "reservation",
    ]
)


def read(delivery: Delivery) -> list[Report]:
    """A report for each event. Raises Unreadable."""
    body = parse_json(delivery.body)
    events = items(mapping(body).get("events"))[:_MOST_EVENTS]
    if not events:
        raise Unreadable("events", None, "missing" if isinstance(body, dict) else "shape")
    return [_guarded(delivery, body, each) for each in events]


def _guarded(delivery: Delivery, body: dict[str, Json], event: dict[str, Json]) -> Report:
    try:
        return _event(delivery, body, event)
    except Unreadable as fault:
        return Quarantined(fault.field, fault.value, fault.why)


def _event(delivery: Delivery, body: dict[str, Json], event: dict[str, Json]) -> Report:
    name, told = (text(event.get("name")) or "").lower(), mapping(event.get("params"))
    said = outcome(name, "", has_amount=told.get("value") is not None)
    if name not in _TOLD:
        return Ignored("kind")
    client, transaction = text(body.get("client_id")), text(told.get("transaction_id"))
    for field, value in (("client_id", client), ("transaction_id", transaction)):
        if value is not None and is_unresolved(value):
            raise Unreadable(field, value, "macro")
    if transaction is None and (client is None or said.kind == "sale"):
        raise Unreadable("transaction_id", None, "missing")
    refs = (
        Ref(
            "any", f"{client}/{said.kind}" if transaction is None else transaction.lstrip("#") or transaction
        ),
    )
    at = moment(event.get("timestamp_micros")) or moment(body.get("timestamp_micros"))
    code = amounts.currency_of("currency", told.get("currency"))
    amount = (
        amounts.total("value", told.get("value"), delivery.currency_or(code)) if _has_value(told) else None
    )
    if name == "refund":
        return _refund(delivery, refs, amount, code, at)
    return _order(delivery, body, told, said, refs, amount, at)


def _has_value(told: dict[str, Json]) -> bool:
    return told.get("value") not in (None, "")


def _order(
    delivery: Delivery,
    body: dict[str, Json],
    told: dict[str, Json],
    said: Outcome,
    refs: tuple[Ref, ...],
    amount: int | None,
    at: datetime | None,
) -> Order:
    code = (
        None
        if amount is None
        else delivery.currency_or(amounts.currency_of("currency", told.get("currency")))
    )
    bare = code is not None and _items_worth(told, code) == amount
    listed = items(told.get("items"))
    buyer = text(body.get("user_id"))
    return Order(
        refs=refs,
        kind=said.kind,
        amount=amount,
        currency=code,
        # Where the value is just that of its items, it holds neither tax nor shipping.
        tax_included=None if told.get("tax") is None else not bare,
        tax=None if code is None else amounts.part(told.get("tax"), code),
        shipping=None if code is None or bare else amounts.part(told.get("shipping"), code),
        lines=tuple(_line(each) for each in listed) or None,
        clicks=texts([*clicks_in([*told.items(), *body.items()]), body.get("client_id")]),
        coupons=texts([told.get("coupon"), *(each.get("coupon") for each in listed)]),
        buyer=Buyer(buyer) if buyer else None,
        campaign=campaign_of(told) or None,
        occurred_at=at,
        stated_at=at,
    )


def _items_worth(told: dict[str, Json], code: str) -> int | None:
    listed = items(told.get("items"))
    worth = [_worth(each) for each in listed]
    return amounts.parts(worth, code) if worth else None


def _worth(item: dict[str, Json]) -> Decimal:
    price, quantity = number(item.get("price")), number(item.get("quantity"))
    return (price or Decimal(0)) * (Decimal(1) if quantity is None else quantity)


def _line(item: dict[str, Json]) -> Line:
    quantity = number(item.get("quantity"))
    return Line(
        sku=text(item.get("item_id")),
        product_id=text(item.get("item_id")),
        category=first(item.get("item_category"), item.get("item_category2")),
        quantity=1.0 if quantity is None else float(quantity),
    )


def _refund(
    delivery: Delivery, refs: tuple[Ref, ...], amount: int | None, code: str | None, at: datetime | None
) -> Report:
    """Of a part where a value says so, else of all."""
    when = delivery.at(at)
    if amount is None:
        return Cancellation(refs, when)
    if amount == 0:
        return Ignored("status")
    # The same event may be sent twice; two refunds of one sum have two times.
    named = f"{refs[0].value}:{amount}" + (f":{int(at.timestamp() * 1000)}" if at is not None else "")
    return Refund(refs, named, amount, delivery.currency_or(code), when)
