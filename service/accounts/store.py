"""What is found before the workspace is known (the functions of the schema `entry`)."""

from datetime import datetime
from uuid import UUID

from msgspec import Struct

from service.kit.db import Connection, sql


class FoundKey(Struct):
    """A live key. `stale`: its last use was noted over a minute ago."""

    workspace_id: UUID
    id: UUID
    kind: str
    scopes: list[str]
    secret_hash: bytes
    stale: bool
    now: datetime
    partner_id: UUID | None


class FoundSession(Struct):
    """A live session with its member's present role, and the database's time."""

    workspace_id: UUID
    person_id: UUID
    role: str
    now: datetime


class Membership(Struct):
    """One of a person's workspaces."""

    workspace_id: UUID
    name: str
    role: str


class FoundInvitation(Struct):
    """Where an invitation lies."""

    workspace_id: UUID
    id: UUID


@sql("select workspace_id, id, kind, scopes, secret_hash, stale, now, partner_id from entry.find_key($1)")
async def find_key(db: Connection, prefix: str) -> FoundKey | None: ...


@sql("select entry.touch_key($1, $2)")
async def touch_key(db: Connection, workspace_id: UUID, key_id: UUID) -> None: ...


@sql("select workspace_id, person_id, role, now from entry.find_session($1)")
async def find_session(db: Connection, session_id: UUID) -> FoundSession | None: ...


@sql("select workspace_id, name, role from entry.memberships($1)")
async def memberships(db: Connection, person_id: UUID) -> list[Membership]: ...


@sql("select workspace_id, id from entry.find_invitation($1)")
async def find_invitation(db: Connection, token_hash: bytes) -> FoundInvitation | None: ...


@sql("select entry.new_workspace($1, $2)")
async def new_workspace(db: Connection, workspace_id: UUID, name: str) -> None: ...
