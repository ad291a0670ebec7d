"""The work of an import, and what keeps its tables small."""

from uuid import UUID

from msgspec import Struct

from service.imports import store
from service.imports.schemas import Counts
from service.imports.taking import take_in
from service.kit.away import AWAY
from service.kit.db import Database
from service.kit.jobs import Cancelled, Superseded, Work, job, scheduled
from service.settings import Settings

RUN = "imports.run"


class Run(Struct):
    import_id: UUID


@job(RUN)
async def run(work: Work, payload: Run) -> Counts:
    """Takes a file in: all of it or nothing. A worker that dies leaves it to the next."""
    try:
        return await take_in(work, payload.import_id)
    except (Superseded, *AWAY):
        raise
    except Exception as error:
        await _close(work, payload.import_id, "cancelled" if isinstance(error, Cancelled) else "failed")
        raise


async def _close(work: Work, import_id: UUID, status: str) -> None:
    """The file is of no more use: it holds people's data, and whoever wants it in uploads it again."""
    async with work.database.transaction(work.workspace_id) as db:
        await store.save_status(db, work.workspace_id, import_id, status)
        await store.drop_chunks(db, work.workspace_id, import_id)


@scheduled("imports.sweep", "41 * * * *")
async def sweep(settings: Settings, database: Database) -> None:
    """Drops what was broken off, and what was quoted from files 30 days ago."""
    async with database.connection() as db:
        await store.sweep(db)
