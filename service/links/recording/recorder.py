"""Recording of clicks in one process, at the level that ELCI_CLICK_DURABILITY names."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import structlog

from service.links.recording.counts import Tally
from service.links.recording.direct import Direct
from service.links.recording.flusher import MOST_IN_MEMORY, Flusher, lose
from service.links.recording.groups import GroupCommit
from service.links.recording.loading import Loader
from service.links.recording.spool import SYNC_WITHIN_S, Spool
from service.settings import ClickDurability, Settings, app_dsn

log = structlog.get_logger("elci.clicks")

# With the 15 s of open requests and the worker's own end this stays below the 30 s of a stop.
DRAIN_S = 5.0
_SETTLE_S = 0.25


class Recorder:
    """Keeps rows (`layout.row`); who brings one is told when it is as safe as the level promises."""

    def __init__(self, level: ClickDurability, spool: Spool, flusher: Flusher, direct: Direct) -> None:
        self.tally = Tally()
        self._spool = spool
        self._flusher = flusher
        self._direct = direct
        self._in_memory = level == "memory"
        self._unsynced = level == "os"
        self._commit = GroupCommit(spool.write, spool.has_room, waiting=level == "disk")
        self._syncing: asyncio.Task[None] | None = None

    def record(self, row: bytes, done: Callable[[], None]) -> None:
        """Keep a row, then call `done`: at once, or soon.

        Never fails for want of a place: then the click is counted as lost.
        """
        self.tally.answered += 1
        if self._in_memory:
            if len(self._flusher.memory) < MOST_IN_MEMORY:
                self._flusher.memory.append(row)
            else:
                lose(1)
            done()
        else:
            self._commit.add(row, lambda written: self._kept(written, row, done))

    def _kept(self, written: bool, row: bytes, done: Callable[[], None]) -> None:
        if not written:
            self._direct.add(row, done)
            return
        self.tally.spooled += 1
        if self._unsynced and (self._syncing is None or self._syncing.done()):
            self._syncing = asyncio.create_task(self._sync())
        done()

    async def recorded(self, row: bytes) -> None:
        """Keep a row; returns when that is done."""
        kept: asyncio.Future[None] = asyncio.get_running_loop().create_future()

        def done() -> None:
            # Whoever waited may be gone.
            if not kept.done():
                kept.set_result(None)

        self.record(row, done)
        await kept

    async def _sync(self) -> None:
        await asyncio.sleep(SYNC_WITHIN_S)
        try:
            await asyncio.to_thread(self._spool.sync)
        except OSError as error:
            log.error("the spool could not be synced", error=type(error).__name__)
            self._spool.seal()

    async def settle(self) -> None:
        """Bring the counts into the metrics, for ever."""
        while True:
            await asyncio.sleep(_SETTLE_S)
            self.tally.settle()

    async def close(self) -> None:
        """Store what there is; what the database does not take now stays in the spool, also from memory."""
        await self._direct.settled()
        self._commit.close()
        if not await self._flusher.drain(DRAIN_S):
            self._leave()
        self._spool.close()
        self.tally.settle()

    def _leave(self) -> None:
        rows = list(self._flusher.memory)
        try:
            if rows:
                self._spool.write(rows)
            log.warning("clicks stay in the spool until the next start", files=len(self._spool.open))
        except OSError:
            lose(len(rows))


@asynccontextmanager
async def recording(settings: Settings) -> AsyncIterator[Recorder]:
    """A recorder with its flusher until the end of the block."""
    spool = Spool(settings.home / "spool", sync=settings.click_durability == "disk")
    stored, before = Loader(app_dsn(settings)), Loader(app_dsn(settings))
    flusher = Flusher(stored, spool)
    recorder = Recorder(settings.click_durability, spool, flusher, Direct(before, spool.folder))
    tasks = [asyncio.create_task(flusher.run()), asyncio.create_task(recorder.settle())]
    try:
        yield recorder
    finally:
        for task in tasks:
            task.cancel()
        # A batch in the middle is stored again: whether it was committed is not known.
        await asyncio.gather(*tasks, return_exceptions=True)
        await recorder.close()
        with contextlib.suppress(OSError):
            await stored.close()
            await before.close()
