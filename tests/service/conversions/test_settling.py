"""What an order brings about is the same in whatever order it became known."""

import itertools
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import NamedTuple
from uuid import UUID

import pytest
from msgspec import structs

from service.conversions import store
from service.conversions.facts import Source
from service.conversions.reports import Buyer, Cancellation, Order, Ref, Refund, Report
from service.conversions.settled import store as settled
from service.conversions.settling import settle
from service.conversions.taking import take
from service.conversions.waiting import arrived
from service.kit import ids
from service.kit.db import Connection
from service.programs.terms import Hold, Rule, Terms, Tier
from tests.service.conversions.selling import (
    add_click,
    add_coupon,
    add_partner,
    add_program,
    balances,
    click_at,
)

NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)
CLICKED = NOON - timedelta(hours=1)
WEBHOOK = Source("", "webhook", True, "dly_1")
ID = (Ref("id", "1001"),)


class Shop(NamedTuple):
    program: UUID
    ayse: UUID
    can: UUID
    click: UUID


@pytest.fixture
async def shop(db: Connection, workspace: UUID) -> Shop:
    program = await add_program(db, workspace)
    ayse = await add_partner(db, workspace, "Ayse", program)
    can = await add_partner(db, workspace, "Can", program)
    await add_coupon(db, workspace, "AYSE10", ayse)
    return Shop(program, ayse, can, click_at(CLICKED))


def order(shop: Shop, **more: object) -> Order:
    base = Order(
        ID,
        amount=12_000,
        currency="TRY",
        tax=2_000,
        paid=True,
        clicks=(ids.show("clk", shop.click),),
        occurred_at=NOON,
        stated_at=NOON,
    )
    return structs.replace(base, **more)


def refund(name: str, amount: int, **more: bool) -> Refund:
    return Refund(ID, name, amount, "TRY", NOON + timedelta(days=1), **more)


async def sweep(db: Connection, workspace: UUID) -> None:
    """What the schedule does each minute."""
    page = await settled.waits(db, workspace, UUID(int=0), "", 500)
    for conversion_id in await arrived(db, workspace, page):
        await settle(db, workspace, conversion_id)


@asynccontextmanager
async def undone(db: Connection) -> AsyncIterator[None]:
    transaction = db.transaction()
    await transaction.start()
    try:
        yield
    finally:
        await transaction.rollback()


async def played(db: Connection, workspace: UUID, shop: Shop, parts: Sequence[Report | str]) -> object:
    """The balances after these have come, one after the other."""
    for part in parts:
        if isinstance(part, str):
            await add_click(db, workspace, shop.click, CLICKED, shop.can)
        else:
            await take(db, workspace, WEBHOOK, part)
        await sweep(db, workspace)
    assert await db.fetchval("select coalesce(sum(amount), 0) from ledger_postings") == 0
    rows = await db.fetch("select sum(amount) s, partner_id from commissions group by partner_id")
    return await balances(db, workspace), {row["partner_id"]: row["s"] for row in rows}


@pytest.mark.parametrize(
    ("refunds", "left"),
    [
        ([refund("r1", 3_000), refund("r2", 9_000)], 0),
        ([refund("r1", 3_000), refund("r2", 4_000)], 417),
        ([refund("c1", 3_000, cumulative=True), refund("c2", 5_000, cumulative=True)], 583),
    ],
    ids=["all", "a part", "running totals"],
)
async def test_every_order_of_arrival_ends_in_the_same_balances(
    db: Connection, workspace: UUID, shop: Shop, refunds: list[Refund], left: int
) -> None:
    parts: list[Report | str] = ["click", order(shop), *refunds, order(shop)]
    for permutation in list(itertools.permutations(parts))[::3]:
        async with undone(db):
            found, commissions = await played(db, workspace, shop, permutation)  # type: ignore[misc]
        owed = {("expense", shop.can): -left, ("payable", shop.can): left} if left else {}
        assert found == owed
        assert commissions == {shop.can: left}


async def test_without_the_click_nobody_earns_and_the_reason_says_so(
    db: Connection, workspace: UUID, shop: Shop
) -> None:
    taken = await take(db, workspace, WEBHOOK, order(shop))
    assert taken.conversion_id
    row = await store.get(db, workspace, taken.conversion_id)
    assert row.partner_id is None
    assert row.attribution is not None
    assert row.attribution["why"][0]["code"] == "no_evidence"
    assert await balances(db, workspace) == {}


async def test_a_coupon_outranks_the_click_and_says_why(db: Connection, workspace: UUID, shop: Shop) -> None:
    await add_click(db, workspace, shop.click, CLICKED, shop.can)
    taken = await take(db, workspace, WEBHOOK, order(shop, coupons=("Ayşe10",)))
    assert taken.conversion_id
    row = await store.get(db, workspace, taken.conversion_id)
    assert row.partner_id == shop.ayse
    assert row.attribution is not None
    assert [why["code"] for why in row.attribution["why"]] == ["coupon", "outranks"]
    touches = await db.fetch("select kind, share from conversion_touches order by n")
    assert [(touch["kind"], touch["share"]) for touch in touches] == [("click", 0), ("coupon", 1)]


