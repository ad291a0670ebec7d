"""GET, DELETE /v1/partner/people; GET /v1/partner/invitations/{token}."""

from typing import Any
from uuid import UUID

from litestar import Request, delete, get
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.types import ControllerRouterHandler

from service.accounts import guesses
from service.accounts.partners.people import actions, store
from service.accounts.partners.people.schemas import PartnerInvitationView, PartnerPerson
from service.accounts.partners.routes import Partner
from service.accounts.problems import PeopleOnly, UnknownInvitation, UnknownPerson
from service.kit import ids, paging
from service.kit.db import Connection
from service.kit.paging import DEFAULT_LIMIT, BadCursor, Cursor, Limit, Page
from service.kit.problems import TooManyRequests


@get("/v1/partner/people", tags=["partner"], raises=[BadCursor])
async def list_partner_people(
    caller: NamedDependency[Partner],
    db: NamedDependency[Connection],
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
) -> Page[PartnerPerson]:
    """Who may act for the partner, the partner's own address included."""
    after = paging.decode(cursor, UUID)
    rows = await store.acting(db, caller.workspace_id, caller.partner, after, limit + 1)
    return paging.page(rows, limit, lambda row: row.id, actions.person)


@delete("/v1/partner/people/{person_id:str}", tags=["partner"], raises=[UnknownPerson, PeopleOnly])
async def remove_partner_person(
    caller: NamedDependency[Partner], db: NamedDependency[Connection], person_id: FromPath[str]
) -> None:
    """Somebody, or oneself, acts for the partner no longer: within a second their sessions, and the keys
    that they made, end. The partner's own address is the brand's to change."""
    if caller.session_id is None:
        raise PeopleOnly
    await actions.remove(db, caller, caller.partner, ids.read("ppl", person_id))


@get(
    "/v1/partner/invitations/{token:str}",
    tags=["partner"],
    security=[{}],
    raises=[UnknownInvitation, TooManyRequests],
)
async def get_partner_invitation(
    request: Request[Any, Any, Any], token: FromPath[str]
) -> PartnerInvitationView:
    """What the link in the mail invites to; reading it doesn't use it up."""
    await guesses.count(request, guesses.TOKEN)
    return await actions.look(request.app.state.database, token)


ROUTES: list[ControllerRouterHandler] = [
    list_partner_people,
    remove_partner_person,
    get_partner_invitation,
]
