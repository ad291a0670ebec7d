"""The recount of a large ledger."""

from service.kit.jobs import Work, job
from service.ledger.books import actions
from service.ledger.books.schemas import Recount

RECOUNT = "ledger.recount"


@job(RECOUNT)
async def recount(work: Work, payload: None) -> Recount:
    """Counts the ledger again from its postings."""
    async with work.transaction() as db:
        return await actions.recount(db, work.workspace_id)
