"""Counting new clicks, every minute; and all that are kept, when rules change."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime

from msgspec import Struct

from service.kit.db import Database
from service.kit.jobs import Work, enqueue, job, scheduled
from service.links.counting import actions, store
from service.links.rules import store as rules_store
from service.links.rules.schemas import Evaluation, Rules
from service.settings import Settings

COUNT = "links.count_clicks"
EVALUATE = "links.evaluate_clicks"
BEGINNING = datetime(2000, 1, 1, tzinfo=UTC)


class Counted(Struct):
    """How many hours were counted."""

    hours: int = 0


class Evaluate(Struct, frozen=True):
    """`rules` with `dry_run` alone: else those in force count, whichever they are when the job runs."""

    dry_run: bool = False
    rules: Rules | None = None


@job(COUNT, lane="quick")
async def count_clicks(work: Work, payload: None) -> Counted:
    """Counts each hour that has new clicks; an hour a transaction."""
    counted = Counted()
    while True:
        async with work.transaction() as db:
            await store.take_turn(db, work.workspace_id)
            rules = (await rules_store.current(db, work.workspace_id)).rules
            if await actions.count_oldest(db, work.workspace_id, rules) is None:
                await work.finish(db, counted)
                return counted
        counted.hours += 1
        await work.progress(counted.hours)


@scheduled("links.count_clicks", "* * * * *")
async def count_all(settings: Settings, database: Database) -> None:
    """Counts where there are new clicks."""
    async with database.connection() as db:
        marked = await store.marked_workspaces(db)
    for workspace_id in marked:
        async with database.transaction(workspace_id) as db:
            await enqueue(db, workspace_id, COUNT, dedupe=COUNT)


@job(EVALUATE)
async def evaluate_clicks(work: Work, payload: Evaluate) -> Evaluation:
    """Applies the rules to all clicks that are kept, an hour a transaction; a dry run writes nothing."""
    total = Evaluation()
    async for hour in _hours(work):
        async with work.transaction() as db:
            await store.take_turn(db, work.workspace_id)
            rules = payload.rules or (await rules_store.current(db, work.workspace_id)).rules
            if payload.dry_run:
                found = await actions.evaluate_hour(db, work.workspace_id, hour, rules, write=False)
            else:
                found = await actions.count_hour(db, work.workspace_id, hour, rules)
        actions.add_up(total, found)
    return total


async def _hours(work: Work) -> AsyncIterator[datetime]:
    """The hours that have clicks, from the oldest on."""
    async with work.transaction() as db:
        total = await store.count_hours(db, work.workspace_id)
        hour = await store.next_hour(db, work.workspace_id, BEGINNING)
    done = 0
    while hour is not None:
        await work.progress(done, max(total, done))
        yield hour
        done += 1
        async with work.transaction() as db:
            hour = await store.next_hour(db, work.workspace_id, hour + actions.HOUR)
    await work.progress(done, done)
