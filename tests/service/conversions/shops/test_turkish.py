"""ikas, IdeaSoft and iyzico."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from service.conversions.net import net_base
from service.conversions.reports import (
    Buyer,
    Cancellation,
    Ignored,
    NeedsFetch,
    Order,
    Payment,
    Quarantined,
    Ref,
    Refund,
    Report,
)
from tests.service.conversions.shops.reading import NOW, order, refunds, told

CLICK = "clk_01jd0000000000000000000000"
AT = datetime(2026, 11, 20, 10, tzinfo=UTC)
MS = int(AT.timestamp() * 1000)


def ikas_order(**changed: Any) -> dict[str, Any]:
    return {
        "id": "o-1",
        "orderNumber": "2001",
        "orderedAt": MS,
        "updatedAt": MS + 60_000,
        "status": "CREATED",
        "orderPaymentStatus": "PAID",
        "currencyCode": "TRY",
        "totalPrice": 240.0,
        "totalFinalPrice": 246.5,
        "netTotalFinalPrice": 246.5,
        "customer": {"id": "c-1", "email": "a@example.com", "isGuestCheckout": False},
        "orderAdjustments": [
            {"name": "VELI", "type": "DECREMENT", "couponId": "cp-1", "campaignId": "ca-1"},
            {"name": "Yaz indirimi", "type": "DECREMENT", "couponId": None, "campaignId": "ca-2"},
            {"name": "Hizmet", "type": "INCREMENT", "couponId": "cp-2"},
        ],
        "orderLineItems": [
            {"quantity": 2, "price": 90.0, "finalPrice": 80.1, "taxValue": 20, "status": "FULFILLED"},
            {"quantity": 1, "price": 60.0, "finalPrice": 56.4, "taxValue": 10, "status": "FULFILLED"},
        ],
        "shippingLines": [{"price": 39.9, "finalPrice": 29.9}],
        "taxLines": [{"price": 36.81}],
        "sessionInfo": {
            "visitorId": "vis-1",
            "referer": f"https://shop.example/?elci={CLICK}",
            "utm": {"source": "ig", "medium": None},
            "countryCode": "tr",
        },
        **changed,
    }


def ikas(body: Any, scope: str = "store/order/updated") -> list[Report]:
    data = body if isinstance(body, str) else json.dumps(body, ensure_ascii=False)
    return told("ikas", {"id": "w-1", "createdAt": "2026-11-20T10:05:00Z", "scope": scope, "data": data})


def test_an_ikas_order() -> None:
    found = order(ikas(ikas_order(), "store/order/created"))
    assert found.refs == (Ref("id", "o-1"), Ref("number", "2001"))
    assert (found.amount, found.currency, found.tax, found.shipping) == (24650, "TRY", 3681, 2990)
    assert found.lines is not None
    assert [(line.net, line.tax) for line in found.lines] == [(13350, 2670), (5127, 513)]
    assert found.shipping_tax == 3681 - 2670 - 513
    assert (found.coupons, found.clicks, found.campaign) == (("VELI",), (CLICK,), {"source": "ig"})
    assert (found.country, found.paid, found.buyer) == ("TR", True, Buyer("c-1", "a@example.com"))
    assert (found.occurred_at, found.stated_at) == (AT, AT.replace(minute=1))


def test_both_ways_to_the_net_of_an_ikas_order_agree() -> None:
    found = order(ikas(ikas_order()))
    net = net_base(
        amount=found.amount,
        tax=found.tax,
        shipping=found.shipping,
        shipping_tax=found.shipping_tax,
        lines=found.lines,
    )
    assert net.by_lines == net.by_order == 18477


@pytest.mark.parametrize(
    ("status", "paid"),
    [
        ("PAID", True),
        ("OVER_PAID", True),
        ("PARTIALLY_PAID", False),
        ("WAITING", False),
        ("FAILED", False),
        ("REFUNDED", True),
        (None, None),
    ],
)
def test_whether_an_ikas_order_is_paid(status: str | None, paid: bool | None) -> None:
    assert order(ikas(ikas_order(orderPaymentStatus=status))).paid is paid


@pytest.mark.parametrize(
    ("changed", "back"),
    [
        ({}, None),
        ({"status": "REFUND_REQUESTED"}, None),
        ({"status": "REFUND_REJECTED"}, None),
        ({"status": "WAITING_UPSELL_ACTION"}, None),
        ({"status": "PARTIALLY_REFUNDED", "netTotalFinalPrice": 190.1}, 5640),
        ({"status": "PARTIALLY_REFUNDED", "netTotalFinalPrice": 190.09999999999997}, 5640),
        ({"status": "PARTIALLY_CANCELLED", "netTotalFinalPrice": 166.4}, 8010),
        ({"status": "REFUNDED"}, 24650),
        ({"status": "REFUNDED", "netTotalFinalPrice": 0}, 24650),
        ({"orderPaymentStatus": "REFUNDED", "netTotalFinalPrice": None}, 24650),
    ],
)
def test_what_went_back_of_an_ikas_order(changed: dict[str, Any], back: int | None) -> None:
    found = refunds(ikas(ikas_order(**changed)))
    assert [each.amount for each in found] == ([] if back is None else [back])
    assert all(each.cumulative and each.external_id == f"o-1:{back}" for each in found)


def test_refunded_lines_count_where_the_total_did_not_fall() -> None:
    body = ikas_order(netTotalFinalPrice=None)
    body["orderLineItems"][0]["status"] = "REFUNDED"
    assert [each.amount for each in refunds(ikas(body))] == [16020]


def test_ikas_orders_that_are_drafts_cancelled_or_deleted() -> None:
    assert ikas(ikas_order(status="DRAFT")) == [Ignored("status")]
    assert ikas(ikas_order(deleted=True)) == [Cancellation((Ref("id", "o-1"),), AT.replace(minute=1))]
    assert order(ikas(ikas_order(status="CANCELLED"))).cancelled_at == AT.replace(minute=1)


def test_other_scopes_and_data_that_can_not_be_read() -> None:
    assert ikas({"id": "p"}, "store/product/created") == [Ignored("topic")]
    assert ikas({}, "store/app/deleted") == [Ignored("topic")]
    assert ikas("{") == [Quarantined("data", "", "shape")]
    assert ikas({"currencyCode": "TRY"}) == [Quarantined("id", "", "missing")]
    assert told("ikas", b"x") == [Quarantined("body", "", "shape")]


def test_a_guest_has_no_id() -> None:
    customer = {"id": "c-1", "email": "a@example.com", "isGuestCheckout": True}
    assert order(ikas(ikas_order(customer=customer))).buyer == Buyer(None, "a@example.com")


def idea(body: dict[str, Any], topic: str | None = "order/update", **more: Any) -> list[Report]:
    return told("ideasoft", {"id": 77, "updatedAt": "2026-11-20T13:00:00+0300", **body}, topic, **more)


REFS = (Ref("id", "77"),)


def test_an_ideasoft_update_carries_only_what_has_changed() -> None:
    assert idea({"status": "being_prepared"}) == [Order(refs=REFS, stated_at=AT)]
    assert idea({"finalAmount": "1249.90"}) == [Order(refs=REFS, amount=124990, currency="TRY", stated_at=AT)]
    assert idea({"finalAmount": 89.5, "currency": "USD"}, currency=None) == [
        Order(refs=REFS, amount=8950, currency="USD", stated_at=AT)
    ]
    assert idea({"finalAmount": 89.5}, currency=None) == [Quarantined("currency", "", "currency")]
    # One that doesn't say when is later than the order all the same.
    off = order(idea({"status": "cancelled", "updatedAt": None}))
    assert (off.stated_at, off.cancelled_at) == (NOW, NOW)
    made = order(idea({"createdAt": "2026-11-20T13:00:00+0300", "updatedAt": None}, "order/create"))
    assert made.stated_at == AT
    # A part of the sum is no sum.
    assert order(idea({"amount": 500})).amount is None


@pytest.mark.parametrize(
    ("status", "payment", "paid"),
    [
        ("approved", "success", True),
        ("waiting_for_payment", None, False),
        ("approved", "failed", False),
        ("approved", "in_transaction", False),
        ("approved", None, None),
        (7, None, False),
    ],
)
def test_whether_an_ideasoft_order_is_paid(status: Any, payment: str | None, paid: bool | None) -> None:
    assert order(idea({"status": status, "paymentStatus": payment})).paid is paid


def test_an_ideasoft_order_that_is_off_delivered_or_given_back() -> None:
    assert order(idea({"status": "cancelled"})).cancelled_at == AT
    assert order(idea({"status": 0})).cancelled_at == AT
    assert order(idea({"status": "delivered"})).delivered_at == AT
    assert idea({"status": "refunded"})[1:] == [Cancellation(REFS, AT)]
    assert idea({"status": "refunded", "finalAmount": 10})[1:] == [
        Refund(REFS, "77:all", 1000, "TRY", AT, cumulative=True)
    ]
    assert idea({}, "order/delete") == [Cancellation(REFS, AT)]


def test_the_topic_is_where_it_can_be_found() -> None:
    assert idea({"status": "cancelled"}, None, headers={"X-Ideashop-Topic": "order/update"}) != []
    assert isinstance(idea({"status": "cancelled"}, None, query={"topic": "order/update"})[0], Order)
    assert isinstance(idea({"paymentStatus": "success"}, None)[0], Order)
    assert idea({"status": "cancelled"}, None) == [NeedsFetch("object", "77")]
    assert idea({"name": "Marka", "slug": "marka"}, None) == [Ignored("topic")]


def test_requests_for_a_refund_have_to_be_fetched() -> None:
    body = {"code": "R-1", "status": "approved", "fee": 99.9}
    for topic in ("order_refund_request/create", "order_refund_request/update", None):
        assert idea(body, topic) == [NeedsFetch("order_refund_request", "77")]
    assert idea(body, "order_refund_request/delete") == [Ignored("topic")]


@pytest.mark.parametrize("topic", ["member/create", "product/update", "payment/create", "currency/update"])
def test_other_topics_of_ideasoft_are_ignored(topic: str) -> None:
    assert idea({"status": 1}, topic) == [Ignored("topic")]


def test_a_naive_time_of_ideasoft_is_turkeys() -> None:
    assert order(idea({"createdAt": "2026-11-20 13:00:00"})).occurred_at == AT


def iyzico(**changed: Any) -> list[Report]:
    body = {
        "paymentConversationId": "conv-1",
        "merchantId": 1,
        "status": "SUCCESS",
        "token": "tok",
        "iyziEventType": "CHECKOUT_FORM_AUTH",
        "iyziEventTime": MS,
        "iyziPaymentId": 9007199254740993,
    }
    return told("iyzico", {**body, **changed})


def test_payments_of_iyzico() -> None:
    refs = (Ref("any", "conv-1"), Ref("payment", "9007199254740993"))
    assert iyzico() == [Payment(refs, "9007199254740993", True, AT)]
    assert iyzico(status="FAILURE") == [Payment(refs, "9007199254740993", False, AT)]
    direct = iyzico(token=None, iyziPaymentId=None, paymentId=456, iyziEventTime=None)
    assert direct == [Payment((Ref("any", "conv-1"), Ref("payment", "456")), "456", True, NOW)]


def test_what_of_iyzico_is_no_payment() -> None:
    assert iyzico(status="CALLBACK_THREEDS", iyziEventType="THREE_DS_CALLBACK") == [Ignored("status")]
    assert iyzico(iyziEventType="CONTACTLESS_REFUND") == [NeedsFetch("payment", "9007199254740993")]
    assert iyzico(iyziEventType="REFUND_RETRY_FAILURE", status="FAILURE") == [Ignored("status")]
    assert told("iyzico", {"iyziEventType": "API_AUTH", "status": "SUCCESS"}) == [
        Quarantined("paymentConversationId", "", "missing")
    ]
    assert told("iyzico", {"iyziEventType": None}) == [Ignored("topic")]
