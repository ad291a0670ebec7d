"""A database of a benchmark's own, on the server that is there, dropped at the end."""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from urllib.parse import urlsplit, urlunsplit

import asyncpg
import msgspec

from migrations.helpers import quoted
from migrations.migrate import migrate
from service.settings import Settings, app_role, owner_dsn, search_role


@asynccontextmanager
async def scratch(settings: Settings, name: str) -> AsyncIterator[Settings]:
    """Settings of a new, migrated database."""
    database = f"elci_bench_{name}_{os.getpid()}"
    # The roles are derived anew: those that the settings name may belong to a service that runs.
    made = msgspec.structs.replace(
        settings,
        database_url=_named(owner_dsn(settings), database),
        app_database_url=None,
        search_database_url=None,
    )
    await _run(settings, f"create database {quoted(database)}")
    try:
        await migrate(made)
        yield made
    finally:
        await _drop(settings, database)
        for role in (app_role(made), search_role(made)):
            await _run(settings, f"drop role if exists {quoted(role)}")


async def _drop(settings: Settings, database: str) -> None:
    try:
        await _run(settings, f"drop database {quoted(database)} with (force)")
    except asyncpg.InsufficientPrivilegeError:
        # Autovacuum is at work in it, as the superuser: without force the server itself ends that.
        await _run(settings, f"drop database {quoted(database)}")


async def _run(settings: Settings, statement: str) -> None:
    db = await asyncpg.connect(owner_dsn(settings))
    try:
        await db.execute(statement)
    finally:
        await db.close()


def _named(dsn: str, database: str) -> str:
    parts = urlsplit(dsn)
    return urlunsplit(parts._replace(path=f"/{database}"))
