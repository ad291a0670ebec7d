"""Commissions are brought to what they should be, by posting the difference alone."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import asyncpg
import pytest

from service.kit import ids
from service.kit.db import Connection
from service.ledger import bringing, settling
from service.ledger.schemas import CommissionRow, Entry, Posting
from tests.service.ledger.bookkeeping import PAST, SOON, balances, standing_of, target
from tests.service.ledger.conftest import Enlist
from tests.service.ledger.paying import pay

Told = tuple[str, int, str, str | None]


def told(rows: Sequence[CommissionRow]) -> list[Told]:
    return [(row.step, row.amount, row.status, row.reason or row.cause) for row in rows]


async def entries(db: Connection) -> int:
    return int(await db.fetchval("select count(*) from ledger_entries"))


async def test_what_is_earned_is_posted_once(db: Connection, workspace: UUID, enlist: Enlist) -> None:
    ayse, conversion = await enlist("Ayşe"), ids.new()
    for _ in range(3):
        rows = await settling.settle(db, workspace, conversion, [target(ayse, 1000)], "test")
        assert told(rows) == [("accrual", 1000, "pending", None)]
        assert await standing_of(db, workspace, ayse) == {"pending": 1000, "expense": -1000}
    assert await entries(db) == 1
    assert rows[0].version == 1


async def test_refunds_take_back_their_share_and_end_at_nothing(
    db: Connection, workspace: UUID, enlist: Enlist
) -> None:
    ayse, conversion = await enlist("Ayşe"), ids.new()
    left = {0: 125, 1: 83, 2: 42, 3: 0}
    for refunded, pending in left.items():
        asked = target(ayse, 125, refunded=refunded, total=3)
        rows = await settling.settle(db, workspace, conversion, [asked], "test")
        found = await standing_of(db, workspace, ayse)
        assert found.get("pending", 0) == pending == -found.get("expense", 0)
    assert told(rows) == [
        ("accrual", 125, "reversed", "refunded"),
        ("clawback", -42, "reversed", "refunded"),
        ("clawback", -41, "reversed", "refunded"),
        ("clawback", -42, "reversed", "refunded"),
    ]
    assert sum(row.base or 0 for row in rows) == 0
    assert "went back" in rows[1].rule["text"]["en"]


async def test_an_edit_corrects_and_a_gone_target_is_taken_back(
    db: Connection, workspace: UUID, enlist: Enlist
) -> None:
    ayse, can, conversion = await enlist("Ayşe"), await enlist("Can"), ids.new()
    await settling.settle(db, workspace, conversion, [target(ayse, 1000)], "test")
    rows = await settling.settle(db, workspace, conversion, [target(ayse, 900, base=9_000)], "test")
    assert told(rows)[1] == ("correction", -100, "pending", "edited")
    assert rows[1].base == -1_000
    rows = await settling.settle(db, workspace, conversion, [target(can, 900)], "test")
    assert {row.amount for row in rows if row.partner_id == can} == {900}
    assert {row.status for row in rows if row.partner_id == ayse} == {"reversed"}
    assert await standing_of(db, workspace, ayse) == {}
    rows = await settling.settle(db, workspace, conversion, [target(ayse, 1000)], "test")
    assert await standing_of(db, workspace, ayse) == {"pending": 1000, "expense": -1000}
    assert await standing_of(db, workspace, can) == {}
    assert await settling.settle(db, workspace, conversion, [target(ayse, 1000)], "test") == rows


async def test_what_was_paid_is_carried_forward(db: Connection, workspace: UUID, enlist: Enlist) -> None:
    ayse, conversion = await enlist("Ayşe"), ids.new()
    await settling.settle(db, workspace, conversion, [target(ayse, 1000, due_at=PAST)], "test")
    await pay(db, workspace, ayse)
    asked = target(ayse, 1000, due_at=PAST, refunded=4000)
    rows = await settling.settle(db, workspace, conversion, [asked], "test")
    assert told(rows) == [("accrual", 1000, "paid", None), ("clawback", -400, "payable", "refunded")]
    assert await standing_of(db, workspace, ayse) == {"paid": 1000, "payable": -400, "expense": -600}
    rows = await settling.reject(db, workspace, [rows[0].id], "made up", "test")
    assert told(rows)[2] == ("clawback", -600, "payable", "rejected")
    await settling.reinstate(db, workspace, [rows[0].id], "test")
    assert await standing_of(db, workspace, ayse) == {"paid": 1000, "payable": -400, "expense": -600}
    await settling.settle(db, workspace, conversion, [], "test", gone="cancelled")
    assert await standing_of(db, workspace, ayse) == {"paid": 1000, "payable": -1000}


@pytest.mark.parametrize(
    ("fields", "where"),
    [
        ({}, ("pending", None)),
        ({"due_at": None}, ("pending", None)),
        ({"due_at": PAST}, ("payable", None)),
        ({"due_at": PAST, "review": "self_referral"}, ("on_hold", "self_referral")),
        ({"review": "self_referral", "refunded": 10_000}, ("reversed", "refunded")),
    ],
)
async def test_where_a_new_commission_stands(
    db: Connection, workspace: UUID, enlist: Enlist, fields: dict[str, Any], where: tuple[str, str | None]
) -> None:
    ayse = await enlist("Ayşe")
    rows = await settling.settle(db, workspace, ids.new(), [target(ayse, 1000, **fields)], "test")
    assert (rows[0].status, rows[0].reason) == where
    found = await standing_of(db, workspace, ayse)
    assert found == ({} if where[0] == "reversed" else {where[0]: 1000, "expense": -1000})


async def test_a_review_holds_until_it_is_released_and_another_one_holds_again(
    db: Connection, workspace: UUID, enlist: Enlist
) -> None:
    ayse, conversion = await enlist("Ayşe"), ids.new()
    flagged = target(ayse, 1000, review="self_referral")
    rows = await settling.settle(db, workspace, conversion, [flagged], "test")
    assert rows[0].status == "on_hold"
    await settling.release(db, workspace, [rows[0].id], "test")
    assert await standing_of(db, workspace, ayse) == {"pending": 1000, "expense": -1000}
    before = await entries(db)
    await settling.settle(db, workspace, conversion, [flagged], "test")
    await settling.release(db, workspace, [rows[0].id], "test")
    assert await entries(db) == before
    rows = await settling.settle(db, workspace, conversion, [target(ayse, 1000, review="velocity")], "test")
    assert told(rows) == [("accrual", 1000, "on_hold", "velocity")]


async def test_a_hold_and_a_rejection_outlive_what_comes_in(
    db: Connection, workspace: UUID, enlist: Enlist
) -> None:
    ayse, conversion = await enlist("Ayşe"), ids.new()
    rows = await settling.settle(db, workspace, conversion, [target(ayse, 1000)], "test")
    await settling.hold(db, workspace, [rows[0].id], "call them", "test")
    half = target(ayse, 1000, refunded=5_000)
    rows = await settling.settle(db, workspace, conversion, [half], "test")
    assert {row.status for row in rows} == {"on_hold"}
    assert await standing_of(db, workspace, ayse) == {"on_hold": 500, "expense": -500}
    # Any of its rows names the whole commission.
    rows = await settling.reject(db, workspace, [rows[1].id], "made up", "test")
    assert {(row.status, row.reason) for row in rows} == {("rejected", "made up")}
    assert await balances(db, workspace) == {}
    rows = await settling.settle(db, workspace, conversion, [target(ayse, 1000, refunded=6_000)], "test")
    assert await balances(db, workspace) == {}
    await settling.reinstate(db, workspace, [rows[0].id], "test")
    await settling.release(db, workspace, [rows[0].id], "test")
    assert await standing_of(db, workspace, ayse) == {"pending": 400, "expense": -400}


async def test_a_later_delivery_makes_it_wait_again(db: Connection, workspace: UUID, enlist: Enlist) -> None:
    ayse, conversion = await enlist("Ayşe"), ids.new()
    await settling.settle(db, workspace, conversion, [target(ayse, 1000, due_at=PAST)], "test")
    rows = await settling.settle(db, workspace, conversion, [target(ayse, 1000, due_at=SOON)], "test")
    assert (rows[0].status, rows[0].due_at) == ("pending", SOON)
    assert await standing_of(db, workspace, ayse) == {"pending": 1000, "expense": -1000}


async def test_nothing_earned_is_kept_with_its_reason(
    db: Connection, workspace: UUID, enlist: Enlist
) -> None:
    rows = await settling.settle(db, workspace, ids.new(), [target(await enlist("Ayşe"), 0)], "test")
    assert told(rows) == [("accrual", 0, "pending", None)]
    assert await balances(db, workspace) == {}


async def test_several_partners_and_currencies(db: Connection, workspace: UUID, enlist: Enlist) -> None:
    ayse, can, conversion = await enlist("Ayşe"), await enlist("Can"), ids.new()
    asked = [
        target(ayse, 700),
        target(can, 300),
        target(ayse, 50, key="rule-2", currency="JPY"),
        target(can, 7, kind="override", key="override-1", currency="KWD"),
    ]
    for _ in range(2):
        rows = await settling.settle(db, workspace, conversion, asked, "test")
        assert len(rows) == 4
    assert await balances(db, workspace) == {
        (ayse, "pending", "TRY"): 700,
        (ayse, "expense", "TRY"): -700,
        (can, "pending", "TRY"): 300,
        (can, "expense", "TRY"): -300,
        (ayse, "pending", "JPY"): 50,
        (ayse, "expense", "JPY"): -50,
        (can, "pending", "KWD"): 7,
        (can, "expense", "KWD"): -7,
    }


async def test_many_conversions_at_once(db: Connection, workspace: UUID, enlist: Enlist) -> None:
    ayse = await enlist("Ayşe")
    asked = {ids.new(): [target(ayse, n)] for n in range(1, 51)}
    rows = await settling.settle_many(db, workspace, asked, "test")
    assert len(rows) == 50
    one = next(iter(asked))
    half = {key: [target(ayse, 100, refunded=5_000)] if key == one else asked[key] for key in asked}
    await settling.settle_many(db, workspace, half, "test")
    assert (await standing_of(db, workspace, ayse))["pending"] == sum(range(1, 51)) - 1 + 50


async def test_periods_are_settled_by_their_key(db: Connection, workspace: UUID, enlist: Enlist) -> None:
    ayse = await enlist("Ayşe")
    days = [target(ayse, n, kind="click", key=f"clicks:{n}", base=None, total=0) for n in (3, 4)]
    await settling.settle_period(db, workspace, days, "test")
    await settling.settle_period(
        db, workspace, [target(ayse, 5, kind="click", key="clicks:3", total=0)], "test"
    )
    assert await standing_of(db, workspace, ayse) == {"pending": 9, "expense": -9}
    await settling.settle_period(
        db, workspace, [target(ayse, 0, kind="click", key="clicks:3", total=0)], "test"
    )
    assert await standing_of(db, workspace, ayse) == {"pending": 4, "expense": -4}


@pytest.mark.parametrize("table", ["ledger_postings", "ledger_entries"])
@pytest.mark.parametrize("deed", ["update {} set key = key", "delete from {}", "truncate {}"])
async def test_the_app_changes_nothing_that_was_posted(db: Connection, table: str, deed: str) -> None:
    column = "key" if table == "ledger_entries" else "amount"
    text = deed.replace("key", column).format(table)
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await db.execute(text)


@pytest.mark.parametrize("column", ["amount", "currency", "partner_id", "step", "conversion_id"])
async def test_whose_and_how_much_never_changes(db: Connection, column: str) -> None:
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await db.execute(f"update commissions set {column} = {column}")


async def test_an_entry_that_does_not_add_up_is_refused(
    db: Connection, workspace: UUID, enlist: Enlist
) -> None:
    ayse = await enlist("Ayşe")
    lines = (Posting("pending", "TRY", 5, None), Posting("expense", "JPY", -5, None))
    await bringing.post(db, workspace, [Entry("x", "accrual", ayse, None, None, {}, lines)], "test")
    with pytest.raises(asyncpg.CheckViolationError, match="add up to 0"):
        await db.execute("set constraints ledger_postings_sum immediate")
