"""A key for as long as a command runs: whoever may read the settings may do everything anyway."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from uuid import UUID

import asyncpg

from service.accounts import audit
from service.accounts.keys import store
from service.accounts.keys.actions import create_key
from service.accounts.workspaces.store import list_workspaces
from service.kit import db as kit_db
from service.kit import ids
from service.kit.db import Connection
from service.settings import Settings, owner_dsn


class NoWorkspace(ValueError):
    """Which workspace is meant can't be said; the message is for people."""


@asynccontextmanager
async def passing_key(
    settings: Settings, workspace: str | None, name: str, scopes: frozenset[str]
) -> AsyncIterator[str]:
    """The secret of a new key, which is revoked at the end of the block.

    `workspace` may be left out where there is one. Raises NoWorkspace.
    """
    db: Connection = await asyncpg.connect(owner_dsn(settings))
    try:
        await kit_db.set_codecs(db)
        workspace_id = await _workspace(db, workspace)
        key = await create_key(db, workspace_id, name, "secret", scopes)
        await audit.record_system(db, workspace_id, "key.created", key.id, {"name": name})
        try:
            yield key.secret
        finally:
            await store.revoke_key(db, workspace_id, ids.read("key", key.id))
    finally:
        await db.close()


async def _workspace(db: Connection, wanted: str | None) -> UUID:
    known = {ids.show("ws", each.id): each for each in await list_workspaces(db)}
    if wanted is not None:
        if wanted not in known:
            raise NoWorkspace(f"there is no workspace {wanted}")
        return known[wanted].id
    if not known:
        raise NoWorkspace("there is no workspace yet: make one with `elci workspace create NAME`")
    if len(known) > 1:
        names = ", ".join(f"{shown} ({each.name})" for shown, each in known.items())
        raise NoWorkspace(f"say which workspace by --workspace: {names}")
    return next(iter(known.values())).id
