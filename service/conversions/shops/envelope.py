"""What a delivery says of itself, before it is read: topic, its own id, the shop, and whether it is a test.

An event's id stands in what nobody signs (a header, the envelope around the data), so a delivery is known
again by its id and by what is signed: a taken id can't keep another delivery out.
"""

import hashlib
from collections.abc import Callable, Mapping

from msgspec import Struct

from service.conversions.shops.evidence import host_of
from service.conversions.shops.shapes import Json, dig, first, flag, lowered, mapping, parse_json, text

_SIGNED_BY_IYZICO = (
    "iyziEventType",
    "iyziPaymentId",
    "paymentId",
    "token",
    "paymentConversationId",
    "status",
)


class Envelope(Struct, frozen=True):
    """`topic`, `event_id` (the sender's) and `shop` are None where nothing names them. `dedupe_key`: the same
    for deliveries of the same thing."""

    topic: str | None
    event_id: str | None
    dedupe_key: str
    shop: str | None = None
    is_test: bool = False


class _Raw(Struct, frozen=True):
    headers: dict[str, str]
    body: bytes
    query: Mapping[str, str]

    def header(self, name: str) -> str | None:
        return text(self.headers.get(name))

    def json(self) -> dict[str, Json]:
        return mapping(parse_json(self.body))


def envelope(kind: str, headers: Mapping[str, str], body: bytes, query: Mapping[str, str]) -> Envelope:
    """The envelope of a delivery of any kind; never raises.

    >>> said = envelope("stripe", {}, b'{"id": "evt_1", "type": "invoice.paid", "livemode": false}', {})
    >>> said.topic, said.event_id, said.is_test
    ('invoice.paid', 'evt_1', True)
    """
    raw = _Raw(lowered(headers), body, query)
    return _KINDS.get(kind, _other)(raw)


def _key(raw: _Raw, event_id: str | None, *signed: str) -> str:
    """Of the event's id and of what is signed: the whole delivery, unless the parts are given."""
    told = signed or (repr(sorted(raw.query.items())), raw.body.decode("utf-8", errors="backslashreplace"))
    parts = "\x00".join([event_id or "", *told])
    return hashlib.sha256(parts.encode("utf-8", errors="backslashreplace")).hexdigest()


def _shopify(raw: _Raw) -> Envelope:
    event = raw.header("x-shopify-webhook-id")
    test = flag(raw.header("x-shopify-test")) is True
    shop = raw.header("x-shopify-shop-domain")
    return Envelope(raw.header("x-shopify-topic"), event, _key(raw, event), shop, test)


def _woocommerce(raw: _Raw) -> Envelope:
    event = raw.header("x-wc-webhook-delivery-id")
    shop = host_of(raw.header("x-wc-webhook-source"))
    return Envelope(raw.header("x-wc-webhook-topic"), event, _key(raw, event), shop)


def _stripe(raw: _Raw) -> Envelope:
    told = raw.json()
    event = text(told.get("id"))
    live = told.get("livemode", dig(told, "data", "object", "livemode"))
    # Signed as a whole: the id is enough, however the rest is spelt when it is sent again.
    key = _key(raw, event, "") if event else _key(raw, None)
    return Envelope(text(told.get("type")), event, key, text(told.get("account")), live is False)


def _ikas(raw: _Raw) -> Envelope:
    told = raw.json()
    event, data = text(told.get("id")), told.get("data")
    key = _key(raw, event, data) if isinstance(data, str) else _key(raw, event)
    return Envelope(text(told.get("scope")), event, key, text(told.get("merchantId")))


def _ideasoft(raw: _Raw) -> Envelope:
    named = (raw.header(name) for name in ("x-ideashop-topic", "x-ideasoft-topic", "x-webhook-topic"))
    return Envelope(first(raw.query.get("topic"), *named), None, _key(raw, None))


def _iyzico(raw: _Raw) -> Envelope:
    told = raw.json()
    signed = [text(told.get(name)) or "" for name in _SIGNED_BY_IYZICO]
    # Reference and time are not signed: whoever repeats a delivery may change them.
    key = _key(raw, None, *signed) if any(signed) else _key(raw, None)
    return Envelope(
        text(told.get("iyziEventType")),
        text(told.get("iyziReferenceCode")),
        key,
        text(told.get("merchantId")),
    )


def _ga4(raw: _Raw) -> Envelope:
    events = raw.json().get("events")
    names = [text(dig(each, "name")) for each in events[:25]] if isinstance(events, list) else []
    return Envelope(",".join(dict.fromkeys(each for each in names if each)) or None, None, _key(raw, None))


def _meta(raw: _Raw) -> Envelope:
    return Envelope(text(raw.json().get("object")), None, _key(raw, None))


def _other(raw: _Raw) -> Envelope:
    told = raw.json()
    topic = first(raw.query.get("topic"), told.get("event"), told.get("type"), told.get("scope"))
    event = raw.header("webhook-id")
    return Envelope(topic, event, _key(raw, event))


_KINDS: dict[str, Callable[[_Raw], Envelope]] = {
    "shopify": _shopify,
    "woocommerce": _woocommerce,
    "stripe": _stripe,
    "ikas": _ikas,
    "ideasoft": _ideasoft,
    "iyzico": _iyzico,
    "ga4": _ga4,
    "meta": _meta,
}
