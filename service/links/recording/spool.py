"""Clicks on their way to the disk: a thread that writes, one write and one sync for all who wait.

At `disk` an answer waits until fdatasync has returned, at `os` until write(2) has; then what was written
survives the process, and within `SYNC_WITHIN_S` a power cut.
"""

import asyncio
import errno
import itertools
import queue
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import structlog

from service.links.recording import segments
from service.links.recording.layout import COLUMNS
from service.links.recording.segments import Segment

log = structlog.get_logger("elci.clicks")

SYNC_WITHIN_S = 0.04
# How long a disk that was full is not tried again.
_FULL_S = 1.0
# Files of one process; a database that is away for a day leaves thousands.
_MOST_OPEN = 32
# How many rows a write waits for at most, and how long. (Two syncs at once came to no more requests a second,
# and to a third more CPU.)
_MOST_AWAITED = 32
_DELAY_S = 0.001
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
        self._unsynced = False
        self._full_until = 0.0
        self._lock = threading.Lock()

    def write(self, rows: Sequence[bytes]) -> None:
        """Write rows behind each other, safe when this returns (`sync`). Raises OSError: none was written."""
        data = b"".join(rows)
        with self._lock:
            segment = self._current
            if segment is None or segment.sealed or segment.end + len(data) > segments.LARGEST:
                segment = self._next()
            segment.append(data, len(rows), self._sync)
            self._unsynced = not self._sync

    def _next(self) -> Segment:
        if self._current is not None:
            if self._unsynced:
                self._current.sync()
            self._current.sealed = True
            self._current = None
        if time.monotonic() < self._full_until:
            raise OSError(errno.ENOSPC, "the disk was full a moment ago")
        try:
            self._current = segments.create(self.folder, COLUMNS, self._sync)
        except OSError:
            self._full_until = time.monotonic() + _FULL_S
            raise
        self.open.append(self._current)
        return self._current

    def sync(self) -> None:
        """What was written and not synced yet."""
        segment, unsynced, self._unsynced = self._current, self._unsynced, False
        if segment is not None and unsynced:
            segment.sync()

    def seal(self) -> None:
        """End the file that is written to, so that it can go once it is stored."""
        with self._lock:
            if self._current is not None:
                self._current.sealed = True
                self._current = None

    def adopt(self) -> int:
        """Take up files of dead workers, as many as one can work on; how many."""
        found = list(itertools.islice(segments.orphans(self.folder), max(0, _MOST_OPEN - len(self.open))))
        self.open.extend(found)
        return len(found)

    def let_go(self) -> None:
        """Close files that can't be worked on for now: a process may have so many open. They are taken up
        again, by whichever process has room."""
        for segment in [each for each in self.open if each.sealed][_MOST_OPEN:]:
            self.open.remove(segment)
            segment.close()

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

    With `threaded` a thread writes, as such writes wait for the disk; else the loop itself does, at the end
    of the turn in which the rows came.
    """

    def __init__(self, write: Callable[[Sequence[bytes]], None], *, threaded: bool) -> None:
        self._write = write
        self._loop = asyncio.get_running_loop()
        self._rows: list[bytes] = []
        self._told: list[Told] = []
        self._scheduled = False
        self._busy = False
        self._timer: asyncio.TimerHandle | None = None
        self._enough = 1
        self._groups: queue.SimpleQueue[Group | None] = queue.SimpleQueue()
        self._commit = self._hand_over if threaded else self._write_here
        self._thread = threading.Thread(target=self._run, name="click spool", daemon=True)
        if threaded:
            self._thread.start()

    def add(self, row: bytes, told: Told) -> None:
        """`told` is called when the row is safe (True), or could not be written (False)."""
        self._rows.append(row)
        self._told.append(told)
        if not self._scheduled and not self._busy:
            self._consider()

    def _consider(self) -> None:
        """Write now, or wait a moment for more: a sync costs the same for one row and for fifty."""
        if len(self._rows) >= self._enough:
            self._scheduled = True
            # Not at once: what else this turn of the loop has read goes along.
            self._loop.call_soon(self._commit)
        elif self._timer is None:
            self._timer = self._loop.call_later(_DELAY_S, self._waited)

    def _waited(self) -> None:
        self._timer = None
        if not self._scheduled and not self._busy:
            self._hand_over()

    def _write_here(self) -> None:
        rows, told = self._rows, self._told
        self._rows, self._told = [], []
        self._scheduled = False
        _tell(told, self._tried(rows))

    def _hand_over(self) -> None:
        self._scheduled = False
        rows, told = self._rows, self._told
        if not rows:
            return
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        self._busy = True
        # As many as half of the last time come soon, if it goes on like this.
        self._enough = min(max(len(rows) // 2, 1), _MOST_AWAITED)
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
        self._busy = False
        if self._rows:
            self._consider()
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
