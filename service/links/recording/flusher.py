"""What takes clicks from spool and memory into the database, for as long as the process lives."""

import asyncio
import itertools
import time
from collections import deque
from collections.abc import Sequence
from pathlib import Path

import asyncpg
import structlog

from service.kit.away import AWAY
from service.links.recording import frames, layout
from service.links.recording.counts import FLUSH_ERRORS, LOST, REJECTED, STORED
from service.links.recording.loading import POISON, Loader
from service.links.recording.segments import Segment
from service.links.recording.spool import Spool

log = structlog.get_logger("elci.clicks")

PAUSE_S = 0.1
ADOPT_EVERY_S = 2.0
LONGEST_WAIT_S = 2.0
BATCH_BYTES = 1024 * 1024
BATCH_ROWS = 4000
# About 40 MB: what waits in memory at the level `memory` while the database is away.
MOST_IN_MEMORY = 100_000
# What refuses rows is kept to be looked at, as long as there is little of it.
MOST_ASIDE = 64 * 1024 * 1024
_NOT_NOW = (*AWAY, OSError, TimeoutError, asyncpg.PostgresError)


class Flusher:
    """Stores what the process has recorded, and what dead ones have left."""

    def __init__(self, loader: Loader, spool: Spool) -> None:
        self.memory: deque[bytes] = deque()
        self._loader = loader
        self._spool = spool
        self._waits: dict[Segment, float] = {}
        self._wait = 0.0
        self._adopt_at = 0.0

    async def run(self) -> None:
        """Store for ever; what goes wrong is said, and tried again."""
        while True:
            try:
                more = await self.step()
            except Exception as error:
                FLUSH_ERRORS.inc()
                log.error("the flusher stumbled", exc_info=error)
                more, self._wait = False, LONGEST_WAIT_S
            await asyncio.sleep(self._wait or (0 if more else PAUSE_S))

    async def drain(self, patience_s: float) -> bool:
        """Store all that there is, for a while; whether that came to its end."""
        deadline = time.monotonic() + patience_s
        self._spool.seal()
        self._adopt_at = 0.0
        while time.monotonic() < deadline:
            await self.step()
            if not self.memory and not self._spool.open and not await asyncio.to_thread(self._spool.adopt):
                return True
            await asyncio.sleep(self._wait)
        return False

    async def step(self) -> bool:
        """One batch of each file and of the memory; whether there is more at once."""
        if time.monotonic() >= self._adopt_at:
            self._adopt_at = time.monotonic() + ADOPT_EVERY_S
            if found := await asyncio.to_thread(self._spool.adopt):
                log.info("took up what another process had recorded", files=found)
        more = False
        try:
            more = await self._remember()
            for segment in list(self._spool.open):
                more |= await self._advance(segment)
            self._wait = 0.0
        except _NOT_NOW as error:
            if not self._wait:
                log.warning("clicks wait for the database", error=type(error).__name__)
            FLUSH_ERRORS.inc()
            self._spool.let_go()
            self._wait = min(max(self._wait * 2, PAUSE_S), LONGEST_WAIT_S)
        return more

    async def _remember(self) -> bool:
        """Of the rows in memory the oldest."""
        batch = list(itertools.islice(self.memory, BATCH_ROWS))
        if not batch:
            return False
        await store(self._loader, layout.COLUMNS, b"".join(batch), self._spool.folder)
        for _ in batch:
            self.memory.popleft()
        return bool(self.memory)

    async def _advance(self, segment: Segment) -> bool:
        """The next frames of a file; whether it has more."""
        if segment.is_done:
            self._finish(segment)
            return False
        if time.monotonic() < self._waits.get(segment, 0.0):
            return False
        found = segment.read(BATCH_BYTES)
        if not found:
            self._end_torn(segment)
            return False
        data = b"".join(each.data for each in found)
        try:
            await store(self._loader, segment.columns, data, self._spool.folder)
        except asyncpg.SyntaxOrAccessError:
            # A file of another version, which this database has no place for yet: the others go on.
            self._waits[segment] = time.monotonic() + 30
            raise
        segment.loaded = found[-1].end
        if segment.is_done:
            self._finish(segment)
            return False
        return segment.loaded < segment.end

    def _end_torn(self, segment: Segment) -> None:
        # What a dead process has left ends where its last whole write does.
        if segment.sealed:
            self._finish(segment)

    def _finish(self, segment: Segment) -> None:
        self._waits.pop(segment, None)
        self._spool.remove(segment)


async def store(loader: Loader, columns: Sequence[str], data: bytes, aside: Path) -> None:
    """Store rows; those that the database refuses are set aside in `aside`, one by one, and the rest goes in.

    Raises what says "not now": nothing is known then of rows that were not stored before.
    """
    try:
        STORED.inc(await loader.store(columns, data))
    except POISON as error:
        parts = _parts(data)
        if len(parts) > 1:
            middle = len(parts) // 2
            await store(loader, columns, b"".join(parts[:middle]), aside)
            await store(loader, columns, b"".join(parts[middle:]), aside)
            return
        REJECTED.inc()
        log.error("a click was refused and set aside", error=type(error).__name__)
        await asyncio.to_thread(_set_aside, aside / "rejected", columns, data)


def _parts(data: bytes) -> list[bytes]:
    try:
        return list(layout.rows(data))
    except ValueError:
        return [data]


def _set_aside(path: Path, columns: Sequence[str], data: bytes) -> None:
    # One file a set of columns would be tidier, and is not worth a name: each entry has a head of its own.
    try:
        with path.open("ab") as out:
            if out.tell() < MOST_ASIDE:
                out.write(frames.head(columns) + frames.frame(data, 1))
    except OSError as error:
        log.error("a refused click could not be set aside", error=type(error).__name__)


def lose(number: int) -> None:
    """Count clicks that nothing has taken."""
    LOST.inc(number)
    log.error("clicks were lost", number=number)
