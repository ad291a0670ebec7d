"""What is due becomes payable, every minute, by the database's clock."""

from msgspec import Struct

from service.accounts.audit import SYSTEM
from service.kit.db import Database
from service.kit.jobs import Work, enqueue, job, scheduled
from service.ledger import settling, store
from service.settings import Settings

MATURE = "ledger.mature"
AT_ONCE = 500


class Matured(Struct):
    """How many rows of commissions were due."""

    commissions: int = 0


@job(MATURE, lane="quick")
async def mature(work: Work, payload: None) -> Matured:
    """Makes payable what is due; so many commissions a transaction."""
    matured = Matured()
    while True:
        async with work.transaction() as db:
            due = await store.due(db, work.workspace_id, AT_ONCE)
            if not due:
                await work.finish(db, matured)
                return matured
            await settling.mature(db, work.workspace_id, due, SYSTEM)
        matured.commissions += len(due)
        await work.progress(matured.commissions)


@scheduled("ledger.mature", "* * * * *")
async def mature_all(settings: Settings, database: Database) -> None:
    """Looks where something is due."""
    async with database.connection() as db:
        workspaces = await store.due_workspaces(db)
    for workspace_id in workspaces:
        async with database.transaction(workspace_id) as db:
            await enqueue(db, workspace_id, MATURE, dedupe=MATURE)
