"""Events of pages are kept for as long as the operator says."""

from service.kit.db import Database
from service.kit.jobs import scheduled
from service.links.track import store
from service.settings import Settings

BATCH = 5_000


@scheduled("links.purge_events", "41 * * * *")
async def purge(settings: Settings, database: Database) -> None:
    """Deletes old events, and the keys that kept clicks from being stored twice (2 days)."""
    async with database.connection() as db:
        while await store.purge_events(db, settings.event_retention_days, BATCH):
            pass
        while await store.purge_keys(db, BATCH):
            pass
