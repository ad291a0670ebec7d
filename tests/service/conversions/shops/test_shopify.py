"""Shopify's orders and refunds."""

from datetime import UTC, datetime
from typing import Any

import pytest

from service.conversions.reports import Cancellation, Ignored, NeedsFetch, Order, Quarantined, Ref, Refund
from tests.service.conversions.shops.reading import NOW, order, refunds, told

CLICK = "clk_01jd0000000000000000000000"
BIG = 9007199254740993


def money(amount: str, currency: str = "TRY", shown: str = "EUR") -> dict[str, Any]:
    return {
        "shop_money": {"amount": amount, "currency_code": currency},
        "presentment_money": {"amount": "1.00", "currency_code": shown},
    }


def an_order(**changed: Any) -> dict[str, Any]:
    return {
        "id": BIG,
        "name": "#TR-1001",
        "order_number": 1001,
        "checkout_token": "chk-1",
        "cart_token": "crt-1",
        "currency": "TRY",
        "financial_status": "paid",
        "test": False,
        "cancelled_at": None,
        "created_at": "2026-11-20T13:00:00+03:00",
        "processed_at": "2026-11-20T13:00:05+03:00",
        "updated_at": "2026-11-20T13:05:00+03:00",
        "taxes_included": True,
        "total_price": "1000.00",
        "total_price_set": money("1249.90"),
        "current_total_price_set": money("1249.90"),
        "total_tax": "208.32",
        "total_discounts": "100.00",
        "landing_site": f"/products/elbise?utm_source=ig&utm_campaign=kis&elci={CLICK}",
        "landing_site_ref": "abc",
        "referring_site": "https://l.instagram.com/",
        "note_attributes": [{"name": "elci_click_id", "value": CLICK}, {"name": "renk", "value": "mavi"}],
        "discount_codes": [{"code": "AYSE10", "amount": "100.00", "type": "percentage"}],
        "customer": {"id": 7, "email": "c@example.com"},
        "email": "o@example.com",
        "shipping_address": {"country_code": "TR"},
        "line_items": [
            {
                "product_id": 11,
                "sku": "SKU-1",
                "quantity": 2,
                "price": "655.00",
                "total_discount": "0.00",
                "discount_allocations": [{"amount": "100.00"}],
                "tax_lines": [{"price": "201.67"}],
            }
        ],
        "shipping_lines": [
            {"price": "39.90", "discounted_price": "39.90", "tax_lines": [{"price": "6.65"}]},
            {"price": "500.00", "is_removed": True},
        ],
        "refunds": [],
        **changed,
    }


def test_an_order_with_all_its_evidence() -> None:
    assert told("shopify", an_order(), "orders/paid") == [
        Order(
            refs=(
                Ref("id", str(BIG)),
                Ref("number", "TR-1001"),
                Ref("number", "1001"),
                Ref("token", "chk-1"),
                Ref("token", "crt-1"),
            ),
            amount=124990,
            currency="TRY",
            tax_included=True,
            tax=20832,
            shipping=3990,
            shipping_tax=665,
            fees=0,
            discount=10000,
            lines=order(told("shopify", an_order(), "orders/paid")).lines,
            clicks=(CLICK, "abc"),
            coupons=("AYSE10",),
            buyer=order(told("shopify", an_order(), "orders/paid")).buyer,
            country="TR",
            referrer="l.instagram.com",
            campaign={"source": "ig", "campaign": "kis"},
            landing={"utm_source": "ig", "utm_campaign": "kis", "elci": CLICK},
            paid=True,
            occurred_at=datetime(2026, 11, 20, 10, 0, 5, tzinfo=UTC),
            stated_at=datetime(2026, 11, 20, 10, 5, tzinfo=UTC),
        )
    ]


def test_a_line_is_net_of_its_discounts_and_of_tax_that_is_in_its_price() -> None:
    with_tax = order(told("shopify", an_order(), "orders/create")).lines
    without = order(told("shopify", an_order(taxes_included=False), "orders/create"))
    assert with_tax is not None
    assert (with_tax[0].net, with_tax[0].quantity, with_tax[0].discount) == (
        131000 - 10000 - 20167,
        2.0,
        10000,
    )
    assert without.lines is not None
    assert (without.lines[0].net, without.shipping) == (121000, 3990 + 665)


@pytest.mark.parametrize(
    ("status", "paid"),
    [
        ("authorized", False),
        ("paid", True),
        ("partially_paid", False),
        ("partially_refunded", True),
        ("pending", False),
        ("refunded", True),
        ("voided", False),
        (None, None),
    ],
)
def test_whether_it_is_paid(status: str | None, paid: bool | None) -> None:
    assert order(told("shopify", an_order(financial_status=status), "orders/updated")).paid is paid


