"""Paid exactly once: runs at once, a worker that dies in the middle, and the constraints behind the turns."""

import asyncio
from collections.abc import Awaitable, Callable
from uuid import UUID

import asyncpg
import pytest

from service.kit import ids, jobs
from service.kit.db import Connection, Database
from service.ledger.payouts import choosing, naming, paying
from service.ledger.payouts.paying import Draft
from service.ledger.payouts.runs import actions, store
from service.settings import Settings
from tests.service.ledger.payouts.owing import Brand, sums

Drain = Callable[[], Awaitable[None]]
OWED = 12


async def _owing(brand: Brand) -> dict[str, int]:
    owed = {}
    for n in range(1, OWED + 1):
        partner = await brand.partner(f"Partner {n}")
        await brand.earn(partner, 100 * n)
        owed[partner] = 100 * n
    return owed


async def test_two_workers_at_two_runs(
    brand: Brand, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Other runs that name the same partners, at once. Seen to go red where `payable` takes no turn: the
    constraints then end one of the runs."""
    monkeypatch.setattr("service.ledger.payouts.runs.jobs.AT_ONCE", 2)
    owed = await _owing(brand)
    runs = [await brand.start(note=note) for note in "abc"]
    await asyncio.gather(*(jobs.run_queued(settings, brand.database) for _ in range(4)))
    assert {(await brand.run(run))["status"] for run in runs} == {"finished"}
    assert sums(await brand.payouts()) == owed
    for partner, amount in owed.items():
        assert await brand.balance(partner) == {"paid": amount, "expense": -amount}


async def test_a_worker_that_dies_in_the_middle(
    brand: Brand, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its connection is cut while it pays, again and again; the job goes on where it was."""
    monkeypatch.setattr("service.ledger.payouts.runs.jobs.AT_ONCE", 2)
    owed = await _owing(brand)
    run = await brand.start()
    pay_some, batches = actions.pay_some, 0

    async def dying(db: Connection, *values: object) -> object:
        nonlocal batches
        batches += 1
        made = await pay_some(db, *values)  # type: ignore[arg-type]
        if batches in (2, 5, 6):
            await db.execute("select pg_terminate_backend(pg_backend_pid())")
        return made

    monkeypatch.setattr(actions, "pay_some", dying)
    for _ in range(5):
        await jobs.run_queued(settings, brand.database, ahead=True)
    assert batches > OWED // 2
    assert (await brand.run(run))["status"] == "finished"
    payouts = await brand.payouts()
    assert sums(payouts) == owed
    assert {one["run_id"] for one in payouts} == {run["id"]}
    lines = await brand.bank_file(run)
    assert sum(round(float(line["amount"]) * 100) for line in lines) == await brand.paid_sum()


async def _draft(db: Connection, brand: Brand, partner: UUID) -> Draft:
    owed = await paying.payable(db, brand.workspace, [partner], locked=False)
    chosen = choosing.everything(*owed[partner, "TRY"])
    return Draft(partner, "TRY", chosen, naming.key(partner, "TRY", 0, chosen), "bank", "created")


@pytest.mark.parametrize(("other_key", "constraint"), [(False, "payouts_key"), (True, "payout_items_once")])
async def test_the_constraints_hold_without_a_turn(brand: Brand, other_key: bool, constraint: str) -> None:
    partner = ids.read("prt", await brand.partner("Ayşe"))
    await brand.earn(ids.show("prt", partner), 100)
    async with brand.database.transaction(brand.workspace) as db:
        draft = await _draft(db, brand, partner)
    async with brand.database.transaction(brand.workspace) as db:
        await paying.write(db, brand.workspace, [draft], "test")
    again = draft._replace(key="00" * 32) if other_key else draft
    with pytest.raises(asyncpg.UniqueViolationError) as raised:
        async with brand.database.transaction(brand.workspace) as db:
            await paying.write(db, brand.workspace, [again], "test")
    assert raised.value.constraint_name == constraint
    assert await brand.balance(ids.show("prt", partner)) == {"paid": 100, "expense": -100}


async def test_a_failure_and_a_run_at_once(brand: Brand, settings: Settings, drain: Drain) -> None:
    """Whichever comes first: nothing is lost, nothing paid twice."""
    owed = await _owing(brand)
    await brand.start()
    await drain()
    payouts = await brand.payouts()
    await asyncio.gather(
        *(brand.decide(one, "failed", reason="closed") for one in payouts[:6]),
        *(brand.decide(one, "failed", reason="closed") for one in payouts[:6]),
        *(brand.earn(one["partner_id"], 1) for one in payouts),
    )
    await asyncio.gather(*(brand.start(note=note) for note in "ab"))
    await asyncio.gather(*(jobs.run_queued(settings, brand.database) for _ in range(2)))
    standing = [one for one in await brand.payouts() if one["status"] != "failed"]
    assert sums(standing) == {partner: amount + 1 for partner, amount in owed.items()}
    assert sum(sums(standing).values()) == await brand.paid_sum()


async def test_the_same_run_asked_for_at_once_is_one(brand: Brand, database: Database) -> None:
    found = await asyncio.gather(*(brand.start(note="October") for _ in range(6)))
    assert len({one["id"] for one in found}) == 1
    async with database.transaction(brand.workspace) as db:
        assert len(await store.list_runs(db, brand.workspace, None, 10)) == 1
