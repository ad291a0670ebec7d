"""Rows of concurrent requests, written together: one write and one sync for all who wait."""

import asyncio
import queue
import threading
import time
from collections.abc import Callable, Sequence

import structlog

from service.links.recording import pacing
from service.links.recording.pacing import Pace

log = structlog.get_logger("elci.clicks")

# How many rows a thread's write waits for at most, and how long. (Two syncs at once came to no more requests
# a second, and to a third more CPU.)
_MOST_AWAITED = 32
_DELAY_S = 0.001
# More than this in one write would make its first click wait for its last.
_MOST_ROWS = 1000
Write = Callable[[Sequence[bytes]], None]
Told = Callable[[bool], None]
Group = tuple[list[bytes], list[Told]]


class GroupCommit:
    """Each who brings a row is told when its own group is safe.

    The loop writes what a turn has brought at the turn's end, where `fits` says that it can be done at once.
    With `waiting` a write waits for the disk: the loop does it as long as the disk is quick, else a thread.
    """

    def __init__(self, write: Write, fits: Callable[[Sequence[bytes]], bool], *, waiting: bool) -> None:
        self._write = write
        self._fits = fits
        self._waiting = waiting
        self._pace = Pace(on_loop=not waiting)
        self._loop = asyncio.get_running_loop()
        self._rows: list[bytes] = []
        self._told: list[Told] = []
        self._scheduled = False
        self._busy = False
        self._timer: asyncio.TimerHandle | None = None
        self._enough = 1
        self._groups: queue.SimpleQueue[Group | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="click spool", daemon=True)
        self._thread.start()

    def add(self, row: bytes, told: Told) -> None:
        """`told` is called when the row is safe (True), or could not be written (False)."""
        self._rows.append(row)
        self._told.append(told)
        if not self._scheduled and not self._busy:
            self._consider()

    def _consider(self) -> None:
        """Write now, or wait a moment for more: a sync costs the same for one row and for fifty."""
        if self._pace.on_loop or len(self._rows) >= self._enough:
            self._scheduled = True
            # Not at once: what else this turn of the loop has read goes along.
            self._loop.call_soon(self._commit)
        elif self._timer is None:
            self._timer = self._loop.call_later(_DELAY_S, self._waited)

    def _waited(self) -> None:
        self._timer = None
        if not self._scheduled and not self._busy:
            self._commit()

    def _commit(self) -> None:
        self._scheduled = False
        rows = self._rows
        if not rows:
            return
        if self._pace.on_loop and len(rows) <= _MOST_ROWS and self._fits(rows):
            self._write_here()
        else:
            self._hand_over()

    def _write_here(self) -> None:
        rows, told = self._rows, self._told
        self._rows, self._told = [], []
        written, took = self._tried(rows)
        if self._waiting:
            self._pace = pacing.after(self._pace, took, time.monotonic())
        _tell(told, written)

    def _hand_over(self) -> None:
        rows, told = self._rows, self._told
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
            written, took = self._tried(rows)
            self._loop.call_soon_threadsafe(self._written, told, written, took)

    def _tried(self, rows: list[bytes]) -> tuple[bool, float]:
        began = time.perf_counter()
        try:
            self._write(rows)
        except Exception as error:
            # Whoever waits is told, whatever it was: a thread that ends would let all wait for ever.
            log.error("the spool takes nothing", error=type(error).__name__)
            return False, time.perf_counter() - began
        return True, time.perf_counter() - began

    def _written(self, told: list[Told], written: bool, took: float) -> None:
        self._busy = False
        if not self._pace.on_loop and written:
            self._pace = pacing.after(self._pace, took, time.monotonic())
        # The next group first: it is on its way to the disk while this one is answered.
        if self._rows:
            self._consider()
        _tell(told, written)

    def close(self) -> None:
        """End the thread after what it was given."""
        self._groups.put(None)
        self._thread.join()


def _tell(told: list[Told], written: bool) -> None:
    for each in told:
        try:
            each(written)
        except Exception as error:
            # One connection's trouble is not the next one's.
            log.error("an answer could not be given", exc_info=error)
