"""Clicks and goals, a quarter of an hour after each other; at night the clicks of a month again."""

from datetime import timedelta
from zoneinfo import ZoneInfo

from msgspec import Struct

from service.accounts.workspaces.store import get_workspace
from service.conversions.earnings import store
from service.conversions.earnings.clicks import settle_clicks
from service.conversions.earnings.goals import settle_goals
from service.conversions.earnings.schemas import Earnings
from service.kit import clock
from service.kit.db import Database
from service.kit.jobs import Work, enqueue, job, scheduled
from service.settings import Settings

EARN = "conversions.earn"
# Clicks stop counting when rules change or patterns are seen; older days stay as they were paid.
NIGHTLY_DAYS = 31
# A change becomes visible when its transaction ends, later than it says.
OVERLAP = timedelta(minutes=15)


class Days(Struct, frozen=True):
    """So many days, today among them."""

    days: int


@job(EARN)
async def earn(work: Work, payload: Days) -> Earnings:
    """Brings what clicks and goals earn to what they are now, a partner a transaction."""
    async with work.transaction() as db:
        zone = ZoneInfo((await get_workspace(db, work.workspace_id)).timezone)
        now = await clock.now(db)
        today = now.astimezone(zone).date()
        since, until = today - timedelta(days=payload.days - 1), today + timedelta(days=1)
        # A day longer at each end than any zone's day lies from UTC's.
        partners = await store.clicked_partners(
            db, work.workspace_id, now - timedelta(days=payload.days + 1), now + timedelta(days=2)
        )
        mark = await store.goals_until(db, work.workspace_id)
        touched = await store.touched(
            db, work.workspace_id, (mark or now - timedelta(days=NIGHTLY_DAYS)) - OVERLAP, zone.key
        )
    found, total = Earnings(), len(partners) + len(touched)
    for n, partner_id in enumerate(partners, start=1):
        async with work.transaction() as db:
            found.click_days += await settle_clicks(db, work.workspace_id, partner_id, since, until, zone)
        await work.progress(n, total)
    for n, row in enumerate(touched, start=len(partners) + 1):
        async with work.transaction() as db:
            found.goals += await settle_goals(db, work.workspace_id, row.partner_id, row.at, now, zone)
        await work.progress(n, total)
    async with work.transaction() as db:
        await store.mark_goals(db, work.workspace_id, now)
        await work.finish(db, found)
    return found


@scheduled("conversions.earn", "*/15 * * * *")
async def earn_all(settings: Settings, database: Database) -> None:
    """Today and yesterday."""
    await _earn_all(database, 2)


@scheduled("conversions.earn_nightly", "13 2 * * *")
async def earn_all_again(settings: Settings, database: Database) -> None:
    """The last month, of which the raw clicks must be there."""
    await _earn_all(database, max(min(NIGHTLY_DAYS, settings.click_retention_days - 2), 1))


async def _earn_all(database: Database, days: int) -> None:
    async with database.connection() as db:
        workspaces = await store.earning_workspaces(db)
    for workspace_id in workspaces:
        async with database.transaction(workspace_id) as db:
            await enqueue(db, workspace_id, EARN, Days(days), dedupe=f"{EARN} {days}")
