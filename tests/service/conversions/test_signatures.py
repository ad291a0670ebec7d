"""Every scheme: its vector, one byte flipped, the old secret during and after a rotation, a stale time."""

import base64
import hashlib
import hmac
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

import pytest

from service.conversions.signatures import TOLERANCE_S, handshake, is_ping, verify

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
STAMP = str(int(NOW.timestamp()))
BODY = '{"id":7001,"note":"Fincan & kaşık – 20₺","total_price":"49.90"}'.encode()
OLD, NEW = "a first secret", "a second secret"


class Scheme(NamedTuple):
    """How a delivery of a kind is signed, as its vendor would."""

    kind: str
    headers: Callable[[str, bytes], Mapping[str, str]]
    body: Callable[[str], bytes] = lambda secret: BODY
    secret: Callable[[str], str] = lambda secret: secret


def _mac(secret: str | bytes, message: bytes) -> bytes:
    return hmac.new(
        secret if isinstance(secret, bytes) else secret.encode(), message, hashlib.sha256
    ).digest()


def _base64(header: str) -> Callable[[str, bytes], Mapping[str, str]]:
    return lambda secret, body: {header: base64.b64encode(_mac(secret, body)).decode()}


def _hex(header: str, start: str = "") -> Callable[[str, bytes], Mapping[str, str]]:
    return lambda secret, body: {header: start + _mac(secret, body).hex()}


def _stripe(secret: str, body: bytes) -> Mapping[str, str]:
    made = _mac(secret, STAMP.encode() + b"." + body).hex()
    return {"Stripe-Signature": f"t={STAMP},v1={'0' * 64},v1={made}"}


def _standard(secret: str, body: bytes) -> Mapping[str, str]:
    key = base64.b64decode(secret.removeprefix("whsec_"))
    made = base64.b64encode(_mac(key, f"msg_1.{STAMP}.".encode() + body)).decode()
    return {"webhook-id": "msg_1", "webhook-timestamp": STAMP, "webhook-signature": f"v1a,x v1,{made}"}


def _whsec(text: str) -> str:
    return "whsec_" + base64.b64encode(text.encode()).decode()


IKAS_DATA = r"{\"id\":\"a1\",\"note\":\"\u00e7ay \u20ba\"}"


def _ikas(secret: str) -> bytes:
    message = '{"id":"a1","note":"çay ₺"}'.encode()
    return f'{{"id":"w1","data":"{IKAS_DATA}","signature":"{_mac(secret, message).hex()}"}}'.encode()


def _iyzico(*values: str) -> Callable[[str, bytes], Mapping[str, str]]:
    return lambda secret, body: {
        "X-IYZ-SIGNATURE-V3": _mac(secret, "".join([secret, *values]).encode()).hex(),
    }


CHECKOUT = (
    b'{"paymentConversationId":"conv-9","status":"SUCCESS","token":"tok-1","iyziEventType":"CHECKOUT_FORM_AUTH",'
    b'"iyziPaymentId":9007199254740993,"iyziEventTime":1}'
)
DIRECT = (
    b'{"paymentConversationId":"conv-9","status":"FAILURE","paymentId":456,"iyziEventType":"PAYMENT_API",'
    b'"iyziPaymentId":457}'
)
SCHEMES = [
    Scheme("shopify", _base64("X-Shopify-Hmac-Sha256")),
    Scheme("woocommerce", _base64("X-WC-Webhook-Signature")),
    Scheme("ideasoft", _base64("X-Ideashop-Hmac-Sha256")),
    Scheme("meta", _hex("X-Hub-Signature-256", "sha256=")),
    Scheme("phyllo", _hex("Phyllo-Signature")),
    Scheme("dub", _hex("Dub-Signature")),
    Scheme("generic", _hex("Dub-Signature")),
    Scheme("stripe", _stripe),
    Scheme(
        "standard-webhooks",
        _standard,
        secret=lambda text: "whsec_" + base64.b64encode(text.encode()).decode(),
    ),
    Scheme("ikas", lambda secret, body: {}, body=_ikas),
    Scheme(
        "iyzico",
        _iyzico("CHECKOUT_FORM_AUTH", "9007199254740993", "tok-1", "conv-9", "SUCCESS"),
        body=lambda secret: CHECKOUT,
    ),
    Scheme("iyzico", _iyzico("PAYMENT_API", "456", "conv-9", "FAILURE"), body=lambda secret: DIRECT),
]
by_kind = pytest.mark.parametrize("scheme", SCHEMES, ids=lambda scheme: scheme.kind)


@by_kind
def test_the_old_secret_is_good_until_it_is_withdrawn(scheme: Scheme) -> None:
    old, new = scheme.secret(OLD), scheme.secret(NEW)
    body = scheme.body(old)
    headers = scheme.headers(old, body)
    during = verify(scheme.kind, headers, body, [new, old], NOW)
    after = verify(scheme.kind, headers, body, [new], NOW)
    assert (during.valid, during.secret) == (True, 1)
    assert (after.valid, after.why) == (False, "mismatch")


