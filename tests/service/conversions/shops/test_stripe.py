"""Stripe's events."""

from datetime import UTC, datetime
from typing import Any

import pytest

from service.conversions.reports import Ignored, NeedsFetch, Quarantined, Ref, Refund, Report
from service.conversions.shops import learned
from tests.service.conversions.shops.reading import order, refunds, told

CREATED = 1795000000
AT = datetime.fromtimestamp(CREATED, UTC)
CLICK = "clk_01jd0000000000000000000000"


def event(kind: str, thing: dict[str, Any], **changed: Any) -> dict[str, Any]:
    envelope = {"id": "evt_1", "object": "event", "type": kind, "created": CREATED, "livemode": True}
    return {**envelope, "data": {"object": thing}, **changed}


def session(**changed: Any) -> dict[str, Any]:
    return {
        "id": "cs_1",
        "object": "checkout.session",
        "mode": "payment",
        "amount_total": 12990,
        "currency": "try",
        "payment_status": "paid",
        "payment_intent": "pi_1",
        "invoice": None,
        "client_reference_id": "abc_1",
        "metadata": {"elci_click_id": CLICK, "coupon": "VELI5", "utm_source": "ig"},
        "customer": "cus_1",
        "customer_details": {"email": "a@example.com", "address": {"country": "TR"}},
        "created": CREATED - 60,
        "total_details": {"amount_discount": 100, "amount_shipping": 1200, "amount_tax": 2165},
        "shipping_cost": {"amount_subtotal": 1000, "amount_tax": 200, "amount_total": 1200},
        "discounts": [{"coupon": "Z4OV52SU", "promotion_code": "promo_1"}],
        "payment_link": "plink_1",
        **changed,
    }


def read(kind: str, thing: dict[str, Any], **changed: Any) -> list[Report]:
    return told("stripe", event(kind, thing, **changed), aliases={"promo_1": "AYSE10"})


def test_a_finished_checkout_with_all_its_evidence() -> None:
    found = order(read("checkout.session.completed", session()))
    assert found.refs == (Ref("id", "cs_1"), Ref("payment", "pi_1"))
    assert (found.amount, found.currency, found.tax, found.shipping, found.shipping_tax) == (
        12990,
        "TRY",
        2165,
        1200,
        200,
    )
    assert (found.clicks, found.coupons) == (("abc_1", CLICK), ("AYSE10", "VELI5"))
    assert (found.campaign, found.landing, found.country) == (
        {"source": "ig"},
        {"payment_link": "plink_1"},
        "TR",
    )
    assert (found.paid, found.test, found.discount) == (True, False, 100)
    assert found.stated_at == AT


@pytest.mark.parametrize(
    ("kind", "status", "paid", "cancelled"),
    [
        ("checkout.session.completed", "paid", True, False),
        ("checkout.session.completed", "no_payment_required", True, False),
        ("checkout.session.completed", "unpaid", False, False),
        ("checkout.session.async_payment_succeeded", "paid", True, False),
        ("checkout.session.async_payment_succeeded", "unpaid", True, False),
        ("checkout.session.async_payment_failed", "unpaid", False, True),
    ],
)
def test_whether_it_is_paid(kind: str, status: str, paid: bool, cancelled: bool) -> None:
    found = order(read(kind, session(payment_status=status)))
    assert (found.paid, found.cancelled_at is not None) == (paid, cancelled)


@pytest.mark.parametrize(
    ("currency", "theirs", "ours"),
    [
        ("jpy", 1249, 1249),
        ("try", 1249, 1249),
        ("kwd", 12490, 12490),
        ("isk", 124900, 1249),
        ("huf", 124900, 124900),
        ("ugx", 500, 5),
    ],
)
def test_its_integers_in_our_minor_units(currency: str, theirs: int, ours: int) -> None:
    assert (
        order(read("checkout.session.completed", session(currency=currency, amount_total=theirs))).amount
        == ours
    )


@pytest.mark.parametrize("amount", ["12990", 129.9, True, [1], 10**40])
def test_an_amount_that_is_no_integer_is_quarantined(amount: Any) -> None:
    (found,) = read("checkout.session.completed", session(amount_total=amount))
    assert isinstance(found, Quarantined)


def test_expanded_objects_are_as_good_as_their_ids() -> None:
    expanded = session(
        payment_intent={"id": "pi_1", "object": "payment_intent"},
        invoice={"id": "in_1"},
        customer={"id": "cus_1"},
        discounts=[{"coupon": {"id": "Z"}, "promotion_code": {"id": "promo_9", "code": "FATMA"}}],
    )
    found = order(read("checkout.session.completed", expanded))
    assert found.refs[1:] == (Ref("payment", "pi_1"), Ref("payment", "in_1"))
    assert found.coupons == ("FATMA", "VELI5")


