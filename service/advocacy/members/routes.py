"""/v1/advocates, their deeds, and the leaderboard."""

from datetime import datetime, timedelta
from typing import Annotated, Any
from uuid import UUID

from litestar import Request, Response, get, patch, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody, QueryParameter
from litestar.types import ControllerRouterHandler
from msgspec import UNSET, structs

from service.accounts import audit
from service.accounts.callers import Caller, May
from service.advocacy.board import leading
from service.advocacy.members import actions, deeds, narrowing, show, store
from service.advocacy.members.narrowing import (
    OfAddress,
    OfCustomer,
    OfMember,
    OfPartner,
    OfProgram,
    OfShop,
    OfStatus,
    OfTier,
    OfWay,
    OfWords,
)
from service.advocacy.members.schemas import (
    Advocate,
    AdvocatePatch,
    AdvocateRow,
    BoardRow,
    Deed,
    NewAdvocate,
    NewDeed,
)
from service.advocacy.problems import (
    AdvocateExists,
    AdvocateInactive,
    MayNotJoin,
    NoAdvocacy,
    UnknownAdvocate,
)
from service.advocacy.terms import store as terms
from service.influencers.problems import UnknownInfluencer
from service.influencers.schemas import IdList
from service.kit import clock, etag, paging
from service.kit import ids as outer
from service.kit.db import Connection
from service.kit.etag import IfMatch
from service.kit.paging import DEFAULT_LIMIT, BadCursor, Cursor, Limit, Page
from service.kit.problems import InvalidInput, NotFound, PreconditionFailed
from service.links.catalogue import store as links
from service.links.catalogue.show import short_url
from service.links.problems import CodeNotAvailable, CouponTaken
from service.programs.problems import PartnerExists, UnknownProgram

Reader = Annotated[Caller, May("advocacy:read")]
Writer = Annotated[Caller, May("advocacy:write")]
AnyRequest = Request[Any, Any, Any]
Program = Annotated[str, QueryParameter(name="program_id", max_length=40, description="whose board")]
Since = Annotated[datetime | None, QueryParameter(name="from", description="bought at this time or later")]
Until = Annotated[datetime | None, QueryParameter(name="to", description="bought before this time")]
# Clocks of other servers.
_AHEAD = timedelta(minutes=10)
Places = Annotated[int, QueryParameter(name="limit", ge=1, le=100, description="places")]


@post(
    "/v1/advocates",
    tags=["advocacy"],
    raises=[
        InvalidInput,
        NotFound,
        UnknownProgram,
        UnknownInfluencer,
        NoAdvocacy,
        MayNotJoin,
        AdvocateExists,
        PartnerExists,
        CodeNotAvailable,
        CouponTaken,
    ],
)
async def create_advocate(
    caller: NamedDependency[Writer],
    db: NamedDependency[Connection],
    request: AnyRequest,
    data: JSONBody[NewAdvocate],
) -> Response[Advocate]:
    """Somebody joins an advocacy program, with consent: by your own system (`api`) or page (`page`), now or
    by their first purchase or positive mention from now on (`join_on`).

    An advocate is a partner of the program, who has the personal link (`url`) and code. A friend for whom
    something was kept (`guest`) finds it there when they join.
    """
    if not clock.is_usual(data.consent.at) or data.consent.at > await clock.now(db):
        errors = [{"path": "consent.at", "message": "is no time in the past"}]
        raise InvalidInput("a consent that can't be", errors=errors)
    row = await actions.add(db, caller.workspace_id, data, request.app.state.settings)
    details = {"program_id": data.program_id, "joined_by": row.joined_by, "join_on": row.join_on}
    await audit.record(db, caller, "advocate.joined", outer.show("adv", row.id), details)
    return await _answer(request, db, caller, row, 201)


@get("/v1/advocates", tags=["advocacy"], raises=[BadCursor, InvalidInput, NotFound])
async def list_advocates(
    caller: NamedDependency[Reader],
    db: NamedDependency[Connection],
    ids: IdList = None,
    program_id: OfProgram = None,
    of_status: OfStatus = None,
    of_member: OfMember = None,
    of_tier: OfTier = None,
    of_way: OfWay = None,
    partner_id: OfPartner = None,
    q: OfWords = None,
    external_id: OfCustomer = None,
    shop: OfShop = "",
    email: OfAddress = None,
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
) -> Page[Advocate]:
    """The newest first; guests, who have not joined, where they are asked for. Who was erased is in no list
    but by `ids`.

    By `external_id` (in `shop`) or `email` a shop's account page finds its customer, guests too.
    """
    keys = narrowing.known_as(caller.workspace_id, shop, external_id, email)
    asked = (ids, program_id, of_status, of_member, of_tier, of_way)
    wanted = narrowing.advocates(*asked, partner_id, q, keys)
    before = paging.decode(cursor, UUID)
    rows = await store.list_advocates(db, caller.workspace_id, wanted, before, limit + 1)
    return paging.page(rows, limit, lambda row: row.id, show.advocate)


