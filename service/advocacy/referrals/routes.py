"""/v1/referrals."""

from typing import Annotated, Any
from uuid import UUID

from litestar import Request, get, patch, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from litestar.types import ControllerRouterHandler

from service.accounts import audit
from service.accounts.callers import Caller, May
from service.advocacy.members import store as members
from service.advocacy.problems import AdvocateInactive, AlreadyReferred, UnknownAdvocate, UnknownReferral
from service.advocacy.referrals import actions, narrowing, show, store
from service.advocacy.referrals.narrowing import Held, OfAdvocate, OfChannel, OfProgram, OfState
from service.advocacy.referrals.schemas import (
    NewReferral,
    Referral,
    ReferralDecision,
    ReferralRow,
)
from service.influencers.schemas import IdList
from service.kit import ids as outer
from service.kit import paging
from service.kit.db import Connection
from service.kit.paging import DEFAULT_LIMIT, BadCursor, Cursor, Limit, Page
from service.kit.problems import InvalidInput, NotFound
from service.links.catalogue import store as links
from service.links.catalogue.show import short_url
from service.settings import Settings

Reader = Annotated[Caller, May("advocacy:read")]
Writer = Annotated[Caller, May("advocacy:write")]
AnyRequest = Request[Any, Any, Any]


@post(
    "/v1/referrals",
    tags=["advocacy"],
    raises=[InvalidInput, NotFound, UnknownAdvocate, AdvocateInactive, AlreadyReferred],
)
async def create_referral(
    caller: NamedDependency[Writer],
    db: NamedDependency[Connection],
    request: AnyRequest,
    data: JSONBody[NewReferral],
) -> Referral:
    """Notes an invitation that an advocate shares. Nothing is sent from here: the advocate sends it. One by
    link has a `share_url` of its own; one by e-mail keeps a keyed hash of the address alone. Without an
    invitation a referral begins with the first order that is credited to the advocate."""
    row = await actions.invite(db, caller.workspace_id, data)
    return show.referral(row, await _link(db, caller.workspace_id, row, request.app.state.settings))


@get("/v1/referrals", tags=["advocacy"], raises=[BadCursor, InvalidInput, NotFound])
async def list_referrals(
    caller: NamedDependency[Reader],
    db: NamedDependency[Connection],
    ids: IdList = None,
    program_id: OfProgram = None,
    advocate_id: OfAdvocate = None,
    of_state: OfState = None,
    of_channel: OfChannel = None,
    held: Held = None,
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
) -> Page[Referral]:
    """The newest first. `share_url` stands with a single referral only."""
    wanted = narrowing.referrals(ids, program_id, advocate_id, of_state, of_channel, held)
    before = paging.decode(cursor, UUID)
    rows = await store.list_referrals(db, caller.workspace_id, wanted, before, limit + 1)
    return paging.page(rows, limit, lambda row: row.id, show.referral)


@get("/v1/referrals/{referral_id:str}", tags=["advocacy"], raises=[UnknownReferral])
async def get_referral(
    caller: NamedDependency[Reader],
    db: NamedDependency[Connection],
    request: AnyRequest,
    referral_id: FromPath[str],
) -> Referral:
    """A referral."""
    row = await store.get_referral(db, caller.workspace_id, outer.read("ref", referral_id))
    return show.referral(row, await _link(db, caller.workspace_id, row, request.app.state.settings))


@patch("/v1/referrals/{referral_id:str}", tags=["advocacy"], raises=[UnknownReferral])
async def decide_referral(
    caller: NamedDependency[Writer],
    db: NamedDependency[Connection],
    referral_id: FromPath[str],
    data: JSONBody[ReferralDecision],
) -> Referral:
    """Holds a referral, releases it, or rejects it for good, with a reason; its rewards follow. What holds
    referrals by itself: a friend who is the advocate (`self_referral`), and people who refer each other in a
    circle (`cycle`)."""
    found = outer.read("ref", referral_id)
    row = await actions.decide(db, caller.workspace_id, found, data, caller.name)
    await audit.record(db, caller, "referral.decided", referral_id, {"status": data.status})
    return show.referral(row)


async def _link(db: Connection, workspace_id: UUID, row: ReferralRow, settings: Settings) -> str | None:
    advocate = await members.get_brief(db, workspace_id, row.advocate_id)
    if advocate.link_id is None:
        return None
    return short_url(await links.get_link(db, workspace_id, advocate.link_id), settings)


ROUTES: list[ControllerRouterHandler] = [
    create_referral,
    list_referrals,
    get_referral,
    decide_referral,
]
