"""Looking by the clock at how many codes pools have left.

Not in the transaction that gives one: it can't see what others give at the same moment, so that of two that
take the last ones neither would see the mark passed.
"""

from msgspec import Struct

from service.advocacy.vouchers import store, telling
from service.kit.db import Database
from service.kit.jobs import Work, enqueue, job, scheduled
from service.settings import Settings

LOOK = "advocacy.look_at_stock"


class Looked(Struct):
    """How many pools people were told of."""

    told: int


@job(LOOK, lane="quick")
async def look_at_stock(work: Work, payload: None) -> Looked:
    """Tells of the workspace's pools that run low."""
    async with work.transaction() as db:
        counts = Looked(await telling.tell(db, work.workspace_id))
        await work.finish(db, counts)
    return counts


@scheduled(LOOK, "*/2 * * * *")
async def look_everywhere(settings: Settings, database: Database) -> None:
    """Looks where a pool has a mark that it has not come to."""
    async with database.connection() as db:
        waiting = await store.watched_workspaces(db)
    for workspace_id in waiting:
        async with database.transaction(workspace_id) as db:
            await enqueue(db, workspace_id, LOOK, dedupe=LOOK)
