"""An upload's bytes for a reader that runs in a thread of its own."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator

from service.imports.problems import FileGone

Fetch = Callable[[int], Awaitable[bytes | None]]
"""The chunk at a position from 0 on; None behind the last."""


class Stopped(Exception):
    """Nobody waits for the file's rows any more."""


class Source:
    """The chunks of an upload, fetched by the loop that made this object. `taken` counts the bytes so far."""

    def __init__(self, fetch: Fetch) -> None:
        self.taken = 0
        self._fetch = fetch
        self._loop = asyncio.get_running_loop()
        self._stopped = False

    def stop(self) -> None:
        """The thread ends at its next chunk."""
        self._stopped = True

    def chunks(self) -> Iterator[bytes]:
        """The bytes in order. Not for the loop's own thread. Raises FileGone, Stopped."""
        position = 0
        while not self._stopped:
            found = asyncio.run_coroutine_threadsafe(self._chunk(position), self._loop).result()
            if found is None:
                if position == 0:
                    raise FileGone("upload it again")
                return
            self.taken += len(found)
            position += 1
            yield found
        raise Stopped

    async def _chunk(self, position: int) -> bytes | None:
        return await self._fetch(position)
