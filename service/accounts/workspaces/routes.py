"""GET /v1/me; GET, PATCH /v1/workspace."""

from typing import Annotated

import msgspec
from litestar import Response, get, patch
from litestar.di import NamedDependency
from litestar.params import JSONBody

from service.accounts import audit
from service.accounts import store as entry
from service.accounts.callers import Caller, May
from service.accounts.keys import store as keys
from service.accounts.members import store as members
from service.accounts.workspaces import checks, store
from service.accounts.workspaces.schemas import (
    KeyView,
    Me,
    PersonView,
    Workspace,
    WorkspacePatch,
    WorkspaceRow,
    WorkspaceView,
)
from service.kit import etag, ids
from service.kit.db import Connection
from service.kit.etag import IfMatch
from service.kit.problems import InvalidInput, PreconditionFailed

Anyone = Annotated[Caller, May("self")]
Reader = Annotated[Caller, May("workspace:read")]
Writer = Annotated[Caller, May("workspace:write")]


@get("/v1/me", tags=["accounts"])
async def get_me(caller: NamedDependency[Anyone], db: NamedDependency[Connection]) -> Me:
    """Who calls, in which workspace, with which scopes; for a person, every workspace of theirs."""
    row = await store.get_workspace(db, caller.workspace_id)
    here = WorkspaceView(ids.show("ws", row.id), row.name, caller.role)
    scopes = sorted(caller.scopes - {"self"})
    if caller.kind == "key":
        key = await keys.get_key(db, caller.workspace_id, caller.id)
        return Me(here, scopes, key=KeyView(ids.show("key", key.id), key.name, key.prefix))
    member = await members.get_member(db, caller.workspace_id, caller.id)
    person = PersonView(ids.show("usr", member.person_id), member.name, member.email)
    own = [
        WorkspaceView(ids.show("ws", one.workspace_id), one.name, one.role)
        for one in await entry.memberships(db, caller.id)
    ]
    return Me(here, scopes, person=person, workspaces=own)


@get("/v1/workspace", tags=["accounts"])
async def get_workspace(
    caller: NamedDependency[Reader], db: NamedDependency[Connection]
) -> Response[Workspace]:
    """The workspace and its settings."""
    return _answer(await store.get_workspace(db, caller.workspace_id))


@patch("/v1/workspace", tags=["accounts"], raises=[InvalidInput, PreconditionFailed])
async def change_workspace(
    caller: NamedDependency[Writer],
    db: NamedDependency[Connection],
    data: JSONBody[WorkspacePatch],
    if_match: IfMatch = None,
) -> Response[Workspace]:
    """Changes settings; what is left out stays. With If-Match, only what the client has seen is changed."""
    faults = checks.faults(data)
    if faults:
        raise InvalidInput("settings that can't be", errors=faults)
    row = await store.lock_workspace(db, caller.workspace_id)
    etag.match(if_match, row.version)
    changes = checks.normal(data)
    if changes:
        row = await _save(db, msgspec.structs.replace(row, **changes))
        await audit.record(
            db, caller, "workspace.changed", ids.show("ws", row.id), {"fields": sorted(changes)}
        )
    return _answer(row)


async def _save(db: Connection, row: WorkspaceRow) -> WorkspaceRow:
    return await store.save_workspace(
        db,
        row.id,
        row.name,
        row.currency,
        row.timezone,
        row.locale,
        row.cors_origins,
        row.link_hosts,
        row.destination_hosts,
        row.tiers,
        row.reach_rates,
        row.test_share,
    )


def _answer(row: WorkspaceRow) -> Response[Workspace]:
    shown = msgspec.structs.asdict(row)
    version = shown.pop("version")
    return Response(Workspace(**{**shown, "id": ids.show("ws", row.id)}), headers={"ETag": etag.of(version)})


ROUTES = [get_me, get_workspace, change_workspace]
