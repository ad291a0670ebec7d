"""Roll-ups follow the clicks, whatever comes in between, and a rebuild makes the same ones."""

import asyncio
from datetime import UTC, datetime, timedelta
from importlib import import_module
from uuid import UUID

import httpx
import pytest

from service.kit import ids, jobs
from service.kit.db import Connection, Database
from service.links.counting import actions, store
from service.links.counting.command import rebuild
from service.links.rules.schemas import Rules
from service.settings import Settings
from tests.service.links import stored_clicks as clicking

LINKS = [UUID(int=n) for n in (11, 12, 13)]
NOW = datetime.now(UTC).replace(minute=20, second=0, microsecond=0)
FROM = NOW - timedelta(days=3)
OWNED = ("partner_id", "campaign_id")


@pytest.fixture
async def brand(client: httpx.AsyncClient) -> UUID:
    return ids.read("ws", (await client.get("/v1/me")).json()["workspace"]["id"])


async def _count(settings: Settings, database: Database) -> None:
    await jobs.run_scheduled(settings, database, "links.count_clicks")
    await jobs.run_queued(settings, database)


async def _rollups(owner: Connection) -> set[tuple[object, ...]]:
    rows = await owner.fetch("""
        select link_id, partner_id, campaign_id, starts_at, dimension, value, gross, net, uniques
        from click_rollups
    """)
    assert len(rows) == len(set(rows))
    return {tuple(row) for row in rows}


