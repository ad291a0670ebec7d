"""Clicks on their way to the disk: a thread that writes, one write and one sync for all who wait.

At `disk` an answer waits until fdatasync has returned, at `os` until write(2) has; then what was written
survives the process, and within `SYNC_WITHIN_S` a power cut.
"""

import asyncio
import queue
import threading
from collections.abc import Callable, Sequence
from pathlib import Path

import structlog

from service.links.recording import segments
from service.links.recording.layout import COLUMNS
from service.links.recording.segments import Segment

log = structlog.get_logger("elci.clicks")

SYNC_WITHIN_S = 0.04
# More than this in one write would make its first click wait for its last.
_MOST_ROWS = 1000
Group = tuple[list[bytes], list["asyncio.Future[bool]"]]


class Spool:
    """The spool files of this process. `folder` is shared with the other workers of the home."""

    def __init__(self, folder: Path, *, sync: bool) -> None:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self.folder = folder
        self.open: list[Segment] = []
        self._sync = sync
        self._current: Segment | None = None
        self._unsynced: Segment | None = None
        self._lock = threading.Lock()

    def write(self, rows: Sequence[bytes]) -> None:
        """Write rows behind each other, safe when this returns (`sync`). Raises OSError: none was written."""
        data = b"".join(rows)
        with self._lock:
            segment = self._current
            if segment is None or segment.sealed or segment.end > segments.LARGEST:
                segment = self._next()
            segment.append(data, len(rows), self._sync)
            if not self._sync:
                self._unsynced = segment

    def _next(self) -> Segment:
        if self._current is not None:
            if self._unsynced is self._current:
                self._current.sync()
            self._current.sealed = True
        self._current = segments.create(self.folder, COLUMNS, self._sync)
        self.open.append(self._current)
        return self._current

    def sync(self) -> None:
        """What was written and not synced yet."""
        segment, self._unsynced = self._unsynced, None
        if segment is not None:
            segment.sync()

    def seal(self) -> None:
        """End the file that is written to, so that it can go once it is stored."""
        with self._lock:
            if self._current is not None:
                self._current.sealed = True
                self._current = None

    def adopt(self) -> int:
        """Take up the files of dead workers; how many."""
        found = list(segments.orphans(self.folder))
        self.open.extend(found)
        return len(found)

    def remove(self, segment: Segment) -> None:
        """A file whose clicks are stored."""
        self.open.remove(segment)
        segment.remove()

    def close(self) -> None:
        """Leave what is not stored to whoever comes next."""
        self.seal()
        for segment in self.open:
            segment.close()
        self.open.clear()


class GroupCommit:
    """Rows of concurrent requests, written together by one thread; each request waits for its own group."""

    def __init__(self, write: Callable[[Sequence[bytes]], None]) -> None:
        self._write = write
        self._loop = asyncio.get_running_loop()
        self._rows: list[bytes] = []
        self._waiters: list[asyncio.Future[bool]] = []
        self._busy = False
        self._groups: queue.SimpleQueue[Group | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="click spool", daemon=True)
        self._thread.start()

    def add(self, row: bytes) -> "asyncio.Future[bool]":
        """Resolves when the row is safe (True), or could not be written (False)."""
        waiter: asyncio.Future[bool] = self._loop.create_future()
        self._rows.append(row)
        self._waiters.append(waiter)
        if not self._busy:
            self._busy = True
            # Not at once: what else this turn of the loop has read goes along.
            self._loop.call_soon(self._hand_over)
        return waiter

    def _hand_over(self) -> None:
        rows, waiters = self._rows, self._waiters
        if not rows:
            self._busy = False
            return
        self._rows, self._waiters = rows[_MOST_ROWS:], waiters[_MOST_ROWS:]
        self._groups.put((rows[:_MOST_ROWS], waiters[:_MOST_ROWS]))

    def _run(self) -> None:
        while (group := self._groups.get()) is not None:
            rows, waiters = group
            try:
                self._write(rows)
                written = True
            except Exception as error:
                # Whoever waits is told, whatever it was: a thread that ends would let all wait for ever.
                log.error("spool takes nothing", exc_info=error)
                written = False
            self._loop.call_soon_threadsafe(self._written, waiters, written)

    def _written(self, waiters: list["asyncio.Future[bool]"], written: bool) -> None:
        for waiter in waiters:
            if not waiter.done():
                waiter.set_result(written)
        self._hand_over()

    def close(self) -> None:
        """End the thread after what it was given."""
        self._groups.put(None)
        self._thread.join()
