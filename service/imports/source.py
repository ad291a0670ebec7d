"""An upload's bytes for a reader that runs in a thread of its own."""

import asyncio
from collections.abc import Iterator
from uuid import UUID

from service.imports import store
from service.imports.problems import FileGone
from service.kit.db import Database


class Stopped(Exception):
    """Nobody waits for the file's rows any more."""


class Source:
    """The chunks of an upload, fetched by the loop that made this object. `taken` counts the bytes so far."""

    def __init__(self, database: Database, workspace_id: UUID, import_id: UUID) -> None:
        self.taken = 0
        self._database, self._workspace_id, self._import_id = database, workspace_id, import_id
        self._loop = asyncio.get_running_loop()
        self._stopped = False

    def stop(self) -> None:
        """The thread ends at its next chunk."""
        self._stopped = True

    def chunks(self) -> Iterator[bytes]:
        """The bytes in order. Not for the loop's own thread. Raises FileGone, Stopped."""
        position = 0
        while not self._stopped:
            found = asyncio.run_coroutine_threadsafe(self._fetch(position), self._loop).result()
            if found is None:
                if position == 0:
                    raise FileGone("upload it again")
                return
            self.taken += len(found)
            position += 1
            yield found
        raise Stopped

    async def _fetch(self, position: int) -> bytes | None:
        async with self._database.transaction(self._workspace_id) as db:
            return await store.find_chunk(db, self._workspace_id, self._import_id, position)
