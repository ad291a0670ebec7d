"""Building reports: when they are asked for, and by the clock where something changed."""

from service.advocacy.reports import keeping, store
from service.advocacy.reports.keeping import REPORT, BuildReport
from service.advocacy.reports.schemas import ReportBuilt
from service.kit import clock
from service.kit.db import Database
from service.kit.jobs import Work, job, scheduled
from service.settings import Settings


@job(REPORT)
async def build_report(work: Work, payload: BuildReport) -> ReportBuilt:
    """Builds the report of the workspace's programs for the days of a time zone."""
    return await keeping.refresh(work, payload.tz)


@scheduled(REPORT, "*/5 * * * *")
async def refresh_reports(settings: Settings, database: Database) -> None:
    """Builds again what is out of date, where people ask for it."""
    async with database.connection() as db:
        workspaces = await store.workspaces(db)
    for workspace_id in workspaces:
        async with database.transaction(workspace_id) as db:
            now = await clock.now(db)
            for zone in await store.zones(db, workspace_id):
                if await keeping.is_due(db, workspace_id, zone, now):
                    await keeping.build(db, workspace_id, zone.tz)
