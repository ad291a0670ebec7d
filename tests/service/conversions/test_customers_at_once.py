"""Customers who turn out to be one, while orders of theirs come in: each order ends with whoever is kept."""

import asyncio
from itertools import product
from uuid import UUID

import asyncpg
import pytest
from msgspec import structs

from service.conversions import again, customers
from service.conversions.buyers.identifying import identify
from service.conversions.reports import Buyer, Order, Ref
from service.conversions.taking import take, take_many
from service.kit import ids
from service.kit.db import Connection, Database
from service.kit.problems import Unavailable
from tests.service.conversions.test_taking import API, ORDER

FIRST, SECOND = Buyer("1", "a@x.example"), Buyer("2", "b@x.example")
BOTH = Buyer("1", "b@x.example")


def order(name: str, buyer: Buyer) -> Order:
    return structs.replace(ORDER, refs=(Ref("id", name),), clicks=(), coupons=(), buyer=buyer)


@pytest.fixture
async def place(database: Database) -> UUID:
    """A workspace with an order each of two customers."""
    workspace = ids.new()
    async with database.connection() as db:
        await db.execute("select entry.new_workspace($1, $2)", workspace, "Test")
    async with database.transaction(workspace) as db:
        await take_many(db, workspace, API, [order("o-1", FIRST), order("o-2", SECOND)])
    return workspace


async def _joined(db: Connection, workspace: UUID) -> None:
    await identify(db, workspace, None, customers.keys_of(workspace, "", BOTH))


async def _customers(database: Database, workspace: UUID) -> list[UUID | None]:
    async with database.transaction(workspace) as db:
        rows = await db.fetch(
            "select distinct customer_id from conversions where workspace_id = $1", workspace
        )
    return [row[0] for row in rows]


@pytest.mark.parametrize("many", [False, True])
async def test_an_order_of_a_customer_who_is_being_joined(
    database: Database, place: UUID, many: bool
) -> None:
    async def sell() -> None:
        async with database.transaction(place) as db:
            told = [order("o-3", Buyer("1")), order("o-4", Buyer("2"))]
            outcomes = (
                await take_many(db, place, API, told)
                if many
                else [await take(db, place, API, one) for one in told]
            )
            assert {one.outcome for one in outcomes} == {"created"}

    async with database.transaction(place) as db:
        await _joined(db, place)
        selling = asyncio.create_task(sell())
        await asyncio.sleep(0.2)
    await selling
    assert len(await _customers(database, place)) == 1


async def test_joining_customers_of_whom_an_order_is_just_coming_in(database: Database, place: UUID) -> None:
    async def join() -> None:
        async with database.transaction(place) as db:
            await _joined(db, place)

    async with database.transaction(place) as db:
        for name, buyer in (("o-3", Buyer("1")), ("o-4", Buyer("2"))):
            await take(db, place, API, order(name, buyer))
        joining = asyncio.create_task(join())
        await asyncio.sleep(0.2)
    await joining
    (only,) = await _customers(database, place)
    assert only is not None


async def test_many_orders_of_people_who_turn_out_to_be_one(database: Database, place: UUID) -> None:
    async def sell(at: int, buyer: Buyer) -> None:
        async with database.transaction(place) as db:
            await take(db, place, API, order(f"n-{at}", buyer))

    people = [Buyer(str(one), f"{other}@x.example") for one, other in product("1234", "abcd")]
    await asyncio.gather(*(sell(at, buyer) for at, buyer in enumerate(people)))
    (only,) = await _customers(database, place)
    assert only is not None


async def test_what_is_in_the_way_each_time_is_no_404(db: Connection) -> None:
    async def work() -> None:
        raise asyncpg.ForeignKeyViolationError("conversions_customer_fkey")

    with pytest.raises(Unavailable):
        await again.at_last(db, work)
