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
Told = Callable[[bool], None]
Group = tuple[list[bytes], list[Told]]


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
    """Rows of concurrent requests, written together; each of them is told when its own group is safe.

    With `threaded` a thread writes, for writes that wait for the disk; else the loop itself does, at the end
    of the turn in which the rows came.
    """

    def __init__(self, write: Callable[[Sequence[bytes]], None], *, threaded: bool) -> None:
        self._write = write
        self._loop = asyncio.get_running_loop()
        self._rows: list[bytes] = []
        self._told: list[Told] = []
        self._busy = False
        self._groups: queue.SimpleQueue[Group | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="click spool", daemon=True)
        self._commit = self._hand_over if threaded else self._write_here
        if threaded:
            self._thread.start()

    def add(self, row: bytes, told: Told) -> None:
        """`told` is called when the row is safe (True), or could not be written (False)."""
        self._rows.append(row)
        self._told.append(told)
        if not self._busy:
            self._busy = True
            # Not at once: what else this turn of the loop has read goes along.
            self._loop.call_soon(self._commit)

    def _write_here(self) -> None:
        rows, told = self._rows, self._told
        self._rows, self._told = [], []
        self._busy = False
        _tell(told, self._tried(rows))

    def _hand_over(self) -> None:
        rows, told = self._rows, self._told
        if not rows:
            self._busy = False
            return
        self._rows, self._told = rows[_MOST_ROWS:], told[_MOST_ROWS:]
        self._groups.put((rows[:_MOST_ROWS], told[:_MOST_ROWS]))

    def _run(self) -> None:
        while (group := self._groups.get()) is not None:
            rows, told = group
            written = self._tried(rows)
            self._loop.call_soon_threadsafe(self._written, told, written)

    def _tried(self, rows: list[bytes]) -> bool:
        try:
            self._write(rows)
        except Exception as error:
            # Whoever waits is told, whatever it was: a thread that ends would let all wait for ever.
            log.error("the spool takes nothing", error=type(error).__name__)
            return False
        return True

    def _written(self, told: list[Told], written: bool) -> None:
        # The next group first: it is on its way to the disk while this one is answered.
        self._hand_over()
        _tell(told, written)

    def close(self) -> None:
        """End the thread after what it was given."""
        if self._thread.is_alive():
            self._groups.put(None)
            self._thread.join()


def _tell(told: list[Told], written: bool) -> None:
    for each in told:
        try:
            each(written)
        except Exception as error:
            # One connection's trouble is not the next one's.
            log.error("an answer could not be given", exc_info=error)
