"""The front's life: made when the process starts, ended in order when it stops."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime

from service.kit.db import Database
from service.kit.secrets import vault
from service.links import resolving, traffic
from service.links.clicks.store import count_counted
from service.links.front.asgi import Front
from service.links.front.cache import Destinations
from service.links.front.following import Follower
from service.links.front.kept import Kept
from service.links.front.listening import Clock, Listener
from service.links.front.sealed import SealedSalts
from service.links.front.surroundings import Surroundings
from service.links.recording.recorder import recording
from service.links.redirect import Destination
from service.links.sources.keeping import Sources, sources_of
from service.settings import Settings

_WRITE_EVERY_S = 0.5
# A process that starts while the database is down serves what it has on its disk after this.
_HEAR_WITHIN_S = 2.0


@asynccontextmanager
async def opened(front: Front, settings: Settings, database: Database) -> AsyncIterator[Follower]:
    """Answers links until the end of the block."""
    kept = Kept(settings.home / "links.sqlite")
    sealed = SealedSalts(settings.home / "salts.sealed", vault(settings, "salts"))
    sources, clock = sources_of(database), Clock(await asyncio.to_thread(kept.offset))
    sources.remember(await asyncio.to_thread(sealed.read))
    await asyncio.to_thread(traffic.warm)
    destinations = _destinations(database, kept)
    surroundings = Surroundings(settings, sources)
    listener = Listener(settings, destinations, clock, surroundings.refresh)
    async with recording(settings) as recorder:
        tasks = [
            asyncio.create_task(listener.run()),
            asyncio.create_task(sources.keep(database)),
            asyncio.create_task(_keep(kept, sealed, sources, clock)),
        ]
        try:
            await _ready(destinations, sources)
            front.follower = Follower(
                destinations, recorder, clock, sources, surroundings, settings.click_window_days
            )
            yield front.follower
        finally:
            front.follower = None
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            await asyncio.to_thread(kept.close)


def _destinations(database: Database, kept: Kept) -> Destinations:
    async def resolve(host: str, code: str) -> Destination | None:
        return await resolving.resolve(database, host or None, code)

    async def count(destination: Destination) -> int:
        workspace_id = destination.workspace_id
        async with database.transaction(workspace_id) as db:
            return await count_counted(db, workspace_id, destination.link_id, destination.cap or 0)

    return Destinations(resolve, count, kept)


async def _ready(destinations: Destinations, sources: Sources) -> None:
    # A salt of this process's own would make two visitors of one who meets another process too.
    for _ in range(int(_HEAR_WITHIN_S / 0.02)):
        if destinations.heard_until and sources.fetched_salts():
            return
        await asyncio.sleep(0.02)


async def _keep(kept: Kept, sealed: SealedSalts, sources: Sources, clock: Clock) -> None:
    """Bring to the disk what a process would need that starts without a database."""
    offset = clock.offset
    while True:
        await asyncio.sleep(_WRITE_EVERY_S)
        today = datetime.fromtimestamp(clock.milliseconds() / 1000, UTC).date()
        await asyncio.to_thread(kept.write)
        await asyncio.to_thread(sealed.write, sources.fetched_salts(), today)
        if abs(clock.offset - offset) > 0.05:
            offset = clock.offset
            await asyncio.to_thread(kept.put_offset, offset)
