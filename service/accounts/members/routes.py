"""GET, PATCH, DELETE /v1/members."""

from typing import Annotated
from uuid import UUID

from litestar import delete, get, patch
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from service.accounts import audit
from service.accounts.callers import Caller, May
from service.accounts.members import store
from service.accounts.members.schemas import Member, MemberPatch, MemberRow
from service.accounts.problems import LastOwner, MoreThanYours, UnknownMember
from service.accounts.roles import ROLES
from service.kit import ids, paging
from service.kit.db import Connection
from service.kit.paging import DEFAULT_LIMIT, BadCursor, Cursor, Limit, Page

Reader = Annotated[Caller, May("members:read")]
Writer = Annotated[Caller, May("members:write")]


@get("/v1/members", tags=["accounts"], raises=[BadCursor])
async def list_members(
    caller: NamedDependency[Reader],
    db: NamedDependency[Connection],
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
) -> Page[Member]:
    """The workspace's members."""
    rows = await store.list_members(db, caller.workspace_id, paging.decode(cursor, UUID), limit + 1)
    return paging.page(rows, limit, lambda row: row.person_id, show)


@get("/v1/members/{member_id:str}", tags=["accounts"], raises=[UnknownMember])
async def get_member(
    caller: NamedDependency[Reader], db: NamedDependency[Connection], member_id: FromPath[str]
) -> Member:
    """A member."""
    return show(await store.get_member(db, caller.workspace_id, ids.read("usr", member_id)))


@patch("/v1/members/{member_id:str}", tags=["accounts"], raises=[UnknownMember, LastOwner, MoreThanYours])
async def change_member(
    caller: NamedDependency[Writer],
    db: NamedDependency[Connection],
    member_id: FromPath[str],
    data: JSONBody[MemberPatch],
) -> Member:
    """Gives a member another role, from the next request on. One owner has to stay."""
    person_id = ids.read("usr", member_id)
    owners = await store.lock_owners(db, caller.workspace_id)
    member = await store.get_member(db, caller.workspace_id, person_id)
    caller.must_hold(ROLES[data.role] | ROLES[member.role])
    if data.role != "owner":
        _refuse_last(owners, person_id)
    await store.set_role(db, caller.workspace_id, person_id, data.role)
    await audit.record(db, caller, "member.changed", member_id, {"from": member.role, "to": data.role})
    return show(await store.get_member(db, caller.workspace_id, person_id))


@delete("/v1/members/{member_id:str}", tags=["accounts"], raises=[UnknownMember, LastOwner, MoreThanYours])
async def remove_member(
    caller: NamedDependency[Writer], db: NamedDependency[Connection], member_id: FromPath[str]
) -> None:
    """Takes a person out of the workspace; their sessions here end at once. One owner has to stay."""
    person_id = ids.read("usr", member_id)
    owners = await store.lock_owners(db, caller.workspace_id)
    member = await store.get_member(db, caller.workspace_id, person_id)
    caller.must_hold(ROLES[member.role])
    _refuse_last(owners, person_id)
    await store.remove_member(db, caller.workspace_id, person_id)
    await audit.record(db, caller, "member.removed", member_id, {"role": member.role})


def _refuse_last(owners: list[UUID], person_id: UUID) -> None:
    if owners == [person_id]:
        raise LastOwner("make somebody else an owner first")


def show(row: MemberRow) -> Member:
    """A member as the API shows it."""
    return Member(ids.show("usr", row.person_id), row.name, row.email, row.role, row.created_at)


ROUTES = [list_members, get_member, change_member, remove_member]
