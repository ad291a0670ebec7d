"""Settling again: orders whose evidence has come, and those that an older order makes others."""

from collections.abc import AsyncIterator, Sequence
from uuid import UUID

import structlog
from msgspec import Struct

from service.conversions import following, store
from service.conversions.rows import ConversionRow, WaitRow
from service.conversions.settled import store as settled_store
from service.conversions.settling import settle, settle_some
from service.conversions.waiting import arrived
from service.kit.db import Connection, Database
from service.kit.jobs import Work, enqueue, job, scheduled
from service.ledger.exchange.events import RatesArrived
from service.settings import Settings

log = structlog.get_logger("elci.conversions")
SETTLE = "conversions.settle"
ARRIVED = "conversions.arrived"
# Orders of a job; and of a transaction, which holds the turns of all their partners.
A_JOB = 500
AT_ONCE = 100
_FIRST = UUID(int=0)


class Orders(Struct, frozen=True):
    """Conversions that are settled again. `follow`: and those that they make others (following.py)."""

    ids: list[UUID]
    follow: bool = False


class Settled(Struct):
    """How many conversions were settled."""

    conversions: int = 0


@job(SETTLE, lane="quick")
async def settle_orders(work: Work, payload: Orders) -> Settled:
    """Settles orders, and has those settled that come after them."""
    done: set[UUID] = set()
    again: list[UUID] = []
    async for rows, later in _settle(work, payload.ids, follow=payload.follow):
        # Of the job's own, those that were settled before what came before them.
        again += [each for each in later if each in done or each not in payload.ids]
        done.update(row.id for row in rows)
        await work.progress(len(done), len(payload.ids))
    async with work.transaction() as db:
        await queue(db, work.workspace_id, again)
    return Settled(len(done))


async def _settle(
    work: Work, conversion_ids: Sequence[UUID], *, follow: bool = False
) -> AsyncIterator[tuple[list[ConversionRow], list[UUID]]]:
    """The orders' rows as they are settled, the earliest first, with the orders that follow from them."""
    async with work.transaction() as db:
        left = await store.by_time(db, work.workspace_id, conversion_ids)
    many = AT_ONCE
    while left:
        rows, later = await _some(work, left[:many], follow=follow)
        yield rows, later
        done = {row.id for row in rows}
        left = [each for each in left if each not in done]
        # Where orders hang on each other, few are settled at once, and no more are looked at for nothing.
        many = min(AT_ONCE, 2 * len(done))


async def _some(
    work: Work, conversion_ids: Sequence[UUID], *, follow: bool
) -> tuple[list[ConversionRow], list[UUID]]:
    """Settles several in one transaction; the first alone where none of them can be: it waits for who holds
    it, or fails by itself."""
    if len(conversion_ids) > 1:
        try:
            async with work.transaction() as db:
                rows = await settle_some(db, work.workspace_id, conversion_ids)
                if rows:
                    return rows, await _later(db, work.workspace_id, rows, follow=follow)
        except Exception as error:
            log.warning("orders are settled one by one", error=type(error).__name__)
    async with work.transaction() as db:
        row = await settle(db, work.workspace_id, conversion_ids[0])
        return [row], await _later(db, work.workspace_id, [row], follow=follow)


async def _later(
    db: Connection, workspace_id: UUID, rows: Sequence[ConversionRow], *, follow: bool
) -> list[UUID]:
    return await following.later_than(db, workspace_id, rows) if follow else []


async def queue(db: Connection, workspace_id: UUID, conversion_ids: Sequence[UUID]) -> None:
    """Has these settled again, soon."""
    asked = list(dict.fromkeys(conversion_ids))
    for start in range(0, len(asked), A_JOB):
        await enqueue(db, workspace_id, SETTLE, Orders(asked[start : start + A_JOB]))


@job(ARRIVED, lane="quick")
async def settle_arrived(work: Work, payload: None) -> Settled:
    """Settles the orders whose clicks or carts have become known. They are waited for a week."""
    settled = Settled()
    async for page in _waits(work):
        async with work.transaction() as db:
            found = await arrived(db, work.workspace_id, page)
        async for rows, _ in _settle(work, found):
            settled.conversions += len(rows)
    async with work.transaction() as db:
        await settled_store.give_up(db, work.workspace_id)
        await work.finish(db, settled)
    return settled


async def _waits(work: Work) -> AsyncIterator[list[WaitRow]]:
    after, evidence = _FIRST, ""
    while True:
        async with work.transaction() as db:
            page = await settled_store.waits(db, work.workspace_id, after, evidence, A_JOB)
        if not page:
            return
        yield page
        after, evidence = page[-1].conversion_id, page[-1].evidence


@scheduled(ARRIVED, "* * * * *")
async def settle_all_arrived(settings: Settings, database: Database) -> None:
    """Looks where something is waited for."""
    async with database.connection() as db:
        waiting = await settled_store.waiting_workspaces(db)
    for workspace_id in waiting:
        async with database.transaction(workspace_id) as db:
            await enqueue(db, workspace_id, ARRIVED, dedupe=ARRIVED)


async def settle_exchanged(db: Connection, event: RatesArrived) -> None:
    """Handles the event: commissions that waited for a rate are exchanged."""
    await queue(db, event.workspace_id, event.conversion_ids)
