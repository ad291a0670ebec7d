"""One conversion per order, whoever tells of it, how often, and in what order."""

import itertools
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from msgspec import structs

from service.conversions import store
from service.conversions.facts import Source
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
from service.conversions.rows import ConversionRow
from service.conversions.taking import take
from service.kit.db import Connection

NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)
WEBHOOK = Source("", "webhook", True, "dly_1")
API = Source("", "api", True, "key_1")
FILE = Source("", "import", True, "imp_1")
POSTBACK = Source("", "postback", False, "dly_2")
ORDER = Order(
    (Ref("id", "450789469"), Ref("number", "#1001"), Ref("payment", "pi_1")),
    amount=12_000,
    currency="TRY",
    tax=2_000,
    paid=True,
    clicks=("clk_x",),
    coupons=("AYSE10",),
    buyer=Buyer("7", "ayse@shop.example"),
    occurred_at=NOON,
    stated_at=NOON,
)


def refund(external_id: str, amount: int, *refs: Ref, **more: Any) -> Refund:
    return Refund(refs or (Ref("id", "450789469"),), external_id, amount, "TRY", NOON, **more)


async def row_of(db: Connection, workspace: UUID, conversion_id: UUID | None) -> ConversionRow:
    assert conversion_id is not None
    return await store.get(db, workspace, conversion_id)


async def the_only(db: Connection, workspace: UUID) -> ConversionRow:
    found = await db.fetchval("select array_agg(id) from conversions where merged_into is null")
    assert len(found) == 1
    return await store.get(db, workspace, found[0])


async def test_an_order_comes_once_however_often_it_is_told(db: Connection, workspace: UUID) -> None:
    first = await take(db, workspace, WEBHOOK, ORDER)
    again = await take(db, workspace, WEBHOOK, ORDER)
    assert (first.outcome, again.outcome) == ("created", "unchanged")
    row = await the_only(db, workspace)
    assert (row.amount, row.net, row.status, row.version) == (12_000, 10_000, "confirmed", 1)
    assert row.customer_id is not None


async def test_api_postback_and_file_tell_of_one_order(db: Connection, workspace: UUID) -> None:
    number = (Ref("any", "1001"),)
    await take(db, workspace, API, Order(number, amount=12_000, currency="TRY", occurred_at=NOON))
    await take(db, workspace, POSTBACK, Order(number, amount=12_000, currency="TRY", clicks=("clk_y",)))
    await take(db, workspace, FILE, Order(number, coupons=("YAZ",)))
    taken = await take(db, workspace, POSTBACK, Order(number, amount=99_000, currency="TRY"))
    assert taken.outcome == "conflict"
    await take(db, workspace, WEBHOOK, ORDER)
    row = await the_only(db, workspace)
    assert (row.amount, row.clicks, row.coupons) == (12_000, ["clk_x", "clk_y"], ["AYSE10", "YAZ"])
    assert [(one.field, one.told, one.channel) for one in row.conflicts] == [("amount", "99000", "postback")]


async def test_two_that_turn_out_to_be_one_are_merged(db: Connection, workspace: UUID) -> None:
    one = Order((Ref("id", "450789469"),), amount=12_000, currency="TRY", occurred_at=NOON)
    other = Order((Ref("payment", "pi_1"),), amount=12_000, currency="TRY", occurred_at=NOON)
    first = await take(db, workspace, API, one)
    second = await take(db, workspace, POSTBACK, other)
    await take(db, workspace, POSTBACK, refund("r1", 500, Ref("payment", "pi_1")))
    assert first.conversion_id != second.conversion_id
    await take(db, workspace, WEBHOOK, ORDER)
    row = await the_only(db, workspace)
    assert (row.id, row.refunded) == (first.conversion_id, 500)
    assert (await row_of(db, workspace, second.conversion_id)).merged_into == row.id


async def test_numbers_of_two_systems_are_two_orders(db: Connection, workspace: UUID) -> None:
    await take(db, workspace, WEBHOOK, ORDER)
    other = structs.replace(ORDER, refs=(Ref("id", "9"), Ref("number", "1001")))
    assert (await take(db, workspace, WEBHOOK, other)).outcome == "created"


async def test_another_shop_or_workspace_has_its_own(db: Connection, workspace: UUID) -> None:
    await take(db, workspace, WEBHOOK, ORDER)
    taken = await take(db, workspace, structs.replace(WEBHOOK, shop="other.example"), ORDER)
    assert taken.outcome == "created"


PARTS: dict[str, tuple[Source, Report]] = {
    "order": (WEBHOOK, ORDER),
    "duplicate": (WEBHOOK, ORDER),
    "same by api": (API, Order((Ref("any", "1001"),), amount=12_000, currency="TRY", occurred_at=NOON)),
    "partial": (WEBHOOK, refund("r1", 3_000)),
    "by payment": (WEBHOOK, refund("ch_1", 5_000, Ref("payment", "pi_1"), cumulative=True)),
    "cancelled": (WEBHOOK, Cancellation((Ref("id", "450789469"),), NOON + timedelta(days=1))),
}