async def _recount(owner: Connection) -> set[tuple[object, ...]]:
    """By hand, from the clicks alone."""
    found: dict[tuple[object, ...], list[int]] = {}
    for row in await owner.fetch("select * from clicks"):
        at = row["clicked_at"]
        quarter = at.replace(minute=at.minute // 15 * 15, second=0, microsecond=0)
        values = {"all": "", "referrer": row["referrer_host"]}
        values |= {name: row[name] for name in ("country", "device", "browser", "in_app", "platform", "sub1")}
        values["target"] = None if row["target"] is None else str(row["target"])
        for dimension, value in values.items():
            key = (row["link_id"], row["partner_id"], row["campaign_id"], quarter, dimension, value or "")
            sums = found.setdefault(key, [0, 0, 0])
            sums[0] += 1
            sums[1] += row["counted"]
            sums[2] += row["counted"] and row["unique"]
    return {(*key, *sums) for key, sums in found.items()}


async def _hours(owner: Connection) -> tuple[set[tuple[object, ...]], set[tuple[object, ...]]]:
    """What is kept of partners by hour, and the same by hand."""
    rows = await owner.fetch("""
        select partner_id, dimension, starts_at, value, gross, net, uniques from partner_click_hours
    """)
    found: dict[tuple[object, ...], list[int]] = {}
    for row in await owner.fetch("select * from clicks where partner_id is not null"):
        hour = row["clicked_at"].replace(minute=0, second=0, microsecond=0)
        for name, value in (
            ("link", row["link_id"]),
            ("campaign", row["campaign_id"]),
            ("sub1", row["sub1"]),
        ):
            key = (row["partner_id"], name, hour, "" if value is None else str(value))
            sums = found.setdefault(key, [0, 0, 0])
            sums[0] += 1
            sums[1] += row["counted"]
            sums[2] += row["counted"] and row["unique"]
    return {tuple(row) for row in rows}, {(*key, *sums) for key, sums in found.items()}


async def test_roll_ups_are_a_recount(
    brand: UUID, database: Database, settings: Settings, owner: Connection
) -> None:
    of_links = {LINKS[0]: (UUID(int=1), UUID(int=21)), LINKS[1]: (UUID(int=1), None), LINKS[2]: (None, None)}
    clicks = clicking.some(400, FROM, timedelta(days=3), LINKS, seed=1)
    clicks = [each | dict(zip(OWNED, of_links[each["link_id"]], strict=True)) for each in clicks]
    await clicking.store(database, brand, clicks[:250])
    await _count(settings, database)
    assert await _rollups(owner) == await _recount(owner)
    # Late ones of hours that are counted, as a spool brings them.
    await clicking.store(database, brand, clicks[250:])
    assert await _rollups(owner) != await _recount(owner)
    await _count(settings, database)
    assert await _rollups(owner) == await _recount(owner)
    kept, by_hand = await _hours(owner)
    assert kept == by_hand
    assert {row[1] for row in kept} == {"link", "campaign", "sub1"}
    await owner.execute("delete from partner_click_hours")
    await owner.execute(import_module("migrations.versions.0036_partner_days").HOURS)
    assert await _hours(owner) == (kept, by_hand)
    assert await owner.fetchval("select count(*) from click_marks") == 0
    assert await owner.fetchval("select sum(gross) from click_rollups where dimension = 'all'") == 400


async def test_a_rebuild_makes_the_same(
    brand: UUID, database: Database, settings: Settings, owner: Connection
) -> None:
    await clicking.store(database, brand, clicking.some(200, FROM, timedelta(days=2), LINKS, seed=2))
    await _count(settings, database)
    before = await _rollups(owner)
    hours, changed = await rebuild(database, brand)
    assert (hours > 20, changed) == (True, 0)
    assert await _rollups(owner) == before
    await owner.execute("update click_rollups set gross = gross + 1 where dimension = 'all'")
    hours, changed = await rebuild(database, brand)
    assert changed == hours
    assert await _rollups(owner) == before


async def test_what_comes_while_counting_is_counted_next(
    brand: UUID, database: Database, settings: Settings, owner: Connection
) -> None:
    link = LINKS[0]
    await clicking.store(database, brand, [clicking.click(NOW, link)])
    async with database.transaction(brand) as db:
        await actions.count_oldest(db, brand, Rules())
        # Another process stores into the same hour before the counting one commits.
        await clicking.store(database, brand, [clicking.click(NOW, link)])
    assert await owner.fetchval("select sum(gross) from click_rollups where dimension = 'all'") < 3
    await _count(settings, database)
    assert await _rollups(owner) == await _recount(owner)
    assert await owner.fetchval("select sum(gross) from click_rollups where dimension = 'all'") == 2


async def test_two_that_count_at_once(brand: UUID, database: Database, owner: Connection) -> None:
    await clicking.store(database, brand, clicking.some(100, FROM, timedelta(hours=5), LINKS, seed=3))

    async def count() -> None:
        while True:
            async with database.transaction(brand) as db:
                await store.take_turn(db, brand)
                if await actions.count_oldest(db, brand, Rules()) is None:
                    return

    await asyncio.gather(count(), count(), count())
    assert await _rollups(owner) == await _recount(owner)


async def test_velocity_over_the_end_of_an_hour(
    brand: UUID, database: Database, settings: Settings, owner: Connection
) -> None:
    end = NOW.replace(minute=0)
    visitor = b"v" * 16
    late = [clicking.click(end - timedelta(seconds=n), LINKS[0], visitor=visitor) for n in range(1, 11)]
    after = clicking.click(end + timedelta(seconds=5), LINKS[0], visitor=visitor)
    await clicking.store(database, brand, [after])
    await _count(settings, database)
    assert await owner.fetchval("select counted from clicks where id = $1", after["id"])
    # Ten more of the hour before come late: the one after them is the eleventh within a minute.
    await clicking.store(database, brand, late)
    await _count(settings, database)
    row = await owner.fetchrow("select counted, reasons from clicks where id = $1", after["id"])
    assert tuple(row) == (False, ["velocity"])
    assert await _rollups(owner) == await _recount(owner)


async def test_a_prefetch_does_not_take_the_unique_click(
    brand: UUID, database: Database, settings: Settings, owner: Connection
) -> None:
    visitor = b"p" * 16
    first = clicking.click(NOW, LINKS[0], visitor=visitor, reasons=["prefetch"])
    second = clicking.click(NOW + timedelta(seconds=2), LINKS[0], visitor=visitor)
    await clicking.store(database, brand, [first, second])
    await _count(settings, database)
    rows = {row["id"]: row["unique"] for row in await owner.fetch('select id, "unique" from clicks')}
    assert rows == {first["id"]: False, second["id"]: True}
    assert tuple(
        await owner.fetchrow(
            "select sum(gross), sum(net), sum(uniques) from click_rollups where dimension = 'all'"
        )
    ) == (2, 1, 1)


async def test_clicks_of_no_kept_day_leave_their_roll_ups(
    brand: UUID, database: Database, settings: Settings, owner: Connection
) -> None:
    await clicking.store(database, brand, clicking.some(50, FROM, timedelta(days=2), LINKS, seed=4))
    await _count(settings, database)
    before = await _rollups(owner)
    await owner.execute(
        "delete from clicks where clicked_at < $1", FROM.replace(minute=0) + timedelta(days=1)
    )
    await rebuild(database, brand)
    assert await _rollups(owner) == before
