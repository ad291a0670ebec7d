"""Settling again: orders whose evidence has come, and those that an older order makes others."""

from collections.abc import AsyncIterator, Sequence
from uuid import UUID

from msgspec import Struct

from service.conversions import following
from service.conversions.rows import WaitRow
from service.conversions.settled import store
from service.conversions.settling import settle
from service.conversions.waiting import arrived
from service.kit.db import Connection, Database
from service.kit.jobs import Work, enqueue, job, scheduled
from service.ledger.exchange.events import RatesArrived
from service.settings import Settings

SETTLE = "conversions.settle"
ARRIVED = "conversions.arrived"
AT_ONCE = 500
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
    """Settles orders, each in a transaction of its own."""
    settled = Settled()
    again: list[UUID] = []
    for conversion_id in payload.ids:
        async with work.transaction() as db:
            row = await settle(db, work.workspace_id, conversion_id)
            later = await following.later_than(db, work.workspace_id, row) if payload.follow else []
            again += [each for each in later if each not in payload.ids]
        settled.conversions += 1
        await work.progress(settled.conversions, len(payload.ids))
    async with work.transaction() as db:
        await queue(db, work.workspace_id, again)
    return settled


async def queue(db: Connection, workspace_id: UUID, conversion_ids: Sequence[UUID]) -> None:
    """Has these settled again, soon."""
    asked = list(dict.fromkeys(conversion_ids))
    for start in range(0, len(asked), AT_ONCE):
        await enqueue(db, workspace_id, SETTLE, Orders(asked[start : start + AT_ONCE]))


@job(ARRIVED, lane="quick")
async def settle_arrived(work: Work, payload: None) -> Settled:
    """Settles the orders whose clicks or carts have become known. They are waited for a week."""
    settled = Settled()
    async for page in _waits(work):
        async with work.transaction() as db:
            found = await arrived(db, work.workspace_id, page)
        for conversion_id in found:
            async with work.transaction() as db:
                await settle(db, work.workspace_id, conversion_id)
            settled.conversions += 1
    async with work.transaction() as db:
        await store.give_up(db, work.workspace_id)
        await work.finish(db, settled)
    return settled


async def _waits(work: Work) -> AsyncIterator[list[WaitRow]]:
    after, evidence = _FIRST, ""
    while True:
        async with work.transaction() as db:
            page = await store.waits(db, work.workspace_id, after, evidence, AT_ONCE)
        if not page:
            return
        yield page
        after, evidence = page[-1].conversion_id, page[-1].evidence


@scheduled(ARRIVED, "* * * * *")
async def settle_all_arrived(settings: Settings, database: Database) -> None:
    """Looks where something is waited for."""
    async with database.connection() as db:
        waiting = await store.waiting_workspaces(db)
    for workspace_id in waiting:
        async with database.transaction(workspace_id) as db:
            await enqueue(db, workspace_id, ARRIVED, dedupe=ARRIVED)


async def settle_exchanged(db: Connection, event: RatesArrived) -> None:
    """Handles the event: commissions that waited for a rate are exchanged."""
    await queue(db, event.workspace_id, event.conversion_ids)
