"""POST, GET, DELETE /v1/api-keys."""

from typing import Annotated
from uuid import UUID

from litestar import delete, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from service.accounts import audit
from service.accounts.callers import Caller, May
from service.accounts.keys import store
from service.accounts.keys.actions import create_key, show
from service.accounts.keys.schemas import CreatedKey, Key, NewKey
from service.accounts.problems import BadExpiry, MoreThanYours, UnknownKey
from service.accounts.roles import SCOPES
from service.kit import clock, ids, paging
from service.kit.db import Connection
from service.kit.paging import DEFAULT_LIMIT, BadCursor, Cursor, Limit, Page
from service.kit.problems import InvalidInput

Reader = Annotated[Caller, May("keys:read")]
Writer = Annotated[Caller, May("keys:write")]


@post("/v1/api-keys", tags=["accounts"], raises=[InvalidInput, BadExpiry, MoreThanYours])
async def create_api_key(
    caller: NamedDependency[Writer], db: NamedDependency[Connection], data: JSONBody[NewKey]
) -> CreatedKey:
    """Makes a key and shows its secret, this once. Nobody can give a scope that they lack."""
    scopes = _scopes(data, caller)
    caller.must_hold(scopes)
    if data.expires_at is not None and data.expires_at <= await clock.now(db):
        raise BadExpiry
    key = await create_key(db, caller.workspace_id, data.name, data.kind, scopes, data.expires_at)
    await audit.record(db, caller, "key.created", key.id, {"kind": key.kind, "scopes": key.scopes})
    return key


def _scopes(data: NewKey, caller: Caller) -> frozenset[str]:
    if data.kind == "secret":
        return SCOPES & caller.scopes if data.scopes is None else frozenset(data.scopes)
    if data.scopes is not None:
        message = "a publishable key has none to choose"
        raise InvalidInput(message, errors=[{"path": "scopes", "message": message}])
    return frozenset()


@get("/v1/api-keys", tags=["accounts"], raises=[BadCursor])
async def list_api_keys(
    caller: NamedDependency[Reader],
    db: NamedDependency[Connection],
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
) -> Page[Key]:
    """The workspace's keys, the newest first, with the revoked ones."""
    rows = await store.list_keys(db, caller.workspace_id, paging.decode(cursor, UUID), limit + 1)
    return paging.page(rows, limit, lambda row: row.id, show)


@get("/v1/api-keys/{key_id:str}", tags=["accounts"], raises=[UnknownKey])
async def get_api_key(
    caller: NamedDependency[Reader], db: NamedDependency[Connection], key_id: FromPath[str]
) -> Key:
    """A key, without its secret."""
    return show(await store.get_key(db, caller.workspace_id, ids.read("key", key_id)))


@delete("/v1/api-keys/{key_id:str}", tags=["accounts"], raises=[UnknownKey])
async def revoke_api_key(
    caller: NamedDependency[Writer], db: NamedDependency[Connection], key_id: FromPath[str]
) -> None:
    """Ends a key, for good and within a second. A second time changes nothing."""
    row = await store.revoke_key(db, caller.workspace_id, ids.read("key", key_id))
    await audit.record(db, caller, "key.revoked", ids.show("key", row.id))


ROUTES = [create_api_key, list_api_keys, get_api_key, revoke_api_key]
