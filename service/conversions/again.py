"""Work that others got in the way of, done again: of two that wait for each other the database ends one, and
a customer may have become another's while an order was being credited to them."""

from collections.abc import Awaitable, Callable
from typing import TypeVar

import asyncpg

from service.kit.db import Connection
from service.kit.problems import Unavailable

Result = TypeVar("Result")
IN_THE_WAY = (asyncpg.DeadlockDetectedError, asyncpg.ForeignKeyViolationError)
_TIMES = 4


async def at_last(db: Connection, work: Callable[[], Awaitable[Result]]) -> Result:
    """Does it in a part of the caller's transaction that is undone, with its locks, before it is done again.

    Raises Unavailable where something is in the way each time.
    """
    for _ in range(_TIMES):
        try:
            async with db.transaction():
                return await work()
        except IN_THE_WAY as error:
            last = error
    raise Unavailable("others are at work on the same orders; try again in a moment") from last
