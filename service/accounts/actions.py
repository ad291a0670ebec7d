"""A workspace from nothing: for the command line, the demo and tests."""

import msgspec
from msgspec import Struct

from service.accounts import audit, store
from service.accounts.invitations.actions import invite
from service.accounts.keys.actions import create_key
from service.accounts.roles import SCOPES
from service.accounts.schemas import Email, Name
from service.kit import ids
from service.kit.db import Database


class NewWorkspace(Struct):
    """A workspace, a key with every scope, and where asked for the path at which its first owner accepts."""

    workspace_id: str
    api_key: str
    invitation_path: str | None = None


async def create_workspace(database: Database, name: str, owner_email: str | None = None) -> NewWorkspace:
    """Makes a workspace. The key and the path are shown this once; no mail is sent.

    Raises msgspec.ValidationError where the name or the address can't be one.
    """
    msgspec.convert([name, owner_email], tuple[Name, Email | None])
    workspace_id = ids.new()
    async with database.transaction(workspace_id) as db:
        await store.new_workspace(db, workspace_id, name)
        key = await create_key(db, workspace_id, "owner", "secret", SCOPES)
        invited = await invite(db, workspace_id, owner_email, "owner") if owner_email else None
        await audit.record_system(db, workspace_id, "workspace.created", ids.show("ws", workspace_id))
    return NewWorkspace(ids.show("ws", workspace_id), key.secret, invited.path if invited else None)
