"""Looking at orders together, every quarter of an hour."""

from datetime import timedelta
from uuid import UUID

from service.conversions.jobs import SETTLE, Orders
from service.conversions.reviews.batch import looking, store
from service.conversions.reviews.batch.schemas import Looked
from service.kit import clock
from service.kit.db import Connection, Database
from service.kit.jobs import Work, enqueue, job, scheduled
from service.settings import Settings

LOOK = "conversions.review"
AT_ONCE = 200


@job(LOOK)
async def look(work: Work, payload: None) -> Looked:
    """Finds patterns over many orders; those that are concerned are settled again by jobs of their own."""
    async with work.transaction() as db:
        looked, touched = await looking.look(db, work.workspace_id)
        await settle_again(db, work.workspace_id, touched)
        await work.finish(db, looked)
    return looked


async def settle_again(db: Connection, workspace_id: UUID, conversion_ids: list[UUID]) -> None:
    """Has conversions settled once more, so many a job."""
    for at in range(0, len(conversion_ids), AT_ONCE):
        await enqueue(db, workspace_id, SETTLE, Orders(conversion_ids[at : at + AT_ONCE]))


@scheduled("conversions.review", "*/15 * * * *")
async def look_everywhere(settings: Settings, database: Database) -> None:
    """Looks where there were orders in the last weeks."""
    async with database.connection() as db:
        since = await clock.now(db) - looking.SPAN - timedelta(days=1)
        workspaces = await store.reviewed_workspaces(db, since)
    for workspace_id in workspaces:
        async with database.transaction(workspace_id) as db:
            await enqueue(db, workspace_id, LOOK, dedupe=LOOK)
