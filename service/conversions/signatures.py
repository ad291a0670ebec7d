"""Is a delivery from whom it says? Every scheme of the shops and vendors, over the raw bytes.

Pure. Two secrets may be live at once (Shopify signs with the old one for up to an hour after a rotation); all
are compared, in constant time. A scheme without a timestamp can't tell a repeated delivery: the store of
deliveries does.
"""

import base64
import binascii
import hashlib
import hmac
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Literal

from msgspec import Struct

from service.conversions.shops.shapes import Json, lowered, mapping, parse_json, text

# What the libraries of Stripe and of Standard Webhooks allow a clock to be off.
TOLERANCE_S = 300

Why = Literal["no_scheme", "no_secret", "unsigned", "malformed", "mismatch", "stale"]
_PING = re.compile(rb"webhook_id=\d{1,20}")
_TIMESTAMP = re.compile(r"\d{1,12}")
# Where networks that can't sign put a shared secret.
_SECRET_PARAMETERS = ("api_secret", "secret", "security_token", "security_code", "postback_token")


class Verdict(Struct, frozen=True):
    """`valid`: signed with the live secret number `secret` of those given. `why` not: "no_scheme", nothing to
    check it by (accepted, but not verified); "no_secret", it is signed and there is no secret to check with;
    the others are refused."""

    valid: bool
    why: Why | None = None
    secret: int | None = None


class _Signed(Struct, frozen=True):
    """What was claimed: the signatures that came, and how one is made of a secret (None: not with this)."""

    claims: Sequence[str]
    make: Callable[[str], str | None]


_Found = _Signed | Why
NO_SCHEME = Verdict(False, "no_scheme")


def verify(
    kind: str,
    headers: Mapping[str, str],
    body: bytes,
    secrets: Sequence[str],
    now: datetime,
    query: Mapping[str, str] | None = None,
) -> Verdict:
    """Whether a delivery to an integration of a kind is signed with one of its live secrets.

    `kind` is an integration's, or a scheme's name (dub, phyllo, standard-webhooks, ...). A `generic` one is
    checked by the signature that it carries, else by a shared secret among the parameters. `now`: the
    database's.
    """
    named = lowered(headers)
    live = [(at, secret) for at, secret in enumerate(secrets) if secret]
    scheme = _scheme(kind, named)
    if scheme is None:
        return _shared(query or {}, live) if live else NO_SCHEME
    found = scheme(named, body, now)
    if not isinstance(found, _Signed):
        return Verdict(False, found)
    return _compare(found, live) if live else Verdict(False, "no_secret")


def is_ping(kind: str, body: bytes) -> bool:
    """Whether it is the unsigned form that WooCommerce sends when a webhook is saved: answer 200, take
    nothing from it.

    >>> is_ping("woocommerce", b"webhook_id=4"), is_ping("woocommerce", b'{"id": 4}')
    (True, False)
    """
    return kind == "woocommerce" and _PING.fullmatch(body.strip()) is not None


def handshake(query: Mapping[str, str], tokens: Sequence[str]) -> str | None:
    """What Meta's subscription is answered with: the challenge, if it knows a token of ours; else None.

    >>> handshake({"hub.mode": "subscribe", "hub.verify_token": "t", "hub.challenge": "42"}, ["t"])
    '42'
    """
    claimed = query.get("hub.verify_token", "")
    known = [_same(claimed, token) for token in tokens if token]
    if query.get("hub.mode") != "subscribe" or not any(known):
        return None
    return query.get("hub.challenge")


def crc(query: Mapping[str, str], secrets: Sequence[str]) -> str | None:
    """What X's check of a webhook is answered with: its token, signed with the newest secret.

    https://docs.x.com/x-api/webhooks/introduction

    >>> crc({"crc_token": "42"}, ["s"]), crc({}, ["s"]), crc({"crc_token": "42"}, [])
    ('sha256=lFaNUQjvfxCkcDZyQkRhvFFUDuD/+ht96pQU3KICu+A=', None, None)
    """
    token, live = query.get("crc_token"), [secret for secret in secrets if secret]
    if not token or not live:
        return None
    return f"sha256={base64.b64encode(_digest(live[0], token.encode(errors='replace'))).decode()}"


def _scheme(kind: str, headers: Mapping[str, str]) -> "_Scheme | None":
    if kind != "generic":
        return _SCHEMES.get(kind)
    return next((_SCHEMES[name] for header, name in _CARRIED if header in headers), None)


def _compare(signed: _Signed, live: Iterable[tuple[int, str]]) -> Verdict:
    matching = None
    for at, secret in live:
        made = signed.make(secret)
        # Every claim is compared with every secret, whichever fits: the time tells nothing.
        fits = [made is not None and _same(claim, made) for claim in signed.claims]
        if any(fits) and matching is None:
            matching = at
    return Verdict(False, "mismatch") if matching is None else Verdict(True, None, matching)


def _shared(query: Mapping[str, str], live: Iterable[tuple[int, str]]) -> Verdict:
    claims = [query[name] for name in _SECRET_PARAMETERS if query.get(name)]
    if not claims:
        return Verdict(False, "unsigned")
    return _compare(_Signed(claims, lambda secret: secret), live)


def _same(one: str, other: str) -> bool:
    return hmac.compare_digest(one.encode(errors="replace"), other.encode(errors="replace"))


