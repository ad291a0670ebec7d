"""Every collected payload of shops, payment systems and networks ends as it should, and only if signed."""

import base64
import hashlib
import hmac
import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import given, settings

from service.conversions.net import net_base
from service.conversions.reports import Order, Report
from service.conversions.shops import learned, read
from service.conversions.signatures import verify
from tests.service.conversions.shops.mutating import check, mutated

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)


class Payload(NamedTuple):
    """A delivery as a shop would send it."""

    kind: str
    body: bytes
    headers: Mapping[str, str]
    query: Mapping[str, str] = {}

    def read(self) -> list[Report]:
        return read(self.kind, None, self.headers, self.body, {}, self.query, currency="TRY", received_at=NOW)


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode()


def load(folder: Path, name: str) -> Payload:
    """A file of the collection, in the shape of a delivery; `#` chooses a part of it."""
    path, _, part = name.partition("#")
    kind = path.split("/")[0]
    if kind == "postback" and path.endswith(".txt"):
        return _postback(folder / path, int(part))
    told = json.loads((folder / path).read_bytes())
    if kind == "turkish":
        kind, _, at = part.partition("/")
        return Payload(kind, _json(told[int(at)]) if at else (folder / path).read_bytes(), {})
    if kind == "postback":
        return Payload("ga4", (folder / path).read_bytes(), {})
    if part:
        thing, _, topic = part.partition("/")
        event = {"id": "evt_1", "object": "event", "type": topic, "created": 1700000000, "livemode": True}
        return Payload(kind, _json({**event, "data": {"object": told[thing]}}), {})
    if "headers" in told:
        return Payload(kind, _json(told["body"]), told["headers"])
    if kind == "woocommerce":
        return Payload(kind, _json(told["data"]), {"x-wc-webhook-topic": "order.updated"})
    return Payload(kind, _json(told), {})


def _postback(path: Path, number: int) -> Payload:
    lines = [line for line in path.read_text().splitlines() if not line.startswith("#")]
    told = lines[number].split(None, 1)[1]
    if told.startswith("POST form "):
        return Payload("generic", told.removeprefix("POST form ").strip().encode(), {})
    return Payload("generic", b"", {}, dict(parse_qsl(urlsplit(told.strip()).query)))


def brief(report: Report) -> tuple[Any, ...]:
    """What of a report is money or evidence."""
    name = type(report).__name__
    if not isinstance(report, Order):
        kept = (
            "why",
            "field",
            "amount",
            "currency",
            "cumulative",
            "external_id",
            "payment",
            "succeeded",
            "resource",
            "id",
        )
        return (name, *(value for each in kept if (value := getattr(report, each, None)) is not None))
    net = net_base(
        amount=report.amount,
        tax=report.tax,
        tax_included=report.tax_included,
        shipping=report.shipping,
        shipping_tax=report.shipping_tax,
        fees=report.fees,
        lines=report.lines,
    )
    refs = "|".join(ref.value for ref in report.refs)
    return (
        name,
        refs,
        report.amount,
        report.currency,
        net.amount,
        report.clicks,
        report.coupons,
        report.paid,
        report.test,
    )


