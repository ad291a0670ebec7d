"""Many at once, and a connection that dies in the middle: caps hold, and each effect is one."""

import asyncio
from uuid import UUID

import asyncpg
import pytest

from service.kit import ids
from service.kit.db import Database
from service.ledger import settling
from service.ledger.books import actions as books
from service.ledger.books import store
from service.programs import actions
from service.programs.schemas import NewPartner
from tests.service.ledger.bookkeeping import PAST, target


@pytest.fixture
async def place(database: Database) -> UUID:
    """A new workspace on the test's own database."""
    workspace = ids.new()
    async with database.connection() as db:
        await db.execute("select entry.new_workspace($1, $2)", workspace, "Test")
    return workspace


async def _partner(database: Database, workspace: UUID) -> UUID:
    async with database.transaction(workspace) as db:
        return (await actions.add(db, workspace, NewPartner(name="Ayşe"))).id


async def _balance(database: Database, workspace: UUID, partner: UUID) -> dict[str, int]:
    async with database.transaction(workspace) as db:
        assert (await books.recount(db, workspace)).ok
        return {row.kind: row.balance for row in await store.of_partner(db, workspace, partner)}


async def test_thirty_refunds_at_once_take_back_exactly_their_share(database: Database, place: UUID) -> None:
    """The lock of the order is the caller's; here a row of its own stands for it."""
    ayse, order = await _partner(database, place), ids.new()
    lock = asyncio.Lock()
    refunded = 0

    async def refund(amount: int) -> None:
        nonlocal refunded
        async with lock, database.transaction(place) as db:
            refunded += amount
            wanted = [target(ayse, 3_333, refunded=refunded, total=30_000)]
            await settling.settle(db, place, order, wanted, "test")

    async with database.transaction(place) as db:
        await settling.settle(db, place, order, [target(ayse, 3_333, total=30_000)], "test")
    await asyncio.gather(*(refund(700) for _ in range(30)))
    left = 3_333 - round(3_333 * 21_000 / 30_000)
    assert (await _balance(database, place, ayse))["pending"] == left
    await asyncio.gather(*(refund(300) for _ in range(30)))
    assert set((await _balance(database, place, ayse)).values()) == {0}


async def test_orders_at_once_never_earn_more_than_a_cap(database: Database, place: UUID) -> None:
    """Seen to go red without the turn that `standing` takes."""
    ayse = await _partner(database, place)

    async def order() -> None:
        conversion = ids.new()
        async with database.transaction(place) as db:
            span = (None, None, PAST, conversion)
            used = (await settling.standing(db, place, ayse, None, *span)).earned
            left = max(1_000 - used.get("rule-1", {}).get("TRY", 0), 0)
            await settling.settle(db, place, conversion, [target(ayse, min(90, left))], "test")

    await asyncio.gather(*(order() for _ in range(20)))
    assert await _balance(database, place, ayse) == {"pending": 1_000, "expense": -1_000}


async def test_orders_holds_and_refunds_of_several_partners_at_once(database: Database, place: UUID) -> None:
    """Nobody waits in a circle, and the books are right afterwards. Seen to go red (a deadlock) where the
    rows of an order were locked before the partners' turns."""
    partners = [await _partner(database, place) for _ in range(4)]
    orders = [ids.new() for _ in range(6)]
    locks = {order: asyncio.Lock() for order in orders}

    async def settle(n: int) -> None:
        order = orders[n % 6]
        shares = [
            target(partners[(n + at) % 4], 500 + n, refunded=n * 300 % 9_000) for at in range(n % 3 + 1)
        ]
        async with locks[order], database.transaction(place) as db:
            await settling.settle(db, place, order, shares, "test")

    async def decide(n: int) -> None:
        async with database.transaction(place) as db:
            found = [row[0] for row in await db.fetch("select id from commissions order by random() limit 4")]
            if n % 2:
                await settling.hold(db, place, found, "look", "test")
            else:
                await settling.release(db, place, found, "test")

    await asyncio.gather(*(settle(n) for n in range(40)), *(decide(n) for n in range(20)))
    for partner in partners:
        await _balance(database, place, partner)


async def test_a_connection_that_dies_before_its_commit_leaves_nothing(
    database: Database, place: UUID
) -> None:
    ayse, order = await _partner(database, place), ids.new()
    wanted = [target(ayse, 1_000)]

    async def dies() -> None:
        async with database.transaction(place) as db:
            await settling.settle(db, place, order, wanted, "test")
            await db.execute("select pg_terminate_backend(pg_backend_pid())")

    with pytest.raises((asyncpg.PostgresConnectionError, asyncpg.AdminShutdownError, asyncpg.InterfaceError)):
        await dies()
    assert await _balance(database, place, ayse) == {}
    for _ in range(2):
        async with database.transaction(place) as db:
            await settling.settle(db, place, order, wanted, "test")
    assert await _balance(database, place, ayse) == {"pending": 1_000, "expense": -1_000}
