"""Who changes a workspace's followers does it alone: numbers stay dense, and nobody waits in a circle."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from uuid import UUID

from service.influencers.followers import store
from service.kit.db import Connection
from service.kit.problems import Unavailable

Begin = Callable[[], AbstractAsyncContextManager[Connection]]
PATIENCE_S = 30.0
_PAUSE_S = 0.1


@asynccontextmanager
async def alone(begin: Begin, workspace_id: UUID) -> AsyncIterator[Connection]:
    """A transaction in one's turn, undone by any exception; who waits holds no connection.

    Raises Unavailable.
    """
    until = time.monotonic() + PATIENCE_S
    while True:
        async with begin() as db:
            if await store.try_turn(db, workspace_id):
                # The transaction of an Idempotency-Key goes on where a dry run has to be undone.
                async with db.transaction():
                    await store.begin(db, workspace_id)
                    yield db
                return
        await _pause(until)


async def wait(db: Connection, workspace_id: UUID) -> None:
    """The turn for a transaction that has begun. Asked again and again: a statement that waits is cut off by
    its time limit, and hears no cancel. Raises Unavailable."""
    until = time.monotonic() + PATIENCE_S
    while not await store.try_turn(db, workspace_id):
        await _pause(until)
    await store.begin(db, workspace_id)


async def _pause(until: float) -> None:
    if time.monotonic() > until:
        raise Unavailable("another list of followers is being taken in", headers={"Retry-After": "5"})
    await asyncio.sleep(_PAUSE_S)
