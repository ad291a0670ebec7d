"""The ledger counted again."""

from uuid import UUID

from service.kit.db import Connection
from service.ledger.books import showing, store
from service.ledger.books.schemas import Recount

MOST = 100


async def recount(db: Connection, workspace_id: UUID) -> Recount:
    """Every balance and every commission's place again from the postings; the first differences."""
    found = await store.differences(db, workspace_id, MOST)
    rows = await store.recounted_totals(db, workspace_id)
    return showing.recount(await store.counts(db, workspace_id), rows, found, MOST)
