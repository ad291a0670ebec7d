"""Over one connection: which links change, what the database's clock says, and whether it is there at all."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import Any

import asyncpg
import structlog

from service.kit import ids
from service.kit.db import Connection
from service.links.front.cache import Destinations
from service.links.resolving import CHANNEL, EVERYTHING
from service.settings import Settings, app_dsn

log = structlog.get_logger("elci.links")

BEAT_S = 0.4
# A change is seen within a second by all: the beat that fails is noticed within this.
HEARD_S = 0.9
_PATIENCE_S = 0.8
_AGAIN_S = 0.3


class Clock:
    """Now, as the database has it: this host's clock, plus the lead that was measured last."""

    def __init__(self, offset: float) -> None:
        self.offset = offset

    def milliseconds(self) -> int:
        """Since 1970."""
        return int((time.time() + self.offset) * 1000)


class Listener:
    """Keeps `destinations` and `clock` true. `often` is called about every half minute, with a connection."""

    def __init__(
        self,
        settings: Settings,
        destinations: Destinations,
        clock: Clock,
        often: Callable[[Connection], Awaitable[None]],
    ) -> None:
        self._settings = settings
        self._destinations = destinations
        self._clock = clock
        self._often = often
        self._often_at = 0.0

    async def run(self) -> None:
        """Listen for ever."""
        while True:
            try:
                await self._listen()
            except (OSError, TimeoutError, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
                log.info("not listening for changes of links", error=type(error).__name__)
            except Exception as error:
                log.error("the listener stumbled", exc_info=error)
            await asyncio.sleep(_AGAIN_S)

    async def _listen(self) -> None:
        db = await asyncpg.connect(app_dsn(self._settings), timeout=2, command_timeout=_PATIENCE_S)
        try:
            await db.add_listener(CHANNEL, self._told)
            delivered = await _delivers(db)
            if not delivered:
                log.warning("the database's URL leads to a pooler that passes no NOTIFY on")
            # What has changed before nobody knows.
            self._destinations.all_changed()
            self._often_at = 0.0
            while True:
                await self._beat(db, delivered)
                await asyncio.sleep(BEAT_S)
        finally:
            db.terminate()

    async def _beat(self, db: Connection, delivered: bool) -> None:
        before = time.time()
        there = await db.fetchval("select extract(epoch from elci_now())::float8")
        after = time.time()
        if after - before < 0.2:
            self._clock.offset = there - (before + after) / 2
        if delivered:
            self._destinations.heard(HEARD_S)
        if time.monotonic() >= self._often_at:
            self._often_at = time.monotonic() + 30
            await self._often(db)

    def _told(self, db: Any, pid: int, channel: str, payload: object) -> None:
        if payload == EVERYTHING:
            self._destinations.all_changed()
            self._often_at = 0.0
        else:
            self._destinations.changed(str(payload))


async def _delivers(db: Connection) -> bool:
    """Whether what is told on a channel arrives: behind a pooler it does not, without any error."""
    arrived = asyncio.Event()
    channel = ids.show("ear", ids.new())
    await db.add_listener(channel, lambda *_: arrived.set())
    await db.execute("select pg_notify($1, '')", channel)
    try:
        async with asyncio.timeout(_PATIENCE_S):
            await arrived.wait()
    except TimeoutError:
        return False
    await db.execute(f'unlisten "{channel}"')
    return True
