"""What a delivery says about itself before it is read: its topic, what of its headers is kept, and what makes
two deliveries the same. Pure."""

import hashlib
import re
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import parse_qsl, quote_plus, unquote_to_bytes

import msgspec

from service.kit.text import is_storable

MOST_PARAMETERS = 300
_LONGEST_TOPIC = 100
_LONGEST_HEADER = 500
_TOPIC = re.compile(r"[\w./:*-]{1,100}", re.ASCII)
_TOPIC_HEADERS = {
    "shopify": ("x-shopify-topic",),
    "woocommerce": ("x-wc-webhook-topic",),
    "ideasoft": ("x-ideashop-topic", "x-ideasoft-topic", "x-webhook-topic"),
    "generic": ("x-webhook-topic", "x-event-type", "x-event-key"),
}
_TOPIC_MEMBERS = {
    "stripe": ("type",),
    "ikas": ("scope",),
    "iyzico": ("iyziEventType",),
    "meta": ("object",),
    "ideasoft": ("topic", "event"),
    "generic": ("type", "event", "topic", "scope", "name"),
}
_TOPIC_PARAMETERS = ("et", "event", "event_id", "eventtypecode", "eventtypeid", "status", "name")
# What says what a delivery is about. Anything else may be a credential, a signature or somebody's address.
_KEPT = re.compile(
    r"content-type|webhook-id|x-(shopify|wc-webhook|ideashop|ideasoft|ikas|event|webhook)-[\w-]+"
)
_SECRET = re.compile(r"hmac|signature|secret|token|auth|cookie|key")
_SECRET_PARAMETERS = frozenset(
    {"api_secret", "secret", "security_token", "security_code", "postback_token", "hub.verify_token"}
)
# The members that iyzico signs, of both of its schemes: the rest may be changed by whoever repeats it.
_IYZICO = (
    *("iyziEventType", "iyziPaymentId", "paymentId", "token", "paymentConversationId", "status"),
    "merchantId",
)


class _Member(msgspec.Struct):
    """The members of a body that name it, whatever their types."""

    type: Any = None
    scope: Any = None
    object: Any = None
    event: Any = None
    topic: Any = None
    name: Any = None
    data: Any = None
    iyziEventType: Any = None
    iyziPaymentId: Any = None
    paymentId: Any = None
    token: Any = None
    paymentConversationId: Any = None
    status: Any = None
    merchantId: Any = None


def members(body: bytes) -> dict[str, Any]:
    """What names a JSON body, by member; nothing where it is none."""
    try:
        found = msgspec.json.decode(body, type=_Member)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError, ValueError):
        return {}
    return {name: value for name, value in msgspec.structs.asdict(found).items() if value is not None}


def topic_of(
    kind: str, headers: Mapping[str, str], named: Mapping[str, Any], told: Mapping[str, str], rest: str
) -> str:
    """What a delivery is about: by its header, its body, the rest of the address, its parameters; else empty.

    >>> topic_of("shopify", {"x-shopify-topic": "orders/paid"}, {}, {}, "")
    'orders/paid'
    >>> topic_of("ideasoft", {}, {}, {}, "order/update"), topic_of("generic", {}, {}, {"et": "purchase"}, "")
    ('order/update', 'purchase')
    """
    candidates: list[Any] = [headers.get(name) for name in _TOPIC_HEADERS.get(kind, ())]
    candidates += [named.get(name) for name in _TOPIC_MEMBERS.get(kind, ())]
    candidates += [rest.strip("/")] if kind == "ideasoft" else []
    if kind == "generic":
        lowered = {name.lower(): value for name, value in told.items()}
        candidates += [lowered.get(name) for name in _TOPIC_PARAMETERS]
    return next((each for each in candidates if isinstance(each, str) and _TOPIC.fullmatch(each)), "")


def kept_headers(headers: Iterable[tuple[bytes, bytes]]) -> dict[str, str]:
    """The headers that are stored: what a delivery is about, and no credential.

    >>> kept_headers([(b"X-Shopify-Topic", b"orders/paid"), (b"x-shopify-hmac-sha256", b"x")])
    {'x-shopify-topic': 'orders/paid'}
    """
    found = {}
    for raw, value in headers:
        name = raw.decode("latin-1").lower()
        text = value.decode("latin-1")
        if _KEPT.fullmatch(name) and not _SECRET.search(name) and is_storable(text):
            found[name] = text[:_LONGEST_HEADER]
    return found


def parameters(query: bytes | str) -> dict[str, str]:
    """The parameters of a query or a form, the first of each name, decoded as UTF-8 wherever it is any.

    >>> parameters("cid=a&txid=1001&cid=b")
    {'cid': 'a', 'txid': '1001'}
    """
    text = query.decode("utf-8", "replace") if isinstance(query, bytes) else query
    try:
        pairs = parse_qsl(text, keep_blank_values=True, max_num_fields=MOST_PARAMETERS, errors="replace")
    except ValueError:
        return {}
    found: dict[str, str] = {}
    for name, value in pairs:
        found.setdefault(name, value)
    return found


def is_form(headers: Mapping[str, str]) -> bool:
    """Whether a body says that it is a form."""
    kind = headers.get("content-type", "").partition(";")[0].strip().lower()
    return kind == "application/x-www-form-urlencoded"


def without_secrets(query: str, secrets: Iterable[str]) -> str:
    """The query, or form, without its parameters that hold a secret: it is stored and shown.

    >>> without_secrets("cid=a&s=s3cret&api_secret=x", ["s3cret"])
    'cid=a&s=-&api_secret=-'
    """
    known = set(secrets)
    pieces = []
    for piece in query.split("&"):
        name, mark, value = piece.partition("=")
        plain = unquote_to_bytes(value.replace("+", " ")).decode("utf-8", "replace")
        hidden = plain in known or name.lower() in _SECRET_PARAMETERS
        pieces.append(f"{name}{mark}-" if hidden and mark else piece)
    return "&".join(pieces)


def printable(query: bytes) -> str:
    """A query as ASCII: what stands in it unencoded is encoded."""
    return "".join(chr(byte) if 0x20 < byte < 0x7F else f"%{byte:02X}" for byte in query)


def identity(
    kind: str,
    topic: str,
    headers: Mapping[str, str],
    named: Mapping[str, Any],
    place: str,
    body: bytes,
) -> bytes:
    """32 bytes that two deliveries of the same thing share.

    Made of what is signed: an id in an unsigned header would let whoever repeats a delivery give it another
    one, and a sender that tries again sends the same bytes. `place`: method, rest of the address and query.
    """
    parts = [kind.encode(), topic.encode(), place.encode("utf-8", "replace")]
    if kind == "ikas" and isinstance(named.get("data"), str):
        parts = [kind.encode(), topic.encode(), str(named["data"]).encode("utf-8", "replace")]
    elif kind == "iyzico" and named.get("iyziEventType"):
        parts = [kind.encode(), *(quote_plus(str(named.get(name))).encode() for name in _IYZICO)]
    else:
        parts += [headers.get("webhook-id", "").encode("utf-8", "replace"), body]
    digest = hashlib.sha256()
    for part in parts:
        digest.update(len(part).to_bytes(8, "big") + part)
    return digest.digest()
