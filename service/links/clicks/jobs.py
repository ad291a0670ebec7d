"""Days of clicks: their places made ahead, and dropped whole when they are old."""

from datetime import date, timedelta

import structlog

from service.kit import clock
from service.kit.db import Connection, Database
from service.kit.jobs import scheduled
from service.links.recording import store
from service.settings import Settings

log = structlog.get_logger("elci.clicks")

# A week without any worker, and still no click waits for its day.
DAYS_AHEAD = 7
# Who was first in an hour is asked as long as a spool may come late.
UNIQUES_DAYS = 14


@scheduled("links.click_days", "23 */6 * * *")
async def make_days(settings: Settings, database: Database) -> None:
    """Makes the places of the next days' clicks; one that is missing is made when it is needed."""
    async with database.connection() as db:
        today = (await clock.now(db)).date()
        made = await store.add_days(db, [today + timedelta(days=ahead) for ahead in range(DAYS_AHEAD + 1)])
    if made:
        log.info("days of clicks made", number=made)


@scheduled("links.drop_clicks", "33 2 * * *")
async def drop_days(settings: Settings, database: Database) -> None:
    """Drops raw clicks past their retention, a day at a time: killed in between, it goes on the next time."""
    async with database.connection() as db:
        today = (await clock.now(db)).date()
        before = today - timedelta(days=settings.click_retention_days)
        while dropped := await _drop(db, before, today - timedelta(days=UNIQUES_DAYS)):
            log.info("a day of clicks was dropped", day=dropped)


async def _drop(db: Connection, clicks_before: date, uniques_before: date) -> str | None:
    return await store.drop_day(db, clicks_before, max(clicks_before, uniques_before))