async def test_a_coupon_that_is_told_later_moves_the_commission(
    db: Connection, workspace: UUID, shop: Shop
) -> None:
    await add_click(db, workspace, shop.click, CLICKED, shop.can)
    await take(db, workspace, WEBHOOK, order(shop))
    assert (await balances(db, workspace))[("payable", shop.can)] == 1_000
    edited = order(shop, coupons=("AYSE10",), stated_at=NOON + timedelta(hours=1))
    await take(db, workspace, WEBHOOK, edited)
    owed = {("expense", shop.ayse): -1_000, ("payable", shop.ayse): 1_000}
    assert await balances(db, workspace) == owed


async def test_settled_twice_nothing_changes(db: Connection, workspace: UUID, shop: Shop) -> None:
    await add_click(db, workspace, shop.click, CLICKED, shop.can)
    taken = await take(db, workspace, WEBHOOK, order(shop))
    assert taken.conversion_id
    before = await db.fetch("select * from commissions"), await db.fetch("select * from ledger_postings")
    await settle(db, workspace, taken.conversion_id)
    assert (
        await db.fetch("select * from commissions"),
        await db.fetch("select * from ledger_postings"),
    ) == before


@pytest.mark.parametrize("edit", [6_000, 18_000])
async def test_an_edit_corrects_the_commission(
    db: Connection, workspace: UUID, shop: Shop, edit: int
) -> None:
    await add_click(db, workspace, shop.click, CLICKED, shop.can)
    await take(db, workspace, WEBHOOK, order(shop))
    await take(db, workspace, WEBHOOK, order(shop, amount=edit, tax=0, stated_at=NOON + timedelta(hours=1)))
    assert (await balances(db, workspace))[("payable", shop.can)] == edit // 10


async def test_what_is_called_off_is_taken_back_and_may_come_back(
    db: Connection, workspace: UUID, shop: Shop
) -> None:
    await add_click(db, workspace, shop.click, CLICKED, shop.can)
    await take(db, workspace, WEBHOOK, order(shop, paid=False))
    assert (await balances(db, workspace))[("pending", shop.can)] == 1_000
    await take(db, workspace, WEBHOOK, Cancellation(ID, NOON + timedelta(hours=1)))
    assert await balances(db, workspace) == {}
    await take(db, workspace, WEBHOOK, order(shop, stated_at=NOON + timedelta(hours=2)))
    assert (await balances(db, workspace))[("payable", shop.can)] == 1_000


async def test_a_test_order_earns_nothing(db: Connection, workspace: UUID, shop: Shop) -> None:
    await add_click(db, workspace, shop.click, CLICKED, shop.can)
    await take(db, workspace, WEBHOOK, order(shop, test=True))
    assert await balances(db, workspace) == {}


async def test_a_customer_is_new_once(db: Connection, workspace: UUID, shop: Shop) -> None:
    buyer = Buyer("7")
    later = order(shop, refs=(Ref("id", "2"),), buyer=buyer, occurred_at=NOON + timedelta(days=1))
    second = await take(db, workspace, WEBHOOK, later)
    assert second.conversion_id
    assert (await store.get(db, workspace, second.conversion_id)).is_new is True
    first = await take(db, workspace, WEBHOOK, order(shop, buyer=buyer))
    assert first.conversion_id
    await settle(db, workspace, second.conversion_id)
    news = [
        (await store.get(db, workspace, each)).is_new for each in (first.conversion_id, second.conversion_id)
    ]
    assert news == [True, False]


@pytest.mark.parametrize("days", list(itertools.permutations(range(3))), ids=str)
async def test_a_tier_is_reached_by_the_same_sales_however_they_come(
    db: Connection, workspace: UUID, days: Sequence[int]
) -> None:
    tiers = [Tier(rate=Decimal("0.20"), from_sales=2), Tier(rate=Decimal("0.50"), from_sales=3)]
    rule = Rule("sale", rate=Decimal("0.10"), tiers=tiers)
    program = await add_program(db, workspace, Terms(rules=[rule], hold=Hold(days=14, since="event")))
    ayse = await add_partner(db, workspace, "Ayse", program)
    await add_coupon(db, workspace, "AYSE10", ayse)
    for day in days:
        sale = Order(
            (Ref("id", str(day)),),
            amount=1_000,
            currency="TRY",
            coupons=("AYSE10",),
            occurred_at=NOON + timedelta(days=day),
        )
        await take(db, workspace, WEBHOOK, sale)
        for payload in await db.fetch("select payload from jobs order by id"):
            for text in payload["payload"]["ids"]:
                await settle(db, workspace, UUID(text))
    earned = await db.fetch("select occurred_at, sum(amount) as sum from commissions group by 1 order by 1")
    assert [row["sum"] for row in earned] == [100, 200, 500]
