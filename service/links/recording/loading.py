"""Rows into the database: copied into the session's own table, stored from there behind the walls.

COPY takes the rows as they lie in the spool, so a click is encoded once, when it is answered. Storing one
that is stored already changes nothing: whoever does not know whether a commit came through repeats it.
"""

import asyncio
from collections.abc import AsyncIterator, Coroutine, Sequence
from typing import Any

import asyncpg

from service.kit.db import Connection
from service.links.recording import layout, store

# Wrong for good, whoever tries: a value that the table can't hold.
POISON = (asyncpg.DataError, asyncpg.IntegrityConstraintViolationError, asyncpg.BadCopyFileFormatError)
# How soon it is noticed that a server died while it owed us room for the rest of a COPY.
LOOK_S = 0.5
# Nobody waits longer for one batch: a connection that is open and never read from again.
MOST_S = 60.0


class Loader:
    """One connection to the database, made when it is needed and after it broke."""

    def __init__(self, dsn: str) -> None:
        self._dsn = dsn
        self._db: Connection | None = None
        self._turn = asyncio.Lock()

    async def store(self, columns: Sequence[str], data: bytes) -> int:
        """Store the rows in `data`; how many were new. Raises POISON, else whatever says "not now"."""
        async with self._turn:
            try:
                db = await self._connection()
                return await _while_open(db, self._stored(db, columns, data))
            except POISON:
                raise
            except BaseException:
                self._drop()
                raise

    async def _stored(self, db: Connection, columns: Sequence[str], data: bytes) -> int:
        try:
            return await self._copied(db, columns, data)
        except asyncpg.CheckViolationError as error:
            # A day that nothing was made for ahead: an old spool, or a worker that has not run for days.
            if "no partition of relation" not in str(error):
                raise
        await store.add_days(db, sorted({each.date() for each in layout.times(data)}))
        return await self._copied(db, columns, data)

    async def _copied(self, db: Connection, columns: Sequence[str], data: bytes) -> int:
        async with db.transaction():
            await db.copy_to_table("click_intake", source=_file(data), columns=columns, format="binary")
            return await store.store_intake(db)

    async def _connection(self) -> Connection:
        if self._db is None or self._db.is_closed():
            self._db = await asyncpg.connect(
                self._dsn,
                timeout=5,
                command_timeout=30,
                server_settings={"timezone": "UTC", "jit": "off", "application_name": "elci clicks"},
            )
            await self._db.execute("""
                create temporary table if not exists click_intake (like clicks) on commit delete rows;
                alter table click_intake drop column "unique";
            """)
        return self._db

    def _drop(self) -> None:
        if self._db is not None:
            self._db.terminate()
            self._db = None

    async def close(self) -> None:
        """Let the connection go."""
        async with self._turn:
            self._drop()


async def _while_open(db: Connection, work: Coroutine[Any, Any, int]) -> int:
    """What `work` comes to. Raises ConnectionError when the connection is lost, if `work` sees it or not.

    asyncpg's COPY waits for room to write without an end: where the server dies meanwhile, it isn't told.
    """
    task = asyncio.create_task(work)
    task.add_done_callback(lambda ended: ended.cancelled() or ended.exception())  # or it is said to be lost
    deadline = asyncio.get_running_loop().time() + MOST_S
    try:
        while not task.done():
            await asyncio.wait({task}, timeout=LOOK_S)
            late = asyncio.get_running_loop().time() > deadline
            if not task.done() and (db.is_closed() or late):
                raise ConnectionError("the connection was lost in the middle of a batch")
    finally:
        task.cancel()
    return task.result()


async def _file(data: bytes) -> AsyncIterator[bytes]:
    yield layout.HEAD
    yield data
    yield layout.TAIL
