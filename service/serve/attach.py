"""Where the other verbs work: on the server that runs on this home, else on one for their own duration."""

import asyncio
import os
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager

import msgspec

from service.kit.presence import Presence, TakenError, claim, find, publish
from service.serve.tree import ServeError, answers, database, serving
from service.settings import Settings, owner_dsn

# How long one verb waits for another that has the database for its own duration.
PATIENCE_S = 120.0


class Attached(msgspec.Struct, frozen=True):
    """Settings with a database in them; `url` where an API answers; `ours` if it ends with us."""

    settings: Settings
    url: str | None
    ours: bool


@asynccontextmanager
async def attached(
    settings: Settings, env: Mapping[str, str], *, api: bool = False, announce: bool = False
) -> AsyncIterator[Attached]:
    """A migrated database, and with `api` a server, until the end of the block.

    `announce` lets other verbs attach to a database that this one starts: for those that run for long.
    """
    async with AsyncExitStack() as stack:
        yield await _attach(stack, settings, env, api, announce)


async def _attach(
    stack: AsyncExitStack, settings: Settings, env: Mapping[str, str], api: bool, announce: bool
) -> Attached:
    if settings.database_url is not None and not api:
        return Attached(await stack.enter_async_context(database(settings)), url=None, ours=True)
    deadline = time.monotonic() + PATIENCE_S
    while True:
        found = await _found(settings, api)
        if found is not None:
            return found
        try:
            return await _start(stack, settings, env, api, announce)
        except TakenError as error:
            if time.monotonic() > deadline:
                raise ServeError(f"{error}, which does not answer") from error
        await asyncio.sleep(0.2)


async def _found(settings: Settings, api: bool) -> Attached | None:
    presence = find(settings.home)
    if presence is None or (presence.url and not await asyncio.to_thread(answers, presence.url)):
        return None
    if settings.database_url not in (None, presence.database_url):
        raise ServeError(f"the server of {settings.home} works on another database: set ELCI_HOME")
    if api and presence.url is None:
        raise ServeError(
            f"process {presence.pid} has the database without a server: end it, or start `elci serve`"
        )
    ready = msgspec.structs.replace(settings, database_url=presence.database_url)
    return Attached(ready, url=presence.url, ours=False)


async def _start(
    stack: AsyncExitStack, settings: Settings, env: Mapping[str, str], api: bool, announce: bool
) -> Attached:
    if api:
        presence = await stack.enter_async_context(serving(settings, env))
        ready = msgspec.structs.replace(settings, database_url=presence.database_url)
        return Attached(ready, url=presence.url, ours=True)
    stack.enter_context(claim(settings.home))
    ready = await stack.enter_async_context(database(settings))
    if announce:
        publish(settings.home, Presence(pid=os.getpid(), url=None, database_url=owner_dsn(ready)))
    return Attached(ready, url=None, ours=True)