PAYMENT = "ch_1PgafuB7WZ01zgkWXYmPNZs8"
SESSION = "cs_test_a1CagZ1XmCLIZb3ME6r06G1h8ygwbbbMw8Nqk0R86MWMT4dmCjDiUYfQDr|in_1MhUT5E0b6fckueSfPlY05Fw"
EXPECTED: dict[str, list[tuple[Any, ...]]] = {
    "shopify/hookdeck-2024-10-discounts.create.json": [("Ignored", "topic")],
    "shopify/hookdeck-2024-10-discounts.redeemcode_added.json": [("Ignored", "topic")],
    "shopify/hookdeck-2024-10-orders.paid.json": [
        ("Order", "820982911946154500|9999|1234", 38800, "USD", 37800, (), (), False, True)
    ],
    "shopify/hookdeck-2024-10-refunds.create.json": [("Refund", 39800, "USD", False, "890088186047892400")],
    "shopify/shopify_python_api-discount_codes.json": [("Ignored", "topic")],
    "shopify/shopify_python_api-price_rule.json": [("Ignored", "topic")],
    "woocommerce/hookdeck-coupon.created.json": [("Ignored", "topic")],
    "woocommerce/hookdeck-coupon.deleted.json": [("Ignored", "topic")],
    "woocommerce/wc-ios-order-with-attribution-info.json": [
        (
            "Order",
            "459|459|wc_order_boLXJYDMOOhSp|pi_3MqpbEFmpgWy4Lrl0vJo4TIn",
            *(400, "USD", 1800, (), (), True, False),
        )
    ],
    "woocommerce/wc-ios-order.json": [
        ("Order", "963|963|abc123", 3120, "USD", 3000, (), ("30$off",), True, False)
    ],
    "stripe/hookdeck-2022-11-15-checkout.session.completed.json": [
        ("Order", SESSION, 0, "USD", 0, (), (), True, True)
    ],
    "stripe/openapi-fixtures-subset.json#checkout.session/checkout.session.completed": [
        ("Quarantined", "missing", "amount_total")
    ],
    "stripe/openapi-fixtures-subset.json#charge/charge.refunded": [("Ignored", "status")],
    "stripe/openapi-fixtures-subset.json#charge/charge.succeeded": [("Ignored", "topic")],
    "stripe/openapi-fixtures-subset.json#refund/refund.created": [
        ("Refund", 100, "USD", False, "re_1Pgc72B7WZ01zgkWqPvrRrPE")
    ],
    "stripe/openapi-fixtures-subset.json#invoice/invoice.paid": [
        ("Order", "in_1Pgc6tB7WZ01zgkWu9fdqL6I", 0, "USD", 0, (), (), True, False)
    ],
    "stripe/openapi-fixtures-subset.json#promotion_code/promotion_code.created": [("Ignored", "topic")],
    "stripe/openapi-fixtures-subset.json#coupon/coupon.created": [("Ignored", "topic")],
    "stripe/openapi-fixtures-subset.json#customer/customer.created": [("Ignored", "topic")],
    "stripe/openapi-fixtures-subset.json#payment_intent/payment_intent.succeeded": [("Ignored", "topic")],
    "turkish/ikas-order-created-shape.json#ikas": [
        (
            "Order",
            "b6b1f0b2-0000-4000-8000-000000000001|1042",
            120990,
            "TRY",
            97500,
            (),
            ("AYSE10",),
            True,
            False,
        )
    ],
    "turkish/iyzico-webhooks-shape.json#iyzico/0": [("Payment", "123", True)],
    "turkish/iyzico-webhooks-shape.json#iyzico/1": [("Ignored", "status")],
    "postback/ga4-mp-purchase-shape.json": [
        ("Order", "T-1001", 124990, "TRY", 100168, ("555.1700000000",), ("AYSE10",), None, False),
        ("Refund", 50000, "TRY", False, "T-1000:50000:1763719200000"),
    ],
    "postback/urls.txt#0": [
        ("Order", "1001", 12990, "TRY", 12990, ("4e8f0b0e2c5a4f",), ("AYSE10",), None, False)
    ],
    "postback/urls.txt#1": [
        ("Order", "4e8f0b0e2c5a4f", 12990, "TRY", 12990, ("4e8f0b0e2c5a4f",), (), None, False)
    ],
    "postback/urls.txt#2": [("Order", "1001", 1250, "TRY", 1250, ("wABCDEF0123456789",), (), None, False)],
    "postback/urls.txt#3": [("Order", "1001", 1250, "TRY", 1250, ("2v8k1e",), (), None, False)],
    "postback/urls.txt#4": [("Order", "1001", 1250, "TRY", 1250, ("CLICK_ID",), (), None, False)],
    "postback/urls.txt#5": [("Order", "1001", 12990, "TRY", 12990, ("QiiWXOVn",), ("AYSE10",), None, False)],
    "postback/urls.txt#6": [("Quarantined", "macro", "click")],
}


@pytest.fixture(scope="session")
def payloads(real_data: Path) -> Path:
    return real_data / "integrations"


@pytest.mark.parametrize("name", EXPECTED)
def test_a_payload_ends_as_expected(payloads: Path, name: str) -> None:
    assert [brief(each) for each in load(payloads, name).read()] == EXPECTED[name]


