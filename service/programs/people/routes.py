"""POST /v1/partners/{id}/invite; invitations and people of a partner, listed and taken back."""

from typing import Annotated, Any
from uuid import UUID

from litestar import Request, delete, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from litestar.types import ControllerRouterHandler

from service.accounts.callers import Caller, May
from service.accounts.partners.people import actions as acting
from service.accounts.partners.people import store
from service.accounts.partners.people.schemas import PartnerInvitation, PartnerPerson
from service.accounts.problems import InvitationEnded, InvitationExists, UnknownInvitation, UnknownPerson
from service.kit import ids, paging
from service.kit.db import Connection
from service.kit.mail import BadAddress
from service.kit.paging import DEFAULT_LIMIT, BadCursor, Cursor, Limit, Page
from service.programs import store as partners
from service.programs.people import actions
from service.programs.people.schemas import NewPartnerInvitation
from service.programs.problems import (
    NoAddress,
    PartnerArchived,
    PartnerMerged,
    TooManyPeople,
    UnknownPartner,
)

Reader = Annotated[Caller, May("programs:read")]
Writer = Annotated[Caller, May("programs:write")]
AnyRequest = Request[Any, Any, Any]


@post(
    "/v1/partners/{partner_id:str}/invite",
    tags=["programs"],
    raises=[
        UnknownPartner,
        PartnerMerged,
        PartnerArchived,
        NoAddress,
        TooManyPeople,
        InvitationExists,
        BadAddress,
    ],
)
async def invite_partner(
    caller: NamedDependency[Writer],
    db: NamedDependency[Connection],
    request: AnyRequest,
    partner_id: FromPath[str],
    data: JSONBody[NewPartnerInvitation],
) -> PartnerInvitation:
    """Mails somebody a link to act for a partner: for fourteen days, and once. An open invitation of the
    partner to the same address is replaced, and its link works no longer."""
    row = await partners.lock_partner(db, caller.workspace_id, ids.read("prt", partner_id))
    return await actions.invite(db, request.app.state.settings, caller, row, data)


@get("/v1/partners/{partner_id:str}/invitations", tags=["programs"], raises=[UnknownPartner, BadCursor])
async def list_partner_invitations(
    caller: NamedDependency[Reader],
    db: NamedDependency[Connection],
    partner_id: FromPath[str],
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
) -> Page[PartnerInvitation]:
    """Who was invited to act for a partner, the newest first."""
    row = await actions.known(db, caller, partner_id)
    before = paging.decode(cursor, UUID)
    rows = await store.list_invitations(db, caller.workspace_id, row.id, before, limit + 1)
    return paging.page(rows, limit, lambda row: row.id, acting.invitation)


@delete(
    "/v1/partners/{partner_id:str}/invitations/{invitation_id:str}",
    tags=["programs"],
    raises=[UnknownInvitation, InvitationEnded],
)
async def revoke_partner_invitation(
    caller: NamedDependency[Writer],
    db: NamedDependency[Connection],
    partner_id: FromPath[str],
    invitation_id: FromPath[str],
) -> None:
    """Takes an invitation back: its link works no longer. A second time changes nothing."""
    await acting.revoke(db, caller, ids.read("prt", partner_id), ids.read("inv", invitation_id))


@get("/v1/partners/{partner_id:str}/people", tags=["programs"], raises=[UnknownPartner, BadCursor])
async def list_people_of_partner(
    caller: NamedDependency[Reader],
    db: NamedDependency[Connection],
    partner_id: FromPath[str],
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
) -> Page[PartnerPerson]:
    """Who may act for a partner, the partner's own address included."""
    row = await actions.known(db, caller, partner_id)
    rows = await store.acting(db, caller.workspace_id, row.id, paging.decode(cursor, UUID), limit + 1)
    return paging.page(rows, limit, lambda row: row.id, acting.person)


@delete("/v1/partners/{partner_id:str}/people/{person_id:str}", tags=["programs"], raises=[UnknownPerson])
async def remove_person_of_partner(
    caller: NamedDependency[Writer],
    db: NamedDependency[Connection],
    partner_id: FromPath[str],
    person_id: FromPath[str],
) -> None:
    """Somebody acts for the partner no longer: within a second their sessions, and the keys that they made,
    end. The partner's own address is changed with PATCH /v1/partners/{id}."""
    await acting.remove(db, caller, ids.read("prt", partner_id), ids.read("ppl", person_id))


ROUTES: list[ControllerRouterHandler] = [
    invite_partner,
    list_partner_invitations,
    revoke_partner_invitation,
    list_people_of_partner,
    remove_person_of_partner,
]