@pytest.mark.parametrize(
    ("total", "currency", "amount"),
    [
        ("1000", "JPY", 1000),
        ("1000.00", "JPY", 1000),
        ("12.345", "KWD", 12345),
        ("12.3450", "KWD", 12345),
        ("0.00", "TRY", 0),
    ],
)
def test_decimals_of_a_currency(total: str, currency: str, amount: int) -> None:
    body = an_order(total_price_set=money(total, currency), current_total_price_set=None, line_items={})
    found = order(told("shopify", body, "orders/paid"))
    assert (found.amount, found.currency, found.lines) == (amount, currency, None)


@pytest.mark.parametrize("total", ["12.345", "1.249,90", "a lot", "1e400", "NaN", [], {"amount": "1"}, True])
def test_an_amount_that_is_none_is_quarantined(total: Any) -> None:
    body = an_order(total_price_set=None, total_price=total)
    (found,) = told("shopify", body, "orders/paid")
    assert isinstance(found, Quarantined)
    assert (found.field, found.why) == ("total_price", "amount")


def test_an_unknown_currency_is_quarantined_and_a_missing_one_is_the_workspaces() -> None:
    bare = an_order(total_price_set=None, current_total_price_set=None)
    assert told("shopify", {**bare, "currency": "XQX"}, "orders/paid") == [
        Quarantined("currency", "XQX", "currency")
    ]
    assert order(told("shopify", {**bare, "currency": None}, "orders/paid")).currency == "TRY"
    (found,) = told("shopify", {**bare, "currency": None}, "orders/paid", currency=None)
    assert found == Quarantined("currency", "", "currency")


def test_an_order_without_sets_and_with_the_apis_wrapping() -> None:
    old = {
        "order": {
            "id": 450789469,
            "name": "#1001",
            "currency": "USD",
            "total_price": "409.94",
            "total_tax": "11.94",
            "financial_status": "authorized",
            "taxes_included": False,
            "landing_site": "http://www.example.com?source=abc",
            "landing_site_ref": "abc",
            "note_attributes": [{"name": "colour", "value": "green"}],
            "discount_codes": [{"code": "TENOFF", "amount": "10.00"}],
            "line_items": [{"price": "199.00", "quantity": 1}] * 3,
            "shipping_lines": [{"price": "0.00"}],
        }
    }
    found = order(told("shopify", old))
    assert (found.amount, found.currency, found.tax, found.shipping) == (40994, "USD", 1194, 0)
    assert (found.clicks, found.coupons, found.landing) == (("abc",), ("TENOFF",), {"source": "abc"})


def test_an_edit_lowers_the_total_and_a_refund_does_not() -> None:
    refund = {
        "id": 5,
        "transactions": [{"kind": "refund", "status": "success", "amount": "249.90", "currency": "TRY"}],
    }
    edited = an_order(current_total_price_set=money("1000.00"))
    refunded = an_order(current_total_price_set=money("1000.00"), refunds=[refund])
    cancelled = an_order(current_total_price_set=money("0.00"), cancelled_at="2026-11-21T00:00:00Z")
    partial = an_order(current_total_price_set=money("1000.00"))
    del partial["refunds"]
    assert order(told("shopify", edited, "orders/updated")).amount == 100000
    assert order(told("shopify", refunded, "orders/updated")).amount == 124990
    assert order(told("shopify", cancelled, "orders/cancelled")).amount == 124990
    assert order(told("shopify", partial, "orders/updated")).amount == 124990
    assert [each.amount for each in refunds(told("shopify", refunded, "orders/updated"))] == [24990]


def test_a_cancelled_order_says_when() -> None:
    found = order(told("shopify", an_order(cancelled_at="2026-11-21T03:00:00+03:00"), "orders/cancelled"))
    assert found.cancelled_at == datetime(2026, 11, 21, tzinfo=UTC)


def test_a_test_is_marked_by_the_order_or_by_the_header() -> None:
    assert order(told("shopify", an_order(test=True), "orders/paid")).test
    assert order(told("shopify", an_order(), "orders/paid", headers={"X-Shopify-Test": "true"})).test
    assert not order(told("shopify", an_order(), "orders/paid", headers={"X-Shopify-Test": "false"})).test


def refund(**changed: Any) -> dict[str, Any]:
    return {
        "id": 890088186047892319,
        "order_id": BIG,
        "created_at": "2026-11-22T10:00:00Z",
        "processed_at": "2026-11-22T10:00:01Z",
        "note": "kırık geldi",
        "refund_line_items": [
            {
                "quantity": 1,
                "subtotal": 199.99,
                "total_tax": 0,
                "subtotal_set": money("199.99"),
                "total_tax_set": money("20.00"),
            }
        ],
        "order_adjustments": [],
        "transactions": [],
        **changed,
    }