@get("/v1/advocates/leaderboard", tags=["advocacy"], raises=[UnknownProgram, InvalidInput])
async def advocate_leaderboard(
    caller: NamedDependency[Reader],
    db: NamedDependency[Connection],
    program: Program,
    since: Since = None,
    until: Until = None,
    places: Places = 10,
) -> list[BoardRow]:
    """Who brought the most friends who bought in the time, of those who chose a name to be shown by
    (`board_name`)."""
    found = outer.read("prg", program)
    if await terms.status_of(db, caller.workspace_id, found) is None:
        raise UnknownProgram
    return await leading.board(db, caller.workspace_id, found, since, until, places)


@get("/v1/advocates/{advocate_id:str}", tags=["advocacy"], raises=[UnknownAdvocate])
async def get_advocate(
    caller: NamedDependency[Reader],
    db: NamedDependency[Connection],
    request: AnyRequest,
    advocate_id: FromPath[str],
) -> Response[Advocate]:
    """An advocate, with what they share."""
    row = await store.get_advocate(db, caller.workspace_id, outer.read("adv", advocate_id))
    return await _answer(request, db, caller, row)


@patch(
    "/v1/advocates/{advocate_id:str}",
    tags=["advocacy"],
    raises=[UnknownAdvocate, AdvocateInactive, MayNotJoin, PreconditionFailed, InvalidInput],
)
async def change_advocate(
    caller: NamedDependency[Writer],
    db: NamedDependency[Connection],
    request: AnyRequest,
    advocate_id: FromPath[str],
    data: JSONBody[AdvocatePatch],
    if_match: IfMatch = None,
) -> Response[Advocate]:
    """Changes tier, the name on the leaderboard, or the status. Where the terms have tiers, the next order
    of a friend sets the tier anew."""
    row = await store.lock_advocate(db, caller.workspace_id, outer.read("adv", advocate_id))
    etag.match(if_match, row.version)
    row = await actions.change(db, caller.workspace_id, row, data)
    fields = sorted(name for name, value in structs.asdict(data).items() if value is not UNSET)
    await audit.record(db, caller, "advocate.changed", advocate_id, {"fields": fields})
    return await _answer(request, db, caller, row)


@post(
    "/v1/advocates/{advocate_id:str}/deeds",
    tags=["advocacy"],
    raises=[UnknownAdvocate, AdvocateInactive, InvalidInput],
)
async def add_advocate_deed(
    caller: NamedDependency[Writer],
    db: NamedDependency[Connection],
    advocate_id: FromPath[str],
    data: JSONBody[NewDeed],
) -> Deed:
    """Tells of a review, of content that was approved, a mention, a comment or a share: what the terms give
    for it is given, once for each `external_id`. Positive mentions of advocates who are influencers are
    found by themselves."""
    advocate = await store.get_brief(db, caller.workspace_id, outer.read("adv", advocate_id))
    if advocate.status != "active":
        raise AdvocateInactive(f"they are {advocate.status}")
    if data.occurred_at is not None:
        await _must_have_been(db, data.occurred_at)
    row = await deeds.record(
        db, caller.workspace_id, advocate, data.kind, data.external_id, data.occurred_at, caller.name
    )
    return show.deed(row)


@get("/v1/advocates/{advocate_id:str}/deeds", tags=["advocacy"], raises=[UnknownAdvocate, BadCursor])
async def list_advocate_deeds(
    caller: NamedDependency[Reader],
    db: NamedDependency[Connection],
    advocate_id: FromPath[str],
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
) -> Page[Deed]:
    """What an advocate did, the newest first."""
    row = await store.get_brief(db, caller.workspace_id, outer.read("adv", advocate_id))
    rows = await store.list_deeds(db, caller.workspace_id, row.id, paging.decode(cursor, UUID), limit + 1)
    return paging.page(rows, limit, lambda row: row.id, show.deed)


async def _must_have_been(db: Connection, at: datetime) -> None:
    """What is told of another month would be within that month's limits. Raises InvalidInput."""
    fault = None if clock.is_usual(at) else clock.OUTSIDE
    if fault is None and at > await clock.now(db) + _AHEAD:
        fault = "lies in the future"
    if fault is not None:
        raise InvalidInput("a deed that can't be", errors=[{"path": "occurred_at", "message": fault}])


async def _answer(
    request: AnyRequest, db: Connection, caller: Caller, row: AdvocateRow, status_code: int = 200
) -> Response[Advocate]:
    link = None
    if row.link_id is not None:
        found = await links.get_link(db, caller.workspace_id, row.link_id)
        link = short_url(found, request.app.state.settings)
    headers = {"ETag": etag.of(row.version)}
    return Response(show.advocate(row, link), status_code=status_code, headers=headers)


ROUTES: list[ControllerRouterHandler] = [
    create_advocate,
    list_advocates,
    advocate_leaderboard,
    get_advocate,
    change_advocate,
    add_advocate_deed,
    list_advocate_deeds,
]
