"""The front's life: made when the process starts, in order when it stops."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from service.kit.db import Database
from service.kit.secrets import vault
from service.links import traffic
from service.links.front.asgi import Front
from service.links.front.cache import Destinations
from service.links.front.following import Follower
from service.links.front.kept import Kept
from service.links.front.listening import Clock, Listener
from service.links.front.salting import Salts
from service.links.front.salts_now import fetch_salts
from service.links.front.surroundings import Surroundings
from service.links.recording.recorder import recording
from service.settings import Settings

_WRITE_EVERY_S = 0.5
_HEAR_WITHIN_S = 3.0


@asynccontextmanager
async def opened(front: Front, settings: Settings, database: Database) -> AsyncIterator[Follower]:
    """Answers links until the end of the block."""
    kept = Kept(settings.home / "links.sqlite")
    clock = Clock(await asyncio.to_thread(kept.offset))
    await asyncio.to_thread(traffic.warm)
    salts = Salts(settings.home / "salts", vault(settings, "salts"), fetch_salts)
    destinations = Destinations(_resolver(database), _counter(database), kept)
    surroundings = Surroundings(settings, salts, clock)
    listener = Listener(settings, destinations, clock, surroundings.refresh)
    async with recording(settings) as recorder:
        tasks = [
            asyncio.create_task(listener.run()),
            asyncio.create_task(_housekeeping(kept, clock, salts)),
        ]
        try:
            await _heard(destinations, tasks[0])
            front.follower = Follower(settings, destinations, recorder, clock, surroundings)
            yield front.follower
        finally:
            front.follower = None
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            await asyncio.to_thread(kept.close)
