"""POST, GET, DELETE /v1/invitations; GET, POST /v1/invitations/{token}/accept."""

from typing import Annotated, Any
from uuid import UUID

import msgspec
from litestar import Request, delete, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from service.accounts import audit, guesses
from service.accounts.callers import Caller, May
from service.accounts.invitations import actions, store
from service.accounts.invitations.schemas import (
    Acceptance,
    Invitation,
    InvitationRow,
    InvitationView,
    NewInvitation,
)
from service.accounts.people import store as people
from service.accounts.problems import (
    AlreadyMember,
    InvitationEnded,
    InvitationExists,
    MoreThanYours,
    PersonExists,
    UnknownInvitation,
    WrongLogin,
)
from service.accounts.roles import ROLES
from service.accounts.schemas import Tokens, email_key
from service.accounts.workspaces import store as workspaces
from service.kit import ids, mail, paging
from service.kit.db import Connection
from service.kit.paging import DEFAULT_LIMIT, BadCursor, Cursor, Limit, Page
from service.kit.problems import InvalidInput, TooManyRequests
from service.settings import public_url

Reader = Annotated[Caller, May("members:read")]
Writer = Annotated[Caller, May("members:write")]
AnyRequest = Request[Any, Any, Any]

MAIL = mail.Words(
    tr=(
        "{workspace} sizi elci'ye davet ediyor",
        "Merhaba,\n\n{workspace} çalışma alanına davet edildiniz. Daveti yedi gün içinde buradan kabul "
        "edebilirsiniz:\n\n{link}\n",
    ),
    en=(
        "{workspace} invites you to elci",
        "Hello,\n\nyou are invited to the workspace {workspace}. You can accept within seven days "
        "here:\n\n{link}\n",
    ),
)


@post("/v1/invitations", tags=["accounts"], raises=[AlreadyMember, InvitationExists, MoreThanYours])
async def create_invitation(
    caller: NamedDependency[Writer],
    db: NamedDependency[Connection],
    request: AnyRequest,
    data: JSONBody[NewInvitation],
) -> Invitation:
    """Invites a person by mail, for seven days; an open invitation to the same address is replaced."""
    caller.must_hold(ROLES[data.role])
    if await store.is_member(db, caller.workspace_id, email_key(data.email)):
        raise AlreadyMember
    invited = await actions.invite(db, caller.workspace_id, data.email, data.role)
    workspace = await workspaces.get_workspace(db, caller.workspace_id)
    link = public_url(request.app.state.settings) + invited.path
    words = mail.compose(data.email, MAIL, workspace.locale, workspace=workspace.name, link=link)
    await mail.send(db, caller.workspace_id, words)
    shown = show(invited.row)
    await audit.record(db, caller, "invitation.created", shown.id, {"role": shown.role})
    return shown


@get("/v1/invitations", tags=["accounts"], raises=[BadCursor])
async def list_invitations(
    caller: NamedDependency[Reader],
    db: NamedDependency[Connection],
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
) -> Page[Invitation]:
    """Invitations, the newest first."""
    rows = await store.list_invitations(db, caller.workspace_id, paging.decode(cursor, UUID), limit + 1)
    return paging.page(rows, limit, lambda row: row.id, show)


@delete("/v1/invitations/{invitation_id:str}", tags=["accounts"], raises=[UnknownInvitation, InvitationEnded])
async def revoke_invitation(
    caller: NamedDependency[Writer], db: NamedDependency[Connection], invitation_id: FromPath[str]
) -> None:
    """Takes an invitation back; an accepted one stays what it is."""
    row = await store.get_invitation(db, caller.workspace_id, ids.read("inv", invitation_id))
    if row.status == "accepted":
        raise InvitationEnded("it is accepted: remove the member instead")
    if await store.revoke_invitation(db, caller.workspace_id, row.id) is not None:
        await audit.record(db, caller, "invitation.revoked", invitation_id)


@get(
    "/v1/invitations/{token:str}/accept",
    tags=["accounts"],
    security=[{}],
    raises=[UnknownInvitation, TooManyRequests],
)
async def get_invitation(request: AnyRequest, token: FromPath[str]) -> InvitationView:
    """What the link in the mail invites to."""
    await guesses.count(request, guesses.TOKEN)
    database = request.app.state.database
    place = await actions.found(database, token)
    async with database.transaction(place.workspace_id) as db:
        row = await store.get_invitation(db, place.workspace_id, place.id)
        name = (await workspaces.get_workspace(db, place.workspace_id)).name
        known = await people.find_person(db, email_key(row.email)) is not None
    return InvitationView(name, row.email, row.role, row.status, known, row.expires_at)


@post(
    "/v1/invitations/{token:str}/accept",
    tags=["accounts"],
    security=[{}],
    raises=[
        UnknownInvitation,
        InvitationEnded,
        WrongLogin,
        AlreadyMember,
        PersonExists,
        InvalidInput,
        TooManyRequests,
    ],
)
async def accept_invitation(request: AnyRequest, token: FromPath[str], data: JSONBody[Acceptance]) -> Tokens:
    """Makes the invited person a member, and logs them in."""
    await guesses.count(request, guesses.PASSWORD, token)
    return await actions.accept(request.app.state.database, request.app.state.settings, token, data)


def show(row: InvitationRow) -> Invitation:
    """An invitation as the API shows it."""
    return Invitation(**{**msgspec.structs.asdict(row), "id": ids.show("inv", row.id)})


ROUTES = [create_invitation, list_invitations, revoke_invitation, get_invitation, accept_invitation]
