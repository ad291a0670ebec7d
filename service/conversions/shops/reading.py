"""A delivery of any kind, as reports. Never raises: what can't be used is quarantined."""

from collections.abc import Callable, Mapping
from datetime import datetime

from service.conversions.reports import Ignored, Quarantined, Report
from service.conversions.shops import ga4, generic, ideasoft, ikas, iyzico, shopify, stripe, woocommerce
from service.conversions.shops.amounts import Unreadable
from service.conversions.shops.delivery import Delivery
from service.conversions.shops.shapes import lowered

_READERS: dict[str, Callable[[Delivery], list[Report]]] = {
    "shopify": shopify.read,
    "woocommerce": woocommerce.read,
    "stripe": stripe.read,
    "ikas": ikas.read,
    "ideasoft": ideasoft.read,
    "iyzico": iyzico.read,
    "ga4": ga4.read,
    "generic": generic.read,
}


def read(
    kind: str,
    topic: str | None,
    headers: Mapping[str, str],
    body: bytes,
    aliases: Mapping[str, str],
    query: Mapping[str, str],
    *,
    currency: str | None = None,
    received_at: datetime | None = None,
) -> list[Report]:
    """What a delivery tells: at least one report.

    `topic` None: the headers or the body name it. `aliases` (generic): our name of a meaning -> the sender's
    parameter, or `=` and a constant. `currency` (the workspace's): of amounts that come without one.
    `received_at`: the time of a refund or a cancellation that doesn't say when.
    """
    delivery = Delivery(topic, lowered(headers), body, aliases, query, currency, received_at)
    reader = _READERS.get(kind)
    if reader is None:
        return [Ignored("kind")]
    try:
        return reader(delivery)
    except Unreadable as fault:
        return [Quarantined(fault.field, fault.value, fault.why)]
    except (ArithmeticError, ValueError):
        return [Quarantined("body", "", "shape")]