def _digest(secret: str | bytes, message: bytes) -> bytes:
    key = secret if isinstance(secret, bytes) else secret.encode()
    return hmac.new(key, message, hashlib.sha256).digest()


def _base64(header: str, start: str = "") -> "_Scheme":
    def scheme(headers: Mapping[str, str], body: bytes, now: datetime) -> _Found:
        claim = headers.get(header, "").strip()
        if not claim:
            return "unsigned"
        if not claim.startswith(start):
            return "malformed"
        claimed = claim.removeprefix(start)
        return _Signed([claimed], lambda secret: base64.b64encode(_digest(secret, body)).decode())

    return scheme


def _hex(header: str, start: str = "") -> "_Scheme":
    def scheme(headers: Mapping[str, str], body: bytes, now: datetime) -> _Found:
        claim = headers.get(header, "").strip()
        if not claim:
            return "unsigned"
        if not claim.startswith(start):
            return "malformed"
        return _Signed([claim.removeprefix(start).lower()], lambda secret: _digest(secret, body).hex())

    return scheme


def _stripe(headers: Mapping[str, str], body: bytes, now: datetime) -> _Found:
    header = headers.get("stripe-signature")
    if not header:
        return "unsigned"
    parts = [part.strip().partition("=") for part in header.split(",")]
    times = [value for name, _, value in parts if name == "t"]
    # v0 is made of test keys and proves nothing.
    claims = [value for name, _, value in parts if name == "v1" and value]
    if len(times) != 1 or not claims or not _TIMESTAMP.fullmatch(times[0]):
        return "malformed"
    if _is_stale(times[0], now):
        return "stale"
    message = times[0].encode() + b"." + body
    return _Signed(claims, lambda secret: _digest(secret, message).hex())


def _standard(headers: Mapping[str, str], body: bytes, now: datetime) -> _Found:
    names = ("webhook-id", "webhook-timestamp", "webhook-signature")
    identity, timestamp, signatures = (headers.get(name, "").strip() for name in names)
    if not signatures:
        return "unsigned"
    claims = [
        value for version, _, value in (each.partition(",") for each in signatures.split()) if version == "v1"
    ]
    if not identity or not claims or not _TIMESTAMP.fullmatch(timestamp):
        return "malformed"
    if _is_stale(timestamp, now):
        return "stale"
    message = f"{identity}.{timestamp}.".encode() + body

    def make(secret: str) -> str | None:
        try:
            key = base64.b64decode(secret.removeprefix("whsec_"), validate=True)
        except (binascii.Error, ValueError):
            return None
        return base64.b64encode(_digest(key, message)).decode()

    return _Signed(claims, make)


def _is_stale(timestamp: str, now: datetime) -> bool:
    return abs(now.timestamp() - int(timestamp)) > TOLERANCE_S


def _ikas(headers: Mapping[str, str], body: bytes, now: datetime) -> _Found:
    """The signature stands in the body, over the decoded text of its member `data`."""
    envelope = mapping(parse_json(body))
    claim, data = envelope.get("signature"), envelope.get("data")
    if not isinstance(claim, str) or not claim:
        return "unsigned"
    if not isinstance(data, str):
        return "malformed"
    message = data.encode(errors="replace")
    return _Signed([claim.lower()], lambda secret: _digest(secret, message).hex())


def _iyzico(headers: Mapping[str, str], body: bytes, now: datetime) -> _Found:
    """Over chosen members; those of the checkout form where there is its token, else of the direct API."""
    claim = headers.get("x-iyz-signature-v3", "").strip()
    if not claim:
        return "unsigned"
    told = mapping(parse_json(body))
    if not told:
        return "malformed"
    names = _CHECKOUT if told.get("token") else _DIRECT
    values = "".join(_spelt(told.get(name)) for name in names)
    return _Signed(
        [claim.lower()], lambda secret: _digest(secret, (secret + values).encode(errors="replace")).hex()
    )


def _spelt(value: Json) -> str:
    return text(value, strip=False) or ""


_CHECKOUT = ("iyziEventType", "iyziPaymentId", "token", "paymentConversationId", "status")
_DIRECT = ("iyziEventType", "paymentId", "paymentConversationId", "status")
_Scheme = Callable[[Mapping[str, str], bytes, datetime], _Found]
_SCHEMES: dict[str, _Scheme] = {
    "shopify": _base64("x-shopify-hmac-sha256"),
    "woocommerce": _base64("x-wc-webhook-signature"),
    "ideasoft": _base64("x-ideashop-hmac-sha256"),
    "stripe": _stripe,
    "ikas": _ikas,
    "iyzico": _iyzico,
    "iyzico-v3-checkout-form": _iyzico,
    "iyzico-v3-direct": _iyzico,
    "meta": _hex("x-hub-signature-256", "sha256="),
    "phyllo": _hex("phyllo-signature"),
    "dub": _hex("dub-signature"),
    "standard-webhooks": _standard,
    "x": _base64("x-twitter-webhooks-signature", "sha256="),
}
# What a vendor without a kind of its own may sign with.
_CARRIED = (
    ("webhook-signature", "standard-webhooks"),
    ("dub-signature", "dub"),
    ("phyllo-signature", "phyllo"),
    ("stripe-signature", "stripe"),
    ("x-hub-signature-256", "meta"),
    ("x-twitter-webhooks-signature", "x"),
)
