"""Statistics, asked and answered; and a link's clicks as they come."""

import asyncio
import time
from collections.abc import AsyncIterator
from datetime import date
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

from service.kit import clock, ids
from service.kit.db import Connection, Database
from service.links.stats import show, store
from service.links.stats.grouping import midnight, span
from service.links.stats.schemas import Figures, LiveView, OfLinks, Stats

LOOK_EVERY_S: Final = 1.0
# Then the client opens it anew, with rights that are looked at again.
LIVE_FOR_S: Final = 600.0


async def stats(
    db: Connection,
    workspace_id: UUID,
    of: OfLinks,
    group_by: str,
    first: date | None,
    last: date | None,
    tz: str,
    limit: int,
) -> Stats:
    """The statistics that are asked for. Raises InvalidInput."""
    asked = span(group_by, first, last, tz, await clock.now(db), links=of.link_id is None)
    within = (asked.starts_at, asked.ends_at)
    totals = await store.sums(db, workspace_id, of, asked.dimension, *within)
    if not asked.unit and not asked.dimension:
        return show.stats(asked, totals, [])
    cells = await store.cells(
        db, workspace_id, of, asked.unit, asked.dimension, asked.zone.key, *within, limit
    )
    return show.stats(asked, totals, cells)


async def live(
    database: Database, workspace_id: UUID, link_id: UUID, zone: ZoneInfo
) -> AsyncIterator[LiveView]:
    """The link's figures now and at each change."""
    before: LiveView | None = None
    ends = time.monotonic() + LIVE_FOR_S
    while time.monotonic() < ends:
        async with database.transaction(workspace_id) as db:
            view = await _look(db, workspace_id, link_id, zone)
        if view != before:
            yield view
            before = view
        await asyncio.sleep(LOOK_EVERY_S)


async def _look(db: Connection, workspace_id: UUID, link_id: UUID, zone: ZoneInfo) -> LiveView:
    day = (await clock.now(db)).astimezone(zone).date()
    row = await store.live(db, workspace_id, link_id, midnight(day, zone))
    today = Figures(row.gross, row.net, row.uniques)
    return LiveView(ids.show("lnk", link_id), zone.key, day, today, row.last_hour, row.newest_at)
