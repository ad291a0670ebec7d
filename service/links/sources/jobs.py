"""Salts end with their day."""

import structlog

from service.kit.db import Database
from service.kit.jobs import scheduled
from service.links.sources import store
from service.links.sources.keeping import fetch_salts
from service.settings import Settings

log = structlog.get_logger("elci.links")


@scheduled("links.salts", "*/10 * * * *")
async def turn_salts(settings: Settings, database: Database) -> None:
    """Drops the salts of days that are over, and makes today's and tomorrow's where they are missing."""
    async with database.connection() as db:
        await fetch_salts(db)
        dropped = await store.drop_salts(db)
    if dropped:
        log.info("salts dropped", number=dropped)
