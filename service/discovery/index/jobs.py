"""What runs by the clock for the search tables."""

from collections import defaultdict
from uuid import UUID

from service.discovery.index import store
from service.discovery.index.actions import reindex
from service.kit.db import Database
from service.kit.jobs import scheduled
from service.settings import Settings

# A week of nights without a worker is made up for.
DAYS = 7


@scheduled("discovery.refresh_prices", "20 0 * * *")
async def refresh_prices(settings: Settings, database: Database) -> None:
    """Reindexes whose price began or ended by the calendar, and workspaces with another currency."""
    async with database.connection() as db:
        stale = await store.stale_prices(db, DAYS)
    by_workspace: dict[UUID, list[UUID]] = defaultdict(list)
    for each in stale:
        by_workspace[each.workspace_id].append(each.influencer_id)
    for workspace_id, ids in by_workspace.items():
        async with database.transaction(workspace_id) as db:
            await reindex(db, workspace_id, ids)