@by_kind
def test_any_flipped_byte_of_what_is_signed_is_noticed(scheme: Scheme) -> None:
    secret = scheme.secret(OLD)
    body = scheme.body(secret)
    headers = scheme.headers(secret, body)
    signed = range(len(body))
    if scheme.kind == "ikas":
        at = body.index(rb"{\"id\":\"a1")
        signed = range(at + 10, at + 12)
    elif scheme.kind == "iyzico":
        at = body.index(b"conv-9")
        signed = range(at, at + 6)
    for at in signed:
        flipped = body[:at] + bytes([body[at] ^ 1]) + body[at + 1 :]
        assert not verify(scheme.kind, headers, flipped, [secret], NOW).valid


@by_kind
def test_a_signature_that_is_missing_cut_or_made_with_nothing(scheme: Scheme) -> None:
    secret = scheme.secret(OLD)
    body = scheme.body(secret)
    headers = scheme.headers(secret, body)
    assert verify(scheme.kind, headers, body, [], NOW).valid is False
    assert verify(scheme.kind, headers, body, [""], NOW).valid is False
    for name, value in headers.items():
        assert not verify(scheme.kind, {**headers, name: value[:-3]}, body, [secret], NOW).valid
        assert not verify(scheme.kind, {**headers, name: ""}, body, [secret], NOW).valid
        assert not verify(scheme.kind, {**headers, name: "ü\u0000"}, body, [secret], NOW).valid
    assert not verify(scheme.kind, {}, b"{", [secret], NOW).valid


@pytest.mark.parametrize("kind", ["stripe", "standard-webhooks"])
@pytest.mark.parametrize(
    ("seconds", "why"), [(TOLERANCE_S, None), (TOLERANCE_S + 1, "stale"), (-TOLERANCE_S - 1, "stale")]
)
def test_a_timestamp_may_be_five_minutes_off(kind: str, seconds: int, why: str | None) -> None:
    scheme = next(each for each in SCHEMES if each.kind == kind)
    secret = scheme.secret(OLD)
    verdict = verify(kind, scheme.headers(secret, BODY), BODY, [secret], NOW + timedelta(seconds=seconds))
    assert verdict.why == why


def test_header_names_know_no_case() -> None:
    made = {name.upper(): value for name, value in _base64("x-shopify-hmac-sha256")(OLD, BODY).items()}
    assert verify("shopify", made, BODY, [OLD], NOW).valid


@pytest.mark.parametrize(
    ("kind", "query", "secrets", "why", "valid"),
    [
        ("generic", {}, [], "no_scheme", False),
        ("generic", {}, ["s1"], "unsigned", False),
        ("generic", {"secret": "s1"}, ["s2", "s1"], None, True),
        ("generic", {"secret": "s"}, ["s1"], "mismatch", False),
        ("ga4", {"api_secret": "s1", "measurement_id": "G-1"}, ["s1"], None, True),
        ("ga4", {"api_secret": "s2"}, ["s1"], "mismatch", False),
        ("ga4", {"api_secret": "s2"}, [], "no_scheme", False),
        ("unknown", {}, [], "no_scheme", False),
    ],
)
def test_a_shared_secret_stands_in_for_a_signature(
    kind: str, query: dict[str, str], secrets: list[str], why: str | None, valid: bool
) -> None:
    verdict = verify(kind, {}, BODY, secrets, NOW, query)
    assert (verdict.valid, verdict.why) == (valid, why)


def test_a_signature_without_a_secret_to_check_it_by_is_not_accepted() -> None:
    assert verify("shopify", _base64("X-Shopify-Hmac-Sha256")(OLD, BODY), BODY, [], NOW).why == "no_secret"
    assert verify("shopify", {}, BODY, [OLD], NOW).why == "unsigned"


def test_a_v0_signature_proves_nothing() -> None:
    made = _mac(OLD, STAMP.encode() + b"." + BODY).hex()
    assert not verify("stripe", {"stripe-signature": f"t={STAMP},v0={made}"}, BODY, [OLD], NOW).valid


def test_the_ping_of_a_new_webhook() -> None:
    assert is_ping("woocommerce", b"webhook_id=12")
    assert not is_ping("woocommerce", b"webhook_id=12&id=5")
    assert not is_ping("shopify", b"webhook_id=12")


@pytest.mark.parametrize(
    ("query", "tokens", "answer"),
    [
        ({"hub.mode": "subscribe", "hub.verify_token": "b", "hub.challenge": "77"}, ["a", "b"], "77"),
        ({"hub.mode": "subscribe", "hub.verify_token": "c", "hub.challenge": "77"}, ["a", "b"], None),
        ({"hub.mode": "subscribe", "hub.verify_token": "", "hub.challenge": "77"}, [""], None),
        ({"hub.mode": "unsubscribe", "hub.verify_token": "a", "hub.challenge": "77"}, ["a"], None),
        ({}, ["a"], None),
    ],
)
def test_the_handshake_of_meta(query: dict[str, str], tokens: list[str], answer: str | None) -> None:
    assert handshake(query, tokens) == answer
