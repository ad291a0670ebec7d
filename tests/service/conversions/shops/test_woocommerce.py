"""WooCommerce's orders."""

from datetime import UTC, datetime
from typing import Any

import pytest

from service.conversions.reports import Cancellation, Ignored, NeedsFetch, Quarantined, Ref, Refund
from tests.service.conversions.shops.reading import NOW, order, refunds, told

CLICK = "clk_01jd0000000000000000000000"


def an_order(**changed: Any) -> dict[str, Any]:
    return {
        "id": 5001,
        "number": "W-5001",
        "order_key": "wc_order_abc",
        "status": "processing",
        "currency": "TRY",
        "date_created": "2026-11-20T13:00:00",
        "date_created_gmt": "2026-11-20T10:00:00",
        "date_modified_gmt": "2026-11-20T10:10:00",
        "date_paid_gmt": "2026-11-20T10:02:00",
        "total": "152.00",
        "total_tax": "22.00",
        "shipping_total": "10.00",
        "shipping_tax": "2.00",
        "discount_total": "20.00",
        "customer_id": 0,
        "transaction_id": "pi_1",
        "billing": {"email": "a@example.com", "country": "TR"},
        "meta_data": [
            {"id": 1, "key": "_wc_order_attribution_utm_source", "value": "ig"},
            {
                "id": 2,
                "key": "_wc_order_attribution_session_entry",
                "value": f"https://shop.example/?elci={CLICK}&gclid=g1",
            },
            {"id": 3, "key": "_wc_order_attribution_referrer", "value": "https://www.instagram.com/"},
            {"id": 4, "key": "_pao_ids", "value": [{"key": "x"}]},
        ],
        "line_items": [
            {
                "product_id": 8,
                "sku": "S",
                "quantity": 2,
                "subtotal": "120.00",
                "total": "100.00",
                "total_tax": "20.00",
            }
        ],
        "fee_lines": [{"total": "20.00"}, {"total": "-2.00"}],
        "coupon_lines": [{"code": "ayse10", "discount": "20"}],
        "refunds": [],
        **changed,
    }


def test_an_order_with_all_its_evidence() -> None:
    found = order(told("woocommerce", an_order(), "order.created"))
    assert found.refs == (
        Ref("id", "5001"),
        Ref("number", "W-5001"),
        Ref("token", "wc_order_abc"),
        Ref("payment", "pi_1"),
    )
    assert (found.amount, found.currency, found.tax, found.shipping, found.shipping_tax) == (
        15200,
        "TRY",
        2200,
        1200,
        200,
    )
    assert (found.fees, found.discount, found.paid) == (2000, 2000, True)
    assert (found.clicks, found.coupons, found.referrer) == ((CLICK,), ("ayse10",), "www.instagram.com")
    assert (found.campaign, found.landing) == ({"source": "ig"}, {"elci": CLICK, "gclid": "g1"})
    assert found.buyer is not None
    assert (found.buyer.external_id, found.buyer.email, found.country) == (None, "a@example.com", "TR")
    assert found.occurred_at == datetime(2026, 11, 20, 10, 2, tzinfo=UTC)
    assert found.stated_at == datetime(2026, 11, 20, 10, 10, tzinfo=UTC)


def test_a_payment_days_later_does_not_move_the_order() -> None:
    found = order(told("woocommerce", an_order(date_paid_gmt="2026-11-24T10:00:00"), "order.updated"))
    assert found.occurred_at == datetime(2026, 11, 20, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    ("status", "paid_at", "paid"),
    [
        ("pending", None, False),
        ("on-hold", None, False),
        ("failed", "2026-11-20T10:02:00", False),
        ("processing", "2026-11-20T10:02:00", True),
        ("processing", None, False),
        ("completed", None, True),
        ("refunded", None, True),
        ("kargoda", "2026-11-20T10:02:00", True),
        ("kargoda", None, False),
        ("wc-completed", None, True),
    ],
)
def test_whether_it_is_paid(status: str, paid_at: str | None, paid: bool) -> None:
    found = order(told("woocommerce", an_order(status=status, date_paid_gmt=paid_at), "order.updated"))
    assert found.paid is paid


def test_nothing_is_known_of_payment_where_nothing_is_told() -> None:
    body = an_order(status="kargoda")
    del body["date_paid_gmt"]
    assert order(told("woocommerce", body, "order.updated")).paid is None


def test_refunds_stand_in_the_order_with_negative_totals() -> None:
    body = an_order(
        refunds=[
            {"id": 1, "reason": "iade", "total": "-5.00"},
            {"id": 2, "total": "-0.00"},
            {"id": 3, "total": "7"},
        ]
    )
    at = datetime(2026, 11, 20, 10, 10, tzinfo=UTC)
    refs = (Ref("id", "5001"),)
    assert refunds(told("woocommerce", body, "order.updated")) == [
        Refund(refs, "1", 500, "TRY", at, reason="iade"),
        Refund(refs, "3", 700, "TRY", at),
    ]


@pytest.mark.parametrize(("listed", "all_of_it"), [([], True), (["-152.00"], False), (["-100.00"], True)])
def test_a_status_of_refunded_is_all_of_it(listed: list[str], all_of_it: bool) -> None:
    body = an_order(status="refunded", refunds=[{"id": 1, "total": each} for each in listed])
    found = refunds(told("woocommerce", body, "order.updated"))
    assert any(each.cumulative and each.amount == 15200 for each in found) is all_of_it


def test_a_refund_that_is_no_number_holds_the_order_back() -> None:
    (found,) = told("woocommerce", an_order(refunds=[{"id": 1, "total": "five"}]), "order.updated")
    assert found == Quarantined("refunds.total", "five", "amount")


@pytest.mark.parametrize("status", ["cancelled", "trash"])
def test_a_cancelled_order(status: str) -> None:
    found = order(told("woocommerce", an_order(status=status), "order.updated"))
    assert found.cancelled_at == datetime(2026, 11, 20, 10, 10, tzinfo=UTC)


def test_drafts_deleted_orders_hooks_and_other_topics() -> None:
    assert told("woocommerce", an_order(status="checkout-draft"), "order.created") == [Ignored("status")]
    assert told("woocommerce", {"id": 5001}, "order.deleted") == [Cancellation((Ref("id", "5001"),), NOW)]
    action = {"action": "woocommerce_order_status_completed", "arg": 5001}
    assert told("woocommerce", action, "action.woocommerce_order_status_completed") == [
        NeedsFetch("order", "5001")
    ]
    assert told("woocommerce", {"id": 5}, "product.updated") == [Ignored("topic")]
    assert told("woocommerce", b"webhook_id=5") == [Quarantined("body", "", "shape")]
    assert told("woocommerce", {"total": "1.00"}, "order.created") == [Quarantined("id", "", "missing")]


def test_lists_that_are_objects_are_no_lists() -> None:
    names = ("meta_data", "line_items", "fee_lines", "coupon_lines", "refunds", "billing")
    found = order(told("woocommerce", an_order(**{name: {} for name in names}), "order.created"))
    assert (found.amount, found.lines, found.fees, found.coupons, found.buyer) == (
        15200,
        None,
        None,
        (),
        None,
    )