def paid_back(
    amount: str, status: str = "success", kind: str = "refund", currency: str = "TRY"
) -> dict[str, Any]:
    return {"kind": kind, "status": status, "amount": amount, "currency": currency}


@pytest.mark.parametrize(
    ("changed", "amount"),
    [
        ({}, 21999),
        ({"transactions": {}}, 21999),
        ({"transactions": [paid_back("150.00"), paid_back("9.99")]}, 15999),
        (
            {
                "transactions": [
                    paid_back("150.00"),
                    paid_back("50.00", "pending"),
                    paid_back("1", kind="void"),
                ]
            },
            15000,
        ),
        ({"transactions": [paid_back("5.10", currency="EUR")]}, 21999),
        (
            {"order_adjustments": [{"kind": "shipping_refund", "amount": "-10.00", "tax_amount": "-2.00"}]},
            23199,
        ),
        (
            {"order_adjustments": [{"kind": "refund_discrepancy", "amount": "19.99", "tax_amount": "0.00"}]},
            20000,
        ),
        (
            {
                "refund_line_items": [],
                "order_adjustments": [
                    {"kind": "refund_discrepancy", "amount": "-50.00", "tax_amount": "0.00"}
                ],
            },
            5000,
        ),
        ({"refund_shipping_lines": [{"subtotal_amount_set": money("30.00")}]}, 24999),
        ({"refund_line_items": [{"quantity": 2, "line_item": {"price": "10.50"}}]}, 2100),
    ],
)
def test_what_a_refund_gave_back(changed: dict[str, Any], amount: int) -> None:
    at = datetime(2026, 11, 22, 10, 0, 1, tzinfo=UTC)
    expected = Refund(
        (Ref("id", str(BIG)),),
        "890088186047892319",
        amount,
        "TRY",
        at,
        cumulative=False,
        reason="kırık geldi",
    )
    assert told("shopify", refund(**changed), "refunds/create") == [expected]
    assert told("shopify", {"refund": refund(**changed)}) == [expected]


def test_a_refund_of_nothing_and_one_that_is_under_way() -> None:
    nothing = refund(refund_line_items=[])
    pending = refund(transactions=[paid_back("150.00", "pending")])
    assert told("shopify", nothing, "refunds/create") == [Ignored("status")]
    assert told("shopify", pending, "refunds/create") == [Ignored("status")]


def test_a_refund_without_its_order_or_with_a_wrong_sum() -> None:
    assert told("shopify", refund(order_id=None), "refunds/create") == [
        Quarantined("order_id", "", "missing")
    ]
    (found,) = told("shopify", refund(transactions=[paid_back("-3.00")]), "refunds/create")
    assert isinstance(found, Quarantined)


def test_an_edit_has_to_be_fetched_and_a_deleted_order_is_off() -> None:
    assert told("shopify", {"order_edit": {"id": 1, "order_id": BIG}}, "orders/edited") == [
        NeedsFetch("order", str(BIG))
    ]
    assert told("shopify", {"id": BIG}, "orders/delete") == [Cancellation((Ref("id", str(BIG)),), NOW)]


def test_a_parcels_arrival() -> None:
    event = {"id": 1, "order_id": BIG, "status": "delivered", "happened_at": "2026-11-23T09:00:00Z"}
    at = datetime(2026, 11, 23, 9, tzinfo=UTC)
    assert told("shopify", event, "fulfillment_events/create") == [
        Order(refs=(Ref("id", str(BIG)),), delivered_at=at, stated_at=at)
    ]
    on_its_way = {**event, "status": "in_transit"}
    assert told("shopify", on_its_way, "fulfillment_events/create") == [Ignored("topic")]
    parcels = [{"status": "success", "shipment_status": "delivered", "updated_at": "2026-11-23T09:00:00Z"}]
    both = [*parcels, {"status": "success", "shipment_status": "in_transit"}]
    complete = an_order(fulfillment_status="fulfilled", fulfillments=parcels)
    assert order(told("shopify", complete, "orders/updated")).delivered_at == at
    assert order(told("shopify", {**complete, "fulfillments": both}, "orders/updated")).delivered_at is None


@pytest.mark.parametrize(
    "topic",
    [
        "draft_orders/create",
        "checkouts/update",
        "app/uninstalled",
        "customers/redact",
        "order_transactions/create",
    ],
)
def test_other_topics_are_ignored(topic: str) -> None:
    assert told("shopify", an_order(), topic) == [Ignored("topic")]
