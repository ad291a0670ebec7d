"""Whatever is sent, it ends as reports: nothing raises, and no money is made up of nonsense."""

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.conversions.shops import read
from service.conversions.signatures import verify
from tests.service.conversions.shops.mutating import check, mutated
from tests.service.conversions.shops.reading import NOW, told
from tests.service.conversions.shops.test_generic import purchase
from tests.service.conversions.shops.test_shopify import an_order as shopify_order
from tests.service.conversions.shops.test_shopify import refund as shopify_refund
from tests.service.conversions.shops.test_stripe import event, session
from tests.service.conversions.shops.test_turkish import ikas_order
from tests.service.conversions.shops.test_woocommerce import an_order as woo_order

KINDS = ["shopify", "woocommerce", "stripe", "ikas", "ideasoft", "iyzico", "ga4", "meta", "generic"]
REFUNDED_WOO = woo_order(status="refunded", refunds=[{"id": 1, "total": "-5.00"}])
REFUNDED_SHOPIFY = shopify_order(refunds=[shopify_refund()])
CHARGE = {"id": "ch", "amount_refunded": 5, "currency": "try", "payment_intent": "pi"}
INVOICE = {
    "id": "in",
    "amount_paid": 5,
    "currency": "jpy",
    "lines": {"data": [{"quantity": 1}]},
    "number": "N",
}
IDEASOFT = {
    "id": 1,
    "finalAmount": 9.9,
    "couponDiscount": 1,
    "currency": "TL",
    "orderItems": [{}],
    "status": 4,
}
GA4 = {"client_id": "1.2", "timestamp_micros": 1763719200000000, "events": [purchase(items=[{"price": 1}])]}
PAYLOADS: dict[str, tuple[str, str | None, Any]] = {
    "shopify order": ("shopify", "orders/updated", REFUNDED_SHOPIFY),
    "shopify refund": ("shopify", "refunds/create", shopify_refund(order_adjustments=[{"amount": "1"}])),
    "woocommerce": ("woocommerce", "order.updated", REFUNDED_WOO),
    "stripe session": ("stripe", None, event("checkout.session.completed", session())),
    "stripe charge": ("stripe", None, event("charge.refunded", CHARGE)),
    "stripe invoice": ("stripe", None, event("invoice.paid", INVOICE)),
    "ikas": ("ikas", None, {"scope": "store/order/updated", "data": ikas_order(status="REFUNDED")}),
    "ideasoft": ("ideasoft", "order/update", IDEASOFT),
    "iyzico": (
        "iyzico",
        None,
        {"iyziEventType": "A", "status": "SUCCESS", "iyziPaymentId": 1, "iyziEventTime": 2},
    ),
    "ga4": ("ga4", None, GA4),
    "generic": (
        "generic",
        None,
        {"click": {"id": "c"}, "order_id": 1, "amount": "1,5", "currency": "TL", "x": {}},
    ),
}


@pytest.mark.parametrize("name", PAYLOADS)
def test_a_payload_with_odd_pieces_ends_as_reports(name: str) -> None:
    kind, topic, payload = PAYLOADS[name]

    @settings(max_examples=60, deadline=None)
    @given(mutated(payload), st.sampled_from(["TRY", "JPY", "KWD", None]))
    def holds(changed: Any, currency: str | None) -> None:
        check(told(kind, changed, topic, currency=currency))

    holds()


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from(KINDS),
    st.binary(max_size=200) | st.text(max_size=200).map(lambda text: text.encode("utf-8", "surrogatepass")),
    st.dictionaries(st.text(max_size=20), st.text(max_size=40), max_size=5),
)
def test_any_bytes_are_read_and_never_verified(kind: str, body: bytes, strings: dict[str, str]) -> None:
    topic = next(iter(strings.values()), None)
    check(read(kind, topic, strings, body, strings, strings, currency="TRY", received_at=NOW))
    assert not verify(
        kind, strings, body, ["a secret that is in none of them"], datetime.now(UTC), strings
    ).valid


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    "body",
    [
        b"[" * 5000,
        b'{"a":' * 5000,
        b'{"id":' + b"9" * 5000 + b"}",
        b"\xff\xfe\x00",
        b"\x00" * 100,
        b'"\\ud800"',
        b"1",
        b"null",
    ],
    ids=["arrays", "objects", "digits", "utf-16", "nul", "surrogate", "number", "null"],
)
def test_hostile_bodies(kind: str, body: bytes) -> None:
    check(told(kind, body))
    assert not verify(kind, {"x-iyz-signature-v3": "0", "stripe-signature": "t=1"}, body, ["s"], NOW).valid
