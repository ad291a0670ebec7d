"""The files of the spool. Each is held by one process (flock), which the kernel gives up for a dead one."""

import contextlib
import errno
import fcntl
import os
import threading
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from service.kit import ids
from service.links.recording import frames
from service.links.recording.frames import Frame

ENDING = ".clicks"
# What is loaded again at most after a kill, and what one file's removal waits for.
LARGEST = 4 * 1024 * 1024


class Segment:
    """A spool file of this process: `end` is where what is safe ends, `loaded` where what is stored ends."""

    def __init__(self, path: Path, descriptor: int, columns: Sequence[str], start: int, end: int) -> None:
        self.path = path
        self.columns = tuple(columns)
        self.loaded = start
        self.end = end
        self.sealed = False
        self._descriptor = descriptor
        # A sync runs in a thread: the number of a file that was closed may be another file's by then.
        self._closing = threading.Lock()
        self._closed = False

    def append(self, data: bytes, rows: int, sync: bool) -> None:
        """Write a frame. Raises OSError, with the file as it was before, and sealed."""
        framed = frames.frame(data, rows)
        try:
            written = 0
            while written < len(framed):
                written += os.pwrite(self._descriptor, framed[written:], self.end + written)
            if sync:
                os.fdatasync(self._descriptor)
        except OSError:
            # What the disk holds after a failed sync nobody knows: the file ends here.
            self.sealed = True
            with contextlib.suppress(OSError):
                os.ftruncate(self._descriptor, self.end)
            raise
        self.end += len(framed)

    def sync(self) -> None:
        """Wait until what was written is on the disk."""
        with self._closing:
            if not self._closed:
                os.fdatasync(self._descriptor)

    def read(self, most: int) -> list[Frame]:
        """Frames that are safe and not stored yet: about `most` bytes, at least one frame."""
        length = min(most, self.end - self.loaded)
        found = self._frames(length)
        if not found and length < self.end - self.loaded:
            found = self._frames(self.end - self.loaded)
        return found

    def _frames(self, length: int) -> list[Frame]:
        data = os.pread(self._descriptor, length, self.loaded)
        return [each._replace(end=each.end + self.loaded) for each in frames.read(data)]

    @property
    def is_done(self) -> bool:
        """Whether all of it is stored, and nothing more will be written."""
        return self.sealed and self.loaded >= self.end

    def remove(self) -> None:
        """Give the file up: its clicks are stored."""
        self.path.unlink(missing_ok=True)
        self.close()

    def close(self) -> None:
        """Let the file go, for others to take it up."""
        with self._closing:
            self._closed = True
            os.close(self._descriptor)


def create(folder: Path, columns: Sequence[str], sync: bool) -> Segment:
    """A new file, held before anybody can see it; with `sync` one that is quick to sync. Raises OSError."""
    name = ids.show("seg", ids.new())
    hidden = folder / f".{name}"
    descriptor = os.open(hidden, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
    head = frames.head(columns)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        # With its place taken already, a write never finds the disk full.
        os.posix_fallocate(descriptor, 0, LARGEST)
        # The first sync of place that was only taken has to say so in the file system's journal. Where zeros
        # were written before, a sync has nothing but the clicks to bring to the disk.
        start = head.ljust(LARGEST, b"\0") if sync else head
        if os.pwrite(descriptor, start, 0) != len(start):
            raise OSError(errno.ENOSPC, "no space for a file's beginning")
        path = folder / f"{name}{ENDING}"
        hidden.rename(path)
        if sync:
            os.fsync(descriptor)
            sync_folder(folder)
    except OSError:
        os.close(descriptor)
        hidden.unlink(missing_ok=True)
        (folder / f"{name}{ENDING}").unlink(missing_ok=True)
        raise
    return Segment(path, descriptor, columns, len(head), len(head))


def sync_folder(folder: Path) -> None:
    """Make a new file's name survive a power cut."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def orphans(folder: Path) -> Iterator[Segment]:
    """The files that no living process holds, held by this one from now on."""
    for path in sorted([*folder.glob(f"*{ENDING}"), *_unborn(folder)]):
        found = _adopted(path)
        if found is not None:
            yield found


def _unborn(folder: Path) -> Iterator[Path]:
    """Files whose writers died before they had a name; one that is being made is left alone."""
    for path in folder.glob(".seg_*"):
        with contextlib.suppress(FileNotFoundError):
            if time.time() - path.stat().st_mtime > 60:
                yield path


def _adopted(path: Path) -> Segment | None:
    try:
        descriptor = os.open(path, os.O_RDWR)
    except FileNotFoundError:
        return None
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        state = os.fstat(descriptor)
        # Whoever held it may have stored and removed it between the two calls.
        segment = _opened(path, descriptor, state.st_size) if state.st_nlink else None
    except BlockingIOError:
        segment = None
    except frames.Unreadable:
        os.close(descriptor)
        path.rename(path.with_suffix(".unreadable"))
        return None
    if segment is None:
        os.close(descriptor)
    return segment


def _opened(path: Path, descriptor: int, size: int) -> Segment | None:
    head = frames.read_head(os.pread(descriptor, 16_384, 0))
    if head is None:
        # Its writer died before the first click.
        path.unlink(missing_ok=True)
        return None
    columns, start = head
    segment = Segment(path, descriptor, columns, start, size)
    segment.sealed = True
    return segment


def size(folder: Path) -> tuple[int, int]:
    """Bytes and files of the spool."""
    total = number = 0
    for path in folder.glob(f"*{ENDING}"):
        with contextlib.suppress(FileNotFoundError):
            total += path.stat().st_size
            number += 1
    return total, number
