"""What nobody confirmed is deleted when its time is over."""

from service.advocacy.pages import store
from service.kit.db import Database
from service.kit.jobs import scheduled
from service.settings import Settings


@scheduled("advocacy.joining", "17 * * * *")
async def sweep(settings: Settings, database: Database) -> None:
    """Every hour, wherever there is something."""
    async with database.connection() as db:
        workspaces = await store.joining_workspaces(db)
    for workspace_id in workspaces:
        async with database.transaction(workspace_id) as db:
            await store.sweep(db, workspace_id)
