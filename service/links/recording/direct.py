"""Clicks that the disk does not take: into the database before the answer, many at once."""

import asyncio
import time
from collections.abc import Callable
from pathlib import Path

import structlog

from service.links.recording import layout
from service.links.recording.counts import DIRECT
from service.links.recording.flusher import lose, store
from service.links.recording.loading import Loader

log = structlog.get_logger("elci.clicks")

# A visitor waits no longer than this for a click to be kept.
PATIENCE_S = 1.0
_MOST_ROWS = 1000


class Direct:
    """Rows that wait for a place; one group is stored while the next one gathers."""

    def __init__(self, loader: Loader, aside: Path) -> None:
        self._loader = loader
        self._aside = aside
        self._rows: list[tuple[bytes, Callable[[], None]]] = []
        self._task: asyncio.Task[None] | None = None

    def add(self, row: bytes, done: Callable[[], None]) -> None:
        """`done` is called once the row is stored, or counted as lost."""
        self._rows.append((row, done))
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._run())

    async def _run(self) -> None:
        while self._rows:
            group, self._rows = self._rows[:_MOST_ROWS], self._rows[_MOST_ROWS:]
            if await self._stored(b"".join(row for row, _ in group)):
                DIRECT.inc(len(group))
            else:
                lose(len(group))
            for _, done in group:
                done()

    async def _stored(self, data: bytes) -> bool:
        deadline = time.monotonic() + PATIENCE_S
        while True:
            try:
                async with asyncio.timeout(PATIENCE_S):
                    await store(self._loader, layout.COLUMNS, data, self._aside)
            except Exception as error:
                # Whatever it is: it must not keep the visitor.
                if time.monotonic() > deadline:
                    log.error("neither disk nor database", error=type(error).__name__)
                    return False
                await asyncio.sleep(0.1)
            else:
                return True

    async def settled(self) -> None:
        """Returns once nobody waits."""
        if self._task is not None:
            await self._task
