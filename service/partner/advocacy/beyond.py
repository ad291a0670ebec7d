"""The few things of an advocate's that others' rows take part in: a pool's next code, the leaderboard."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from service.accounts.callers import Caller
from service.kit.db import Connection, enter


@asynccontextmanager
async def beyond(db: Connection, caller: Caller) -> AsyncIterator[None]:
    """For a moment without the partner's wall, in the same transaction. Whose reward or program it is was
    found behind the wall before. What raises ends the transaction, so the wall is put up again only where it
    goes on."""
    await enter(db, caller.workspace_id)
    yield
    await enter(db, caller.workspace_id, caller.partner_id)