def test_no_payload_was_left_out(payloads: Path) -> None:
    folders = ("shopify", "woocommerce", "stripe", "turkish", "postback")
    files = {f"{each.parent.name}/{each.name}" for name in folders for each in (payloads / name).iterdir()}
    assert files - {"turkish/ideasoft-webhooks.md"} == {name.partition("#")[0] for name in EXPECTED}


def test_utm_values_and_the_referrer_are_evidence(payloads: Path) -> None:
    woo = load(payloads, "woocommerce/wc-ios-order-with-attribution-info.json").read()[0]
    ikas = load(payloads, "turkish/ikas-order-created-shape.json#ikas").read()[0]
    assert isinstance(woo, Order)
    assert isinstance(ikas, Order)
    assert woo.campaign == {
        "source": "woocommerce.com",
        "medium": "referral",
        "campaign": "sale",
        "content": "/",
    }
    assert woo.referrer == "woocommerce.com"
    assert ikas.campaign == {
        "source": "influencer",
        "medium": "affiliate",
        "campaign": "kis-2026",
        "content": "ayse",
    }
    assert (ikas.referrer, ikas.country) == ("www.instagram.com", "TR")


def test_times_are_utc_where_their_name_says_so(payloads: Path) -> None:
    woo = load(payloads, "woocommerce/wc-ios-order-with-attribution-info.json").read()[0]
    shopify = load(payloads, "shopify/hookdeck-2024-10-orders.paid.json").read()[0]
    assert isinstance(woo, Order)
    assert isinstance(shopify, Order)
    assert woo.occurred_at == datetime(2023, 3, 29, 3, 23, 2, tzinfo=UTC)
    assert shopify.occurred_at == datetime(2022, 1, 1, tzinfo=UTC)


def test_ids_above_two_to_the_53_survive(payloads: Path) -> None:
    exact = "820982911946154508"
    payload = load(payloads, "shopify/hookdeck-2024-10-orders.paid.json")
    body = payload.body.replace(b'"id": 820982911946154500', f'"id": {exact}'.encode())
    order = payload._replace(body=body).read()[0]
    assert isinstance(order, Order)
    assert order.refs[0].value == exact


def test_a_promotion_code_is_learned(payloads: Path) -> None:
    payload = load(payloads, "stripe/openapi-fixtures-subset.json#promotion_code/promotion_code.created")
    assert learned(payload.body) == {"promo_1Pgc79B7WZ01zgkWNy4mn5NX": "FALL20"}


def _vector_headers(vector: Mapping[str, Any]) -> dict[str, str]:
    return vector.get("headers") or ({vector["header"]: vector["value"]} if vector["header"] else {})


def test_all_signature_vectors_agree(payloads: Path) -> None:
    vectors = json.loads((payloads / "signatures/vectors.json").read_bytes())
    assert len(vectors) >= 11
    for vector in vectors:
        headers, body, secret = _vector_headers(vector), vector["body"].encode(), vector["secret"]
        stamp = vector.get("timestamp") or headers.get("webhook-timestamp")
        now = NOW if stamp is None else datetime.fromtimestamp(int(stamp), UTC)
        kind = vector["scheme"]
        assert verify(kind, headers, body, [secret], now).valid, kind
        assert verify(kind, headers, body, ["whsec_bmV3IG9uZQ==", secret], now).valid, kind
        assert verify(kind, headers, body, ["whsec_bmV3IG9uZQ=="], now).why == "mismatch", kind
        if stamp is not None:
            assert verify(kind, headers, body, [secret], now + timedelta(seconds=301)).why == "stale", kind


Sign = Callable[..., Payload]


def _mac(secret: str, message: bytes) -> bytes:
    return hmac.new(secret.encode(), message, hashlib.sha256).digest()


def _signed_ikas(secret: str, payload: Payload, at: float = 0) -> Payload:
    told = json.loads(payload.body)
    return payload._replace(body=_json({**told, "signature": _mac(secret, told["data"].encode()).hex()}))


def _signed_iyzico(secret: str, payload: Payload, at: float = 0) -> Payload:
    told = json.loads(payload.body)
    form = ("iyziEventType", "iyziPaymentId", "token", "paymentConversationId", "status")
    direct = ("iyziEventType", "paymentId", "paymentConversationId", "status")
    message = secret + "".join(str(told[name]) for name in (form if "token" in told else direct))
    return payload._replace(headers={"X-IYZ-SIGNATURE-V3": _mac(secret, message.encode()).hex()})


