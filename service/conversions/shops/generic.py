"""Postbacks of networks and trackers, by GET, form or JSON."""

from service.conversions.reports import (
    Buyer,
    Cancellation,
    ConversionKind,
    Ignored,
    Line,
    NeedsFetch,
    Order,
    Quarantined,
    Ref,
    Refund,
    Report,
)
from service.conversions.shops import amounts
from service.conversions.shops.amounts import Unreadable
from service.conversions.shops.bodies import bodies, told_by
from service.conversions.shops.delivery import Delivery
from service.conversions.shops.evidence import campaign_of, country_of, host_of
from service.conversions.shops.outcomes import Outcome, outcome
from service.conversions.shops.parameters import Parameters, is_unresolved
from service.conversions.shops.shapes import (
    Json,
    first,
    flag,
    mapping,
    moment,
    number,
    text,
    texts,
)

# One that is left as a macro says that the tracker is set up wrongly: nothing of it can be trusted.
_MUST_RESOLVE = ("click", "order", "amount", "currency", "event", "status")
_Money = tuple[str | None, int | None, tuple[Line, ...] | None]


def read(delivery: Delivery) -> list[Report]:
    """What a postback tells; of a JSON array, each of its objects. Raises Unreadable."""
    told = [told_by(delivery, each) for each in bodies(delivery)]
    return [report for each in told for report in _guarded(delivery, each)]


def _guarded(delivery: Delivery, told: dict[str, Json]) -> list[Report]:
    try:
        return _read(delivery, told)
    except Unreadable as fault:
        return [Quarantined(fault.field, fault.value, fault.why)]


def _read(delivery: Delivery, told: dict[str, Json]) -> list[Report]:
    thin = _thin(told)
    if thin is not None:
        return [thin]
    parameters = Parameters(told, delivery.aliases)
    for meaning in _MUST_RESOLVE:
        value = parameters.text(meaning)
        if value is not None and is_unresolved(value):
            raise Unreadable(meaning, value, "macro")
    said = outcome(
        parameters.renamed_event(parameters.text("event") or ""),
        parameters.text("status") or "",
        has_amount=parameters.get("amount") is not None or bool(parameters.numbered("ItemSubTotal")),
    )
    return [_report(delivery, parameters, told, said)]


def _thin(told: dict[str, Json]) -> NeedsFetch | None:
    """A hook that names a thing and tells nothing of it, as BigCommerce sends them."""
    data = mapping(told.get("data"))
    named = first(data.get("id"), data.get("orderId"), data.get("order_id"))
    if named is None or any(isinstance(value, dict | list) for value in data.values()) or len(data) > 3:
        return None
    bare = set(data) <= {"id", "type", "orderId", "order_id", "status"}
    return (
        NeedsFetch(first(data.get("type"), told.get("scope"), told.get("type"), "object") or "object", named)
        if bare
        else None
    )


def _report(delivery: Delivery, parameters: Parameters, told: dict[str, Json], said: Outcome) -> Report:
    if said.ignored is not None:
        return Ignored(said.ignored)
    click, order = parameters.text("click"), parameters.text("order")
    if click is None and order is None:
        raise Unreadable("order", None, "missing")
    refs = (_ref(order, click, said.kind),)
    occurred = moment(parameters.get("occurred"))
    if said.effect == "cancel":
        return Cancellation(refs, delivery.at(occurred))
    code, amount, lines = _money(delivery, parameters)
    if said.effect == "refund":
        return _refund(delivery, parameters, refs, amount, code)
    return Order(
        refs=refs,
        kind=said.kind,
        amount=amount,
        currency=code,
        tax=_part(parameters, "tax", code),
        shipping=_part(parameters, "shipping", code),
        discount=_part(parameters, "discount", code),
        lines=lines,
        clicks=texts([click]),
        coupons=_coupons(parameters),
        buyer=_buyer(parameters),
        country=country_of(parameters.get("country")),
        referrer=host_of(parameters.get("referrer")),
        campaign=campaign_of(told) or None,
        paid=said.paid,
        test=flag(parameters.get("test")) is True,
        occurred_at=occurred,
        stated_at=occurred,
    )


def _ref(order: str | None, click: str | None, kind: ConversionKind) -> Ref:
    """The order's name; without one, a click converts once in each kind."""
    if order is not None:
        return Ref("any", order.lstrip("#") or order)
    return Ref("any", f"{click}" if kind == "sale" else f"{click}/{kind}")


def _money(
    delivery: Delivery, parameters: Parameters
) -> tuple[str | None, int | None, tuple[Line, ...] | None]:
    told = amounts.currency_of("currency", parameters.get("currency"))
    if parameters.get("amount") is None and not parameters.numbered("ItemSubTotal"):
        return told, None, None
    code = delivery.currency_or(told)
    lines = _lines(parameters, code)
    if parameters.get("amount") is not None:
        return code, _amount(parameters, code), lines
    sums = sum(line.net or 0 for line in lines or ()) - (_part(parameters, "discount", code) or 0)
    return code, max(0, sums), lines


def _amount(parameters: Parameters, code: str) -> int | None:
    told = parameters.get("amount")
    if parameters.in_minor_units():
        return amounts.minor("amount", told)
    return amounts.marked("amount", told, code)


def _part(parameters: Parameters, meaning: str, code: str | None) -> int | None:
    value = parameters.get(meaning)
    if value is None or code is None:
        return None
    try:
        return amounts.marked(meaning, value, code)
    except Unreadable:
        # It only informs: the amount is what counts.
        return None


def _lines(parameters: Parameters, code: str) -> tuple[Line, ...] | None:
    """The numbered items of impact, if there are any."""
    totals = parameters.numbered("ItemSubTotal")
    skus, quantities = parameters.numbered("ItemSku"), parameters.numbered("ItemQuantity")
    categories = parameters.numbered("ItemCategory")
    if not totals:
        return None
    return tuple(
        Line(
            sku=text(skus.get(at)),
            category=text(categories.get(at)),
            quantity=float(number(quantities.get(at)) or 1),
            net=amounts.marked(f"ItemSubTotal{at}", value, code),
        )
        for at, value in totals.items()
    )


def _coupons(parameters: Parameters) -> tuple[str, ...]:
    told = parameters.text("coupon")
    return texts([told] if told else parameters.extras()) if not (told and is_unresolved(told)) else ()


def _buyer(parameters: Parameters) -> Buyer | None:
    known, email = parameters.text("customer"), parameters.text("email")
    known, email = (None if each is None or is_unresolved(each) else each for each in (known, email))
    new = {"new": True, "existing": False, "returning": False}.get(
        (parameters.text("new_customer") or "").lower(), flag(parameters.get("new_customer"))
    )
    return Buyer(known, email, new) if known or email or new is not None else None


def _refund(
    delivery: Delivery, parameters: Parameters, refs: tuple[Ref, ...], amount: int | None, code: str | None
) -> Report:
    at = delivery.at(moment(parameters.get("occurred")))
    if amount is None or code is None:
        # A network that takes a conversion back without a sum takes all of it.
        return Cancellation(refs, at)
    return Refund(refs, f"{refs[0].value}:{amount}", amount, code, at, cumulative=False)
