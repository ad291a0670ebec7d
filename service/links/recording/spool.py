"""Clicks on the disk: the files of a process.

At `disk` an answer waits until fdatasync has returned, at `os` until write(2) has; then what was written
survives the process, and within `SYNC_WITHIN_S` a power cut.
"""

import errno
import itertools
import threading
import time
from collections.abc import Sequence
from pathlib import Path

from service.links.recording import segments
from service.links.recording.layout import COLUMNS
from service.links.recording.segments import Segment

SYNC_WITHIN_S = 0.04
# How long a disk that was full is not tried again.
_FULL_S = 1.0
# Files of one process; a database that is away for a day leaves thousands.
_MOST_OPEN = 32


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
            if segment is None or segment.sealed or not self._fit(segment, len(data)):
                segment = self._next()
            segment.append(data, len(rows), self._sync)
            self._unsynced = not self._sync

    def has_room(self, rows: Sequence[bytes]) -> bool:
        """Whether rows go into the file there is: to make a new one takes many times as long as a write."""
        segment = self._current
        return segment is not None and not segment.sealed and self._fit(segment, sum(map(len, rows)))

    @staticmethod
    def _fit(segment: Segment, size: int) -> bool:
        return segment.end + size <= segments.LARGEST

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
        with self._lock:
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
