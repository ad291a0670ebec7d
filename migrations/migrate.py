"""Brings a database to the newest schema: roles first, then the versions, one process at a time."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import asyncpg
from alembic import command
from alembic.config import Config
from sqlalchemy import Connection as SyncConnection
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

from migrations.closing import close_to_partners
from migrations.helpers import quoted
from service.settings import Settings, app_role, database_name, owner_dsn, role_password, search_role

# Any two constant integers: the advisory lock that migrations of one database share.
_LOCK = (0x656C, 0x6369)
# A migration waits this long for a lock that live traffic holds, then fails and can be run again.
_SETTINGS = {"lock_timeout": "10s", "statement_timeout": "0", "client_min_messages": "warning"}


class MissingRoles(RuntimeError):
    """The owner may not create roles; the message is the SQL that an administrator must run."""


async def migrate(settings: Settings, revision: str = "head") -> None:
    """Makes the roles where they are missing and runs what has not run. Safe to start twice at once."""
    dsn = owner_dsn(settings)
    async with _alone(dsn):
        await _make_roles(dsn, settings)
        await _upgrade(dsn, settings, revision)
        await _close(dsn, settings)
        await _show_version(dsn, settings)


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config


@asynccontextmanager
async def _alone(dsn: str) -> AsyncIterator[None]:
    # Waiting inside pg_advisory_lock() would hold a snapshot, for which CREATE INDEX CONCURRENTLY waits in
    # turn: a deadlock. So the lock is tried, and the waiting is done outside any statement.
    db = await asyncpg.connect(dsn)
    try:
        while not await db.fetchval("select pg_try_advisory_lock($1, $2)", *_LOCK):  # noqa: ASYNC110
            await asyncio.sleep(0.2)
        yield
    finally:
        await db.close()


async def _upgrade(dsn: str, settings: Settings, revision: str) -> None:
    async def creator() -> Any:
        return await asyncpg.connect(dsn, server_settings=_SETTINGS)

    engine = create_async_engine("postgresql+asyncpg://", async_creator=creator, poolclass=NullPool)
    try:
        async with engine.connect() as connection:
            await connection.run_sync(_run_versions, settings, revision)
    finally:
        await engine.dispose()


async def _close(dsn: str, settings: Settings) -> None:
    db = await asyncpg.connect(dsn, server_settings=_SETTINGS)
    try:
        await close_to_partners(db, app_role(settings))
    finally:
        await db.close()


async def _show_version(dsn: str, settings: Settings) -> None:
    db = await asyncpg.connect(dsn)
    try:
        await db.execute(f"grant select on alembic_version to {quoted(app_role(settings))}")
    finally:
        await db.close()


def _run_versions(connection: SyncConnection, settings: Settings, revision: str) -> None:
    config = _config()
    config.attributes.update(
        connection=connection, app_role=app_role(settings), search_role=search_role(settings)
    )
    command.upgrade(config, revision)


async def _make_roles(dsn: str, settings: Settings) -> None:
    db = await asyncpg.connect(dsn, server_settings=_SETTINGS)
    try:
        roles = {
            app_role(settings): settings.app_database_url,
            search_role(settings): settings.search_database_url,
        }
        made = [
            await _make_role(db, role, None if given else role_password(settings, role))
            for role, given in roles.items()
        ]
        if missing := [statement for statement in made if statement]:
            raise MissingRoles(
                "the owner of the database may not make roles; let an administrator run:\n\n"
                + "".join(f"{statement};\n" for statement in missing)
            )
        await _open_schema(db, list(roles), database_name(settings))
    finally:
        await db.close()


async def _make_role(db: "asyncpg.Connection[Any]", role: str, password: str | None) -> str | None:
    """Makes a role; the statement for an administrator where this one may not.

    A role that elci derives gets its derived password; one that the user gave must exist already.
    """
    exists = await db.fetchval("select true from pg_roles where rolname = $1", role)
    if exists and password is None:
        return None
    verb = "alter" if exists else "create"
    rights = (
        f"login nosuperuser nobypassrls password '{password}'"
        if password
        else "login nosuperuser nobypassrls"
    )
    statement = f"{verb} role {quoted(role)} {rights}"
    try:
        await db.execute(statement)
    except asyncpg.InsufficientPrivilegeError:
        return None if exists and await _can_log_in(db, role) else statement
    return None


async def _can_log_in(db: "asyncpg.Connection[Any]", role: str) -> bool:
    return bool(await db.fetchval("select rolcanlogin from pg_roles where rolname = $1", role))


async def _open_schema(db: "asyncpg.Connection[Any]", roles: list[str], database: str) -> None:
    # `entry` holds the functions that find what must be found before the workspace is known.
    await db.execute("create schema if not exists entry")
    for role in roles:
        await db.execute(f"grant connect on database {quoted(database)} to {quoted(role)}")
        await db.execute(f"grant usage on schema public to {quoted(role)}")
    await db.execute(f"grant usage on schema entry to {quoted(roles[0])}")
