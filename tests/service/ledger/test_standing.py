"""Where a partner stands: what tiers, caps and goals count."""

from datetime import timedelta
from uuid import UUID

from service.kit import ids
from service.kit.db import Connection
from service.ledger import settling
from service.ledger.rates import Standing
from tests.service.ledger.bookkeeping import NOW, PAST, target
from tests.service.ledger.conftest import Enlist

DAY = timedelta(days=1)


async def _at(
    db: Connection, workspace: UUID, who: UUID, days: float, conversion: UUID | None = None
) -> Standing:
    """Before the moment so many days after the first."""
    span = (PAST - DAY, PAST + 20 * DAY)
    return await settling.standing(db, workspace, who, None, *span, PAST + days * DAY, conversion)


async def test_sales_and_volume_before_and_everything_that_is_earned(
    db: Connection, workspace: UUID, enlist: Enlist
) -> None:
    ayse = await enlist("Ayşe")
    orders = [ids.new() for _ in range(3)]
    for day, order in enumerate(orders):
        wanted = [
            target(ayse, 100, occurred_at=PAST + day * DAY, base=4_000),
            target(ayse, 20, key="rule-2", occurred_at=PAST + day * DAY, base=1_000),
        ]
        await settling.settle(db, workspace, order, wanted, "test")
    assert await _at(db, workspace, ayse, 0) == Standing(
        0, {}, {"rule-1": {"TRY": 300}, "rule-2": {"TRY": 60}}
    )
    found = await _at(db, workspace, ayse, 2, orders[2])
    assert found == Standing(2, {"TRY": 10_000}, {"rule-1": {"TRY": 200}, "rule-2": {"TRY": 40}})


async def test_orders_of_one_moment_are_counted_by_their_id(
    db: Connection, workspace: UUID, enlist: Enlist
) -> None:
    ayse, first, second = await enlist("Ayşe"), *sorted([ids.new(), ids.new()])
    for order in (first, second):
        await settling.settle(db, workspace, order, [target(ayse, 100)], "test")
    assert (await _at(db, workspace, ayse, 0, first)).sales == 0
    assert (await _at(db, workspace, ayse, 0, second)).sales == 1


async def test_what_came_back_counts_no_more(db: Connection, workspace: UUID, enlist: Enlist) -> None:
    ayse, can = await enlist("Ayşe"), await enlist("Can")
    whole, half, moved, rejected = (ids.new() for _ in range(4))
    for order in (whole, half, moved, rejected):
        rows = await settling.settle(db, workspace, order, [target(ayse, 1_000)], "test")
    await settling.reject(db, workspace, [rows[0].id], "made up", "test")
    await settling.settle(db, workspace, whole, [target(ayse, 1_000, refunded=10_000)], "test")
    await settling.settle(db, workspace, half, [target(ayse, 1_000, refunded=5_000)], "test")
    await settling.settle(db, workspace, moved, [target(can, 1_000)], "test")
    assert await _at(db, workspace, ayse, 1) == Standing(1, {"TRY": 5_000}, {"rule-1": {"TRY": 500}})
    assert await _at(db, workspace, can, 1) == Standing(1, {"TRY": 10_000}, {"rule-1": {"TRY": 1_000}})


async def test_other_programs_kinds_and_times_are_not_counted(
    db: Connection, workspace: UUID, enlist: Enlist
) -> None:
    ayse = await enlist("Ayşe")
    program = ids.new()
    for fields in (
        {"program_id": program},
        {"occurred_at": PAST - 2 * DAY},
        {"occurred_at": NOW + 30 * DAY},
        {"kind": "bonus", "base": None},
        {"kind": "override", "base": None},
    ):
        await settling.settle(db, workspace, ids.new(), [target(ayse, 100, **fields)], "test")
    assert await _at(db, workspace, ayse, 15) == Standing()
    await settling.settle(db, workspace, ids.new(), [target(ayse, 7, kind="lead", key="rule-9")], "test")
    assert await _at(db, workspace, ayse, 15) == Standing(0, {}, {"rule-9": {"TRY": 7}})
    span = (None, None, PAST + 15 * DAY, None)
    leads = await settling.standing(db, workspace, ayse, None, *span, kind="lead")
    assert (leads.sales, leads.volume) == (1, {"TRY": 10_000})


async def test_a_volume_is_in_the_order_s_currency(db: Connection, workspace: UUID, enlist: Enlist) -> None:
    ayse = await enlist("Ayşe")
    exchange = {"from": {"amount": 900, "currency": "EUR"}, "rate": "48", "day": "2026-11-01"}
    exchanged = target(ayse, 43_200, rule={"exchange": exchange})
    flat = target(ayse, 5_000, key="rule-2", base=700, base_currency="USD")
    await settling.settle(db, workspace, ids.new(), [exchanged, flat], "test")
    assert (await _at(db, workspace, ayse, 1)).volume == {"EUR": 10_000, "USD": 700}
    entry = await db.fetchval("select details from ledger_entries where details ? 'exchange'")
    assert entry["exchange"] == exchange
