"""Settling again: orders whose evidence has come, and those that an older order makes others."""

from collections.abc import AsyncIterator, Sequence
from uuid import UUID

from msgspec import Struct

from service.conversions.attribution.gathering import time_of
from service.conversions.rows import WaitRow
from service.conversions.settled import store
from service.conversions.settling import settle
from service.kit.db import Database
from service.kit.jobs import Work, enqueue, job, scheduled
from service.settings import Settings

SETTLE = "conversions.settle"
ARRIVED = "conversions.arrived"
_AT_ONCE = 500
_FIRST = UUID(int=0)


class Orders(Struct, frozen=True):
    """Conversions that are settled again."""

    ids: list[UUID]


class Settled(Struct):
    """How many were."""

    conversions: int = 0


@job(SETTLE, lane="quick")
async def settle_orders(work: Work, payload: Orders) -> Settled:
    """Settles orders, each in a transaction of its own."""
    settled = Settled()
    for conversion_id in payload.ids:
        async with work.transaction() as db:
            await settle(db, work.workspace_id, conversion_id)
        settled.conversions += 1
        await work.progress(settled.conversions, len(payload.ids))
    return settled


@job(ARRIVED, lane="quick")
async def settle_arrived(work: Work, payload: None) -> Settled:
    """Settles the orders whose clicks or carts have become known. They are waited for a week."""
    settled = Settled()
    async for page in _waits(work):
        for conversion_id in await _arrived(work, page):
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
            page = await store.waits(db, work.workspace_id, after, evidence, _AT_ONCE)
        if not page:
            return
        yield page
        after, evidence = page[-1].conversion_id, page[-1].evidence


async def _arrived(work: Work, page: Sequence[WaitRow]) -> list[UUID]:
    clicks = [UUID(row.evidence[6:]) for row in page if row.evidence.startswith("click:")]
    times = {click: at for click in clicks if (at := time_of(click)) is not None}
    tokens = [row.evidence[6:] for row in page if row.evidence.startswith("token:")]
    async with work.transaction() as db:
        found = {
            f"click:{click}"
            for click in await store.arrived_clicks(db, work.workspace_id, list(times.values()), list(times))
        }
        found |= {f"token:{token}" for token in await store.arrived_tokens(db, work.workspace_id, tokens)}
    return list(dict.fromkeys(row.conversion_id for row in page if row.evidence in found))


@scheduled(ARRIVED, "* * * * *")
async def settle_all_arrived(settings: Settings, database: Database) -> None:
    """Looks where something is waited for."""
    async with database.connection() as db:
        waiting = await store.waiting_workspaces(db)
    for workspace_id in waiting:
        async with database.transaction(workspace_id) as db:
            await enqueue(db, workspace_id, ARRIVED, dedupe=ARRIVED)