def test_a_test_mode_is_marked() -> None:
    assert order(read("checkout.session.completed", session(), livemode=False)).test


def test_an_invoice_joins_the_session_and_a_renewal_knows_the_subscriptions_click() -> None:
    invoice = {
        "id": "in_2",
        "number": "AB-0002",
        "currency": "usd",
        "amount_paid": 700,
        "total": 900,
        "tax": 100,
        "payment_intent": "pi_2",
        "charge": "ch_2",
        "customer": "cus_1",
        "customer_email": "a@example.com",
        "subscription_details": {"metadata": {"click_id": CLICK}},
        "status_transitions": {"paid_at": CREATED - 5},
        "lines": {"data": [{"amount": 700, "quantity": 2, "price": {"id": "price_1", "product": "prod_1"}}]},
    }
    found = order(read("invoice.paid", invoice))
    assert found.refs == (
        Ref("payment", "in_2"),
        Ref("payment", "pi_2"),
        Ref("payment", "ch_2"),
        Ref("number", "AB-0002"),
    )
    assert (found.amount, found.tax, found.clicks, found.paid) == (700, 100, (CLICK,), True)
    assert found.lines is not None
    assert (found.lines[0].product_id, found.lines[0].net) == ("prod_1", None)
    newer = {
        **invoice,
        "tax": None,
        "total_taxes": [{"amount": 60}, {"amount": 40}],
        "payment_intent": None,
        "payments": {"data": [{"payment": {"payment_intent": "pi_3"}}]},
        "parent": {"subscription_details": {"metadata": {"click_id": "other"}}},
    }
    again = order(read("invoice.payment_succeeded", newer))
    assert (again.tax, again.clicks, again.refs[2]) == (100, ("other",), Ref("payment", "pi_3"))


def test_refunds_of_a_charge_are_cumulative_and_each_has_its_name() -> None:
    charge = {"id": "ch_1", "currency": "try", "payment_intent": "pi_1", "refunded": False}
    found = [refunds(read("charge.refunded", {**charge, "amount_refunded": each})) for each in (500, 700)]
    refs = (Ref("payment", "pi_1"), Ref("payment", "ch_1"))
    assert found == [
        [Refund(refs, "ch_1:500", 500, "TRY", AT, cumulative=True)],
        [Refund(refs, "ch_1:700", 700, "TRY", AT, cumulative=True)],
    ]


@pytest.mark.parametrize(
    ("kind", "status", "counts"),
    [
        ("refund.created", "succeeded", True),
        ("refund.created", "pending", False),
        ("refund.updated", "succeeded", True),
        ("refund.updated", "failed", False),
        ("charge.refund.updated", "canceled", False),
        ("charge.dispute.closed", "lost", True),
        ("charge.dispute.closed", "won", False),
    ],
)
def test_single_refunds_count_once_the_money_is_gone(kind: str, status: str, counts: bool) -> None:
    thing = {
        "id": "re_1",
        "amount": 500,
        "currency": "try",
        "charge": "ch_1",
        "payment_intent": "pi_1",
        "status": status,
    }
    found = read(kind, thing)
    assert bool(refunds(found)) is counts
    assert counts or found == [Ignored("status")]


def test_what_can_not_be_used() -> None:
    assert read("checkout.session.completed", session(mode="setup", amount_total=None)) == [Ignored("kind")]
    assert read("checkout.session.expired", session()) == [Ignored("topic")]
    assert read("payment_intent.succeeded", {"id": "pi_1", "amount": 5}) == [Ignored("topic")]
    (found,) = read("charge.refunded", {"amount_refunded": 5, "currency": "try"})
    assert found == Quarantined("payment_intent", "", "missing")
    assert told("stripe", b"[]") == [Quarantined("body", "", "shape")]


def test_a_thin_event_has_to_be_fetched() -> None:
    thin = {
        "object": "v2.core.event",
        "type": "v1.x",
        "related_object": {"id": "cs_9", "type": "checkout.session"},
    }
    assert told("stripe", thin) == [NeedsFetch("checkout.session", "cs_9")]


def test_only_promotion_codes_teach() -> None:
    assert learned(b'{"data": {"object": {"object": "coupon", "id": "c", "code": "x"}}}') == {}
    assert learned(b"nonsense") == {}
