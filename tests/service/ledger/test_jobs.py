"""What is due becomes payable: not a second before, whatever the calendar does."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from urllib.parse import quote
from uuid import UUID
from zoneinfo import ZoneInfo

import msgspec
import pytest

from service.kit import clock, ids, jobs
from service.kit import db as kit_db
from service.kit.db import Database
from service.ledger import settling
from service.ledger.jobs import MATURE
from service.programs import actions
from service.programs.schemas import NewPartner
from service.settings import Settings, app_dsn, search_dsn
from tests.service.ledger.bookkeeping import target

ISTANBUL, BERLIN = ZoneInfo("Europe/Istanbul"), ZoneInfo("Europe/Berlin")
Ends = Callable[[], Awaitable[None]]


@asynccontextmanager
async def _at(settings: Settings, offset: timedelta) -> AsyncIterator[tuple[Settings, Database]]:
    """The database, whose clock shows another time."""
    text = quote(f"{offset.total_seconds()} seconds")
    dsn = app_dsn(settings)
    dsn += ("&" if "?" in dsn else "?") + f"app.clock_offset={text}"
    later = msgspec.structs.replace(settings, app_database_url=dsn)
    async with kit_db.connect(dsn, search_dsn(settings), later) as database:
        yield later, database


async def _state(database: Database, workspace: UUID) -> list[tuple[str, int]]:
    async with database.transaction(workspace) as db:
        rows = await db.fetch(
            "select kind, balance from ledger_accounts where balance <> 0 order by kind desc"
        )
    return [(row[0], row[1]) for row in rows]


# Through both changes of the clock of a zone that has them, and over 29 February.
@pytest.mark.parametrize(
    "due_at",
    [
        datetime(2028, 2, 29, 12, tzinfo=ISTANBUL),
        datetime(2027, 3, 28, 3, 30, tzinfo=BERLIN),
        datetime(2027, 10, 31, 2, 30, tzinfo=BERLIN, fold=1),
        datetime(2027, 1, 1, tzinfo=ISTANBUL),
    ],
    ids=str,
)
async def test_at_a_hold_s_end(database: Database, settings: Settings, due_at: datetime) -> None:
    workspace = ids.new()
    async with database.connection() as db:
        await db.execute("select entry.new_workspace($1, $2)", workspace, "Test")
        now = await clock.now(db)
    async with database.transaction(workspace) as db:
        ayse = (await actions.add(db, workspace, NewPartner(name="Ayşe"))).id
        wanted = [target(ayse, 1_000, due_at=due_at)]
        await settling.settle(db, workspace, ids.new(), wanted, "test")
    for seconds, kind in ((-60, "pending"), (1, "payable")):
        async with _at(settings, due_at - now + timedelta(seconds=seconds)) as (later, opened):
            await jobs.run_scheduled(later, opened, MATURE)
            await jobs.run_queued(later, opened)
            assert await _state(opened, workspace) == [(kind, 1_000), ("expense", -1_000)]


async def test_many_become_payable_and_what_is_held_or_taken_back_does_not(
    database: Database, settings: Settings
) -> None:
    workspace = ids.new()
    async with database.connection() as db:
        await db.execute("select entry.new_workspace($1, $2)", workspace, "Test")
    soon = timedelta(days=8)
    async with database.transaction(workspace) as db:
        ayse = (await actions.add(db, workspace, NewPartner(name="Ayşe"))).id
        due_at = await clock.now(db) + soon
        asked = {ids.new(): [target(ayse, 1, due_at=due_at)] for _ in range(1_100)}
        rows = await settling.settle_many(db, workspace, asked, "test")
        await settling.hold(db, workspace, [rows[0].id], "look", "test")
        await settling.reject(db, workspace, [rows[1].id], "made up", "test")
        back = [target(ayse, 1, due_at=due_at, refunded=10_000)]
        await settling.settle(db, workspace, next(reversed(asked)), back, "test")
    async with _at(settings, soon + timedelta(seconds=5)) as (later, opened):
        for _ in range(2):
            await jobs.run_scheduled(later, opened, MATURE)
            await jobs.run_queued(later, opened)
        found = dict(await _state(opened, workspace))
        assert found["on_hold"] == 1
        assert found["payable"] == -found["expense"] - 1
        assert "pending" not in found
