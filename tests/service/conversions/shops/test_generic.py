"""Postbacks and GA4's events."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from service.conversions.reports import (
    Buyer,
    Cancellation,
    Ignored,
    Line,
    NeedsFetch,
    Order,
    Quarantined,
    Ref,
    Refund,
)
from tests.service.conversions.shops.reading import NOW, order, told

ONE = (Ref("any", "1001"),)


def sent(query: dict[str, str], **more: Any) -> list[Any]:
    return list(told("generic", query=query, **more))


@pytest.mark.parametrize(
    ("query", "click", "named", "amount"),
    [
        ({"nid": "1", "transaction_id": "abc", "amount": "129.90", "order_id": "1001"}, "abc", "1001", 12990),
        ({"nid": "1", "transaction_id": "abc", "amount": "12,34"}, "abc", "abc", 1234),
        ({"cid": "abc", "payout": "12.50", "txid": "1001", "et": "purchase"}, "abc", "1001", 1250),
        ({"subid": "abc", "status": "sale", "payout": "12.5", "tid": "1001"}, "abc", "1001", 1250),
        ({"click-id": "abc", "name": "purchase", "revenue": "12.5", "orderid": "#1001"}, "abc", "1001", 1250),
        (
            {"ClickId": "abc", "OrderId": "1001", "ItemSubTotal1": "10.00", "ItemSubTotal2": "2.5"},
            "abc",
            "1001",
            1250,
        ),
        ({"CLICKID": "abc", "TransactionId": "1001", "Value": "12.5"}, "abc", "1001", 1250),
    ],
)
def test_the_names_of_networks(query: dict[str, str], click: str, named: str, amount: int) -> None:
    found = order(sent(query))
    assert (found.clicks, found.refs, found.amount, found.currency) == (
        (click,),
        (Ref("any", named),),
        amount,
        "TRY",
    )


def test_a_form_and_json_are_read_like_an_address() -> None:
    form = (
        b"ClickId=abc&OrderId=1001&ItemSubTotal1=129.90&ItemQuantity1=2&ItemSku1=S%C3%BC&ItemCategory1=moda"
    )
    found = order(told("generic", form))
    assert found.lines == (Line(sku="Sü", category="moda", quantity=2, net=12990),)
    nested = {
        "data": {"click": {"id": "abc"}, "order": {"id": 9007199254740993}, "total": 1249.9},
        "currency": "usd",
    }
    found = order(told("generic", nested))
    assert (found.clicks, found.amount, found.currency) == (("abc",), 124990, "USD")
    assert found.refs == (Ref("any", "9007199254740993"),)


def test_the_items_of_impact_are_less_the_orders_discount() -> None:
    told_ = {"ClickId": "c", "OrderId": "1001", "ItemSubTotal1": "100.00", "OrderDiscount": "10.00"}
    assert order(sent(told_)).amount == 9000
    assert order(sent({**told_, "CustomerStatus": "New"})).buyer == Buyer(is_new=True)


@pytest.mark.parametrize(
    "value",
    [
        "{clickid}",
        "{{click.id}}",
        "${CLICK}",
        "x{sub1}",
        "[clickid]",
        "%clickid%",
        "<clickid>",
        "__CLICKID__",
        "{}",
    ],
)
@pytest.mark.parametrize("field", ["cid", "txid", "payout", "currency", "et"])
def test_a_macro_that_was_left_is_quarantined(field: str, value: str) -> None:
    (found,) = sent({"cid": "abc", "txid": "1001", "payout": "1", **{field: value}})
    assert isinstance(found, Quarantined)
    assert (found.value, found.why) == (value, "macro")


def test_a_macro_in_what_is_not_needed_is_left_out() -> None:
    found = order(sent({"cid": "abc", "txid": "1", "payout": "1", "coupon": "{coupon}", "sub5": "{sub5}"}))
    assert (found.coupons, found.clicks) == ((), ("abc",))


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("12,34", 1234),
        ("12.34", 1234),
        ("1.249,90", 124990),
        ("1,249.90", 124990),
        ("1.249.900", 124990000),
        ("1 249,90 TL", 124990),
        ("₺1.249,90", 124990),
        ("1249", 124900),
        ("0.125", 12),
        ("12.5000", 1250),
        ("1249.125", 124912),
        (" 7 ", 700),
    ],
)
def test_amounts_with_the_marks_of_any_country(text: str, amount: int) -> None:
    assert order(sent({"cid": "a", "amount": text})).amount == amount


@pytest.mark.parametrize(
    "text",
    [
        "1.249",
        "1,249",
        "12.500",
        "-5.00",
        "12,34,56",
        "1.2.3",
        "free",
        "1e5",
        "5 EUR",
        "5 adet",
        "12 34 56 x",
        "٣",
        "9" * 30,
    ],
)
def test_amounts_that_may_mean_two_things_or_nothing_are_quarantined(text: str) -> None:
    (found,) = sent({"cid": "a", "amount": text})
    assert isinstance(found, Quarantined)
    assert (found.field, found.why) == ("amount", "amount")


def test_three_decimals_are_plain_where_the_currency_has_them() -> None:
    assert order(sent({"cid": "a", "amount": "1.249", "currency": "KWD"})).amount == 1249


def test_an_amount_of_no_known_currency_is_quarantined() -> None:
    assert sent({"cid": "a", "amount": "1"}, currency=None) == [Quarantined("currency", "", "currency")]
    assert sent({"cid": "a", "amount": "1", "currency": "XQX"}) == [
        Quarantined("currency", "XQX", "currency")
    ]


@pytest.mark.parametrize(
    ("aliases", "query"),
    [
        (
            {"click_id": "s2", "order_id": "ref", "amount": "price", "currency": "=EUR"},
            {"s2": "abc", "ref": "1001", "price": "5"},
        ),
        (
            {"s2": "click_id", "ref": "order_id", "price": "amount", "currency": "cc"},
            {"s2": "abc", "ref": "1001", "price": "5", "cc": "eur"},
        ),
        (
            {"click": "transaction_id", "currency": "=EUR"},
            {"transaction_id": "abc", "order_id": "1001", "amount": "5"},
        ),
    ],
)
def test_aliases_name_the_senders_parameters(aliases: dict[str, str], query: dict[str, str]) -> None:
    found = order(sent(query, aliases=aliases))
    assert (found.clicks, found.refs, found.amount, found.currency) == (("abc",), ONE, 500, "EUR")


def test_an_alias_holds_even_where_another_name_would_do() -> None:
    query = {"cid": "campaign-9", "s2": "abc", "txid": "1001"}
    assert order(sent(query, aliases={"click_id": "s2"})).clicks == ("abc",)
    assert order(sent({"cid": "campaign-9", "txid": "1001"}, aliases={"click_id": "s2"})).clicks == ()


def test_minor_units_are_said_by_an_alias_or_by_dub() -> None:
    found = order(sent({"cid": "a", "amount": "1249"}, aliases={"amount_unit": "=minor"}))
    assert found.amount == 1249
    dub = {
        "id": "evt_1",
        "event": "sale.created",
        "data": {
            "eventName": "Purchase",
            "click": {"id": "abc"},
            "customer": {"externalId": "u-1"},
            "sale": {"amount": 5000, "currency": "usd", "invoiceId": "1001"},
        },
    }
    found = order(told("generic", dub))
    assert (found.amount, found.currency, found.clicks, found.refs) == (5000, "USD", ("abc",), ONE)


@pytest.mark.parametrize(
    ("event", "status", "kind", "paid"),
    [
        ("purchase", "", "sale", None),
        ("", "lead", "lead", None),
        ("sign_up", "", "signup", None),
        ("CompleteRegistration", "", "signup", None),
        ("Booking", "", "booking", None),
        ("8180", "", "sale", None),
        ("sale", "approved", "sale", True),
        ("sale", "pending", "sale", False),
    ],
)
def test_events_and_statuses(event: str, status: str, kind: str, paid: bool | None) -> None:
    found = order(sent({"cid": "abc", "txid": "1001", "payout": "5", "et": event, "status": status}))
    assert (found.kind, found.paid) == (kind, paid)


def test_an_event_of_ones_own_is_named_by_an_alias() -> None:
    assert order(sent({"cid": "a", "txid": "1", "et": "8181"}, aliases={"event.8181": "lead"})).kind == "lead"
    assert order(sent({"cid": "a", "txid": "1", "et": "8181"})).kind == "custom"


def test_what_is_taken_back() -> None:
    query = {"cid": "abc", "txid": "1001", "payout": "5", "status": "rejected"}
    assert sent(query) == [Cancellation(ONE, NOW)]
    assert sent({**query, "status": "refunded"}) == [Refund(ONE, "1001:500", 500, "TRY", NOW)]
    assert sent({"txid": "1001", "et": "refund"}) == [Cancellation(ONE, NOW)]


def test_a_click_without_an_order_converts_once_in_each_kind() -> None:
    assert order(sent({"cid": "abc", "payout": "5"})).refs == (Ref("any", "abc"),)
    assert order(sent({"cid": "abc", "et": "lead"})).refs == (Ref("any", "abc/lead"),)


def test_what_can_not_be_used() -> None:
    missing = [Quarantined("order", "", "missing")]
    assert sent({}) == missing
    assert sent({"cid": "null", "txid": "undefined", "payout": "5"}) == missing
    assert sent({"cid": "a", "et": "add_to_cart", "payout": "5"}) == [Ignored("kind")]
    for body in (b"{", b"[]", b"[1]", b"\xff\x00", b"  <xml/>"):
        (found,) = told("generic", body)
        assert isinstance(found, Quarantined), body


def test_an_array_is_read_one_by_one() -> None:
    found = told(
        "generic", [{"cid": "a", "txid": "1", "amount": 1}, {"cid": "{x}"}, {"cid": "b", "txid": "2"}]
    )
    assert [type(each) for each in found] == [Order, Quarantined, Order]


def test_a_thin_hook_has_to_be_fetched() -> None:
    hook = {
        "scope": "store/order/created",
        "store_id": "1",
        "data": {"type": "order", "id": 250},
        "hash": "x",
    }
    assert told("generic", hook) == [NeedsFetch("order", "250")]


def ga4(*events: dict[str, Any], **changed: Any) -> list[Any]:
    body = {"client_id": "5.1", "timestamp_micros": "1763719200000000", "events": list(events), **changed}
    return list(told("ga4", body))


def purchase(**params: Any) -> dict[str, Any]:
    return {
        "name": "purchase",
        "params": {"transaction_id": "T-1", "value": 1249.9, "currency": "TRY", **params},
    }


AT = datetime(2025, 11, 21, 10, tzinfo=UTC)


def test_a_purchase_of_ga4() -> None:
    found = order(ga4(purchase(coupon="AYSE10", tax=208.32, shipping=39.9), user_id="u-1"))
    assert (found.refs, found.amount, found.clicks, found.coupons) == (
        (Ref("any", "T-1"),),
        124990,
        ("5.1",),
        ("AYSE10",),
    )
    assert (found.tax_included, found.tax, found.shipping) == (True, 20832, 3990)
    assert (found.buyer, found.occurred_at) == (Buyer("u-1"), AT)


def test_a_value_that_is_just_its_items_holds_neither_tax_nor_shipping() -> None:
    items = [{"item_id": "S", "price": 500, "quantity": 2}, {"item_id": "T", "price": 249.9}]
    found = order(ga4(purchase(items=items, tax=208.32, shipping=39.9)))
    assert (found.amount, found.tax_included, found.shipping) == (124990, False, None)


def test_floats_end_exact() -> None:
    params = b'{"transaction_id":"T","value":1249.8999999999999,"currency":"TRY"}'
    body = b'{"client_id":"c","events":[{"name":"purchase","params":' + params + b"}]}"
    assert order(told("ga4", body)).amount == 124990


def test_refunds_leads_and_steps_of_ga4() -> None:
    refund = {"name": "refund", "params": {"transaction_id": "T-1", "value": 5, "currency": "TRY"}}
    whole = {"name": "refund", "params": {"transaction_id": "T-1"}}
    lead = {"name": "generate_lead", "params": {}}
    refs = (Ref("any", "T-1"),)
    found = ga4(refund, whole, lead, {"name": "page_view"}, {"name": "purchase", "params": {"value": 1}})
    assert found[:2] == [Refund(refs, "T-1:500:1763719200000", 500, "TRY", AT), Cancellation(refs, AT)]
    assert (found[2].kind, found[2].refs) == ("lead", (Ref("any", "5.1/lead"),))
    assert found[3:] == [Ignored("kind"), Quarantined("transaction_id", "", "missing")]


def test_events_that_can_not_be_used() -> None:
    assert ga4() == [Quarantined("events", "", "missing")]
    assert told("ga4", b"") == [Quarantined("events", "", "shape")]
    assert ga4(purchase(transaction_id="{{id}}")) == [Quarantined("transaction_id", "{{id}}", "macro")]
    assert ga4(purchase(value="-3")) == [Quarantined("value", "-3", "amount")]
    assert ga4(purchase(value="12,x")) == [Quarantined("value", "12,x", "amount")]


def test_meta_and_unknown_kinds_are_kept_and_nothing_else() -> None:
    assert told("meta", {"object": "instagram", "entry": []}) == [Ignored("kind")]
    assert told("newshop", json.dumps({}).encode()) == [Ignored("kind")]