@pytest.mark.parametrize("names", list(itertools.permutations(PARTS))[::7], ids=" < ".join)
async def test_the_order_of_arrival_changes_nothing(
    db: Connection, workspace: UUID, names: tuple[str, ...]
) -> None:
    for name in names:
        await take(db, workspace, *PARTS[name])
    row = await the_only(db, workspace)
    assert (row.amount, row.net, row.refunded, row.status) == (12_000, 10_000, 5_000, "cancelled")
    assert (row.external_id, row.conflicts, row.occurred_at) == ("450789469", [], NOON)
    assert await db.fetchval("select count(*) from early_reports") == 0
    assert await db.fetchval("select count(*) from refunds where conversion_id is null") == 0


async def test_a_refund_that_is_told_twice_counts_once(db: Connection, workspace: UUID) -> None:
    await take(db, workspace, WEBHOOK, ORDER)
    for _ in range(2):
        await take(db, workspace, WEBHOOK, refund("r1", 3_000))
    assert (await the_only(db, workspace)).refunded == 3_000
    await take(db, workspace, WEBHOOK, refund("r2", 11_000))
    assert (await the_only(db, workspace)).refunded == 12_000


async def test_an_edit_counts_and_an_older_one_that_comes_later_does_not(
    db: Connection, workspace: UUID
) -> None:
    edited = structs.replace(ORDER, amount=9_000, stated_at=NOON + timedelta(hours=2))
    await take(db, workspace, WEBHOOK, edited)
    taken = await take(db, workspace, WEBHOOK, ORDER)
    row = await the_only(db, workspace)
    assert (row.amount, row.conflicts) == (9_000, [])
    assert taken.outcome in ("updated", "unchanged")


async def test_a_change_of_an_order_that_is_not_known_waits(db: Connection, workspace: UUID) -> None:
    change = Order((Ref("id", "450789469"),), paid=True, stated_at=NOON + timedelta(hours=1))
    assert (await take(db, workspace, WEBHOOK, change)).outcome == "waiting"
    await take(db, workspace, WEBHOOK, structs.replace(ORDER, paid=False))
    assert (await the_only(db, workspace)).status == "confirmed"


async def test_a_payment_systems_word_waits_for_the_order(db: Connection, workspace: UUID) -> None:
    word = Payment((Ref("payment", "pi_1"),), "pi_1", True, NOON)
    assert (await take(db, workspace, WEBHOOK, word)).outcome == "waiting"
    await take(db, workspace, WEBHOOK, structs.replace(ORDER, paid=None))
    assert (await the_only(db, workspace)).status == "confirmed"


@pytest.mark.parametrize(
    ("report", "outcome"),
    [
        (Ignored("topic"), "ignored"),
        (NeedsFetch("order", "1"), "fetch"),
        (Quarantined("click_id", "{clickid}", "macro"), "quarantined"),
        (Order((), amount=1, currency="TRY"), "quarantined"),
        (Order((Ref("id", " "),), amount=1, currency="TRY"), "quarantined"),
        (Order((Ref("id", "1"),), amount=10**19, currency="TRY"), "quarantined"),
        (refund("r", -5), "quarantined"),
    ],
)
async def test_what_makes_no_order(db: Connection, workspace: UUID, report: Report, outcome: str) -> None:
    assert (await take(db, workspace, WEBHOOK, report)).outcome == outcome
    assert await db.fetchval("select count(*) from conversions") == 0


async def test_nothing_that_a_person_is_known_by_is_stored(db: Connection, workspace: UUID) -> None:
    order = structs.replace(
        ORDER, referrer="https://x.example/?mail=ayse@shop.example", landing={"email": "ayse@shop.example"}
    )
    await take(db, workspace, WEBHOOK, order)
    for table in ("conversions", "conversion_reports", "customers", "customer_keys"):
        text = await db.fetchval(f"select string_agg(t::text, ' ') from {table} t")
        assert "ayse@" not in text, table


async def test_two_customers_that_are_one(db: Connection, workspace: UUID) -> None:
    def order(n: int, buyer: Buyer) -> Order:
        return Order((Ref("id", str(n)),), amount=1, currency="TRY", buyer=buyer, occurred_at=NOON)

    await take(db, workspace, WEBHOOK, order(1, Buyer("7")))
    await take(db, workspace, WEBHOOK, order(2, Buyer(None, "a.b@gmail.com")))
    assert await db.fetchval("select count(distinct customer_id) from conversions") == 2
    await take(db, workspace, WEBHOOK, order(3, Buyer("7", "AB+x@googlemail.com")))
    assert await db.fetchval("select count(distinct customer_id) from conversions") == 1
    assert await db.fetchval("select count(*) from customers") == 1


@pytest.mark.parametrize("name", ["occurred_at", "delivered_at", "cancelled_at", "stated_at"])
async def test_a_time_that_nobody_means_is_quarantined(db: Connection, workspace: UUID, name: str) -> None:
    far = structs.replace(ORDER, **{name: datetime.max.replace(tzinfo=UTC)})
    assert (await take(db, workspace, FILE, far)).outcome == "quarantined"
    late = Cancellation(ORDER.refs, datetime.min.replace(tzinfo=UTC))
    assert (await take(db, workspace, WEBHOOK, late)).why == "time: occurred_at"
