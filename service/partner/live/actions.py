"""A partner's day, looked at again and again."""

import asyncio
import time
from collections.abc import AsyncIterator
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

from service.kit import clock
from service.kit.db import Connection, Database
from service.ledger.books import showing
from service.ledger.books import store as books
from service.partner.live import store
from service.partner.live.schemas import PartnerLive
from service.partner.stats import show
from service.partner.stats import store as figures
from service.partner.stats.asking import asked

LOOK_EVERY_S: Final = 2.0
# Then the client opens it anew, with rights that are looked at again.
LIVE_FOR_S: Final = 600.0


async def live(
    database: Database, workspace_id: UUID, partner_id: UUID, zone: ZoneInfo
) -> AsyncIterator[PartnerLive]:
    """The partner's day now and at each change, until the partner is archived."""
    before: PartnerLive | None = None
    ends = time.monotonic() + LIVE_FOR_S
    while time.monotonic() < ends:
        async with database.transaction(workspace_id, partner_id) as db:
            if not await store.stands(db, workspace_id, partner_id):
                return
            view = await look(db, workspace_id, partner_id, zone)
        if view != before:
            yield view
            before = view
        await asyncio.sleep(LOOK_EVERY_S)


async def look(db: Connection, workspace_id: UUID, partner_id: UUID, zone: ZoneInfo) -> PartnerLive:
    """The day as it is now."""
    now = await clock.now(db)
    day = now.astimezone(zone).date()
    wanted = asked("", "event", day, day, zone.key, 1, now)
    found = show.stats(wanted, await figures.read(db, workspace_id, partner_id, wanted), {})
    last = await store.last(db, workspace_id, partner_id, wanted.starts_at, wanted.ends_at)
    rows = await books.of_partner(db, workspace_id, partner_id)
    return PartnerLive(zone.key, day, found.totals, showing.balances(rows), last.click_at, last.conversion_at)