def _signed_stripe(secret: str, payload: Payload, at: float = NOW.timestamp()) -> Payload:
    stamp = str(int(at))
    made = _mac(secret, f"{stamp}.".encode() + payload.body).hex()
    return payload._replace(headers={"Stripe-Signature": f"t={stamp},v1={made}"})


def _signed_in(header: str) -> Sign:
    def sign(secret: str, payload: Payload, at: float = 0) -> Payload:
        made = base64.b64encode(_mac(secret, payload.body)).decode()
        rest = {name: value for name, value in payload.headers.items() if name.lower() != header.lower()}
        return payload._replace(headers={**rest, header: made})

    return sign


SIGN: dict[str, Sign] = {
    "shopify": _signed_in("X-Shopify-Hmac-Sha256"),
    "woocommerce": _signed_in("X-WC-Webhook-Signature"),
    "stripe": _signed_stripe,
    "ikas": _signed_ikas,
    "iyzico": _signed_iyzico,
}


@pytest.mark.parametrize("name", [name for name in EXPECTED if not name.startswith("postback")])
def test_a_signed_payload_is_accepted_only_as_it_was_signed(payloads: Path, name: str) -> None:
    plain = load(payloads, name)
    signed = SIGN[plain.kind]("old", plain)

    def verdict(secrets: list[str], body: bytes = signed.body, now: datetime = NOW) -> bool:
        return verify(signed.kind, signed.headers, body, secrets, now).valid

    assert verdict(["old"])
    assert verdict(["new", "old"]), "during the rotation"
    assert not verdict(["new"]), "after the rotation"
    assert not verdict(["old"], _flipped(signed))
    assert verdict(["old"], now=NOW + timedelta(seconds=301)) is (signed.kind != "stripe")


def _flipped(payload: Payload) -> bytes:
    """With one bit changed in the middle of what is signed."""
    inside = {"ikas": b"totalFinalPrice", "iyzico": b'paymentConversationId": "'}.get(payload.kind)
    at = len(payload.body) // 2 if inside is None else payload.body.index(inside) + len(inside) + 3
    return payload.body[:at] + bytes([payload.body[at] ^ 1]) + payload.body[at + 1 :]


@pytest.mark.parametrize("name", [name for name in EXPECTED if not name.startswith("postback/urls")])
def test_a_real_payload_with_odd_pieces_ends_as_reports(payloads: Path, name: str) -> None:
    plain = load(payloads, name)

    @settings(max_examples=20, deadline=None)
    @given(mutated(json.loads(plain.body)))
    def holds(changed: Any) -> None:
        check(plain._replace(body=json.dumps(changed).encode()).read())

    holds()


# Built from the list of fields in IdeaSoft's documentation: no payload of theirs was found.
IDEASOFT_ORDER = {
    "id": 9007199254740993,
    "customerFirstname": "Ayşe",
    "customerSurname": "Y",
    "status": "waiting_for_approval",
    "amount": 1000.0,
    "paymentStatus": "success",
    "customerEmail": "ayse@example.com",
    "currency": "TL",
    "currencyRates": "USD:41.20",
    "couponDiscount": 100.0,
    "taxAmount": 180.0,
    "promotionDiscount": 0,
    "generalAmount": 1080.0,
    "shippingAmount": 39.9,
    "additionalServiceAmount": 10.0,
    "finalAmount": 1129.9,
    "installment": 1,
    "transactionId": "tx-9",
    "referrer": "https://www.instagram.com/",
    "orderItems": [{"productSku": "SKU-1", "productQuantity": 2, "productPrice": 500.0}],
    "createdAt": "2026-11-21T10:00:00+0300",
    "updatedAt": "2026-11-21T10:00:00+0300",
}


def test_ideasoft_from_its_list_of_fields(payloads: Path) -> None:
    assert "order_refund_request/create" in (payloads / "turkish/ideasoft-webhooks.md").read_text()
    found = read("ideasoft", "order/create", {}, _json(IDEASOFT_ORDER), {}, {}, received_at=NOW)
    assert [brief(each) for each in found] == [
        ("Order", "9007199254740993|tx-9", 112990, "TRY", 90000, (), (), True, False),
        ("NeedsFetch", "order", "9007199254740993"),
    ]
