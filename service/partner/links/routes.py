"""/v1/partner/links and /v1/partner/destinations."""

from typing import Annotated, Any
from uuid import UUID

from litestar import Request, Response, delete, get, patch, post
from litestar.datastructures import State
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from litestar.response import Stream
from litestar.types import ControllerRouterHandler
from msgspec import UNSET, structs

from service.accounts import audit
from service.accounts.callers import Caller, May, transaction
from service.influencers.reading import id_list
from service.influencers.schemas import IdList
from service.kit import etag, paging
from service.kit import ids as outer
from service.kit.db import Connection
from service.kit.etag import IfMatch
from service.kit.paging import DEFAULT_LIMIT, BadCursor, Cursor, Limit, Page
from service.kit.problems import InvalidInput, NotFound, PreconditionFailed
from service.kit.text import fold_tr
from service.links.catalogue import store
from service.links.catalogue.actions import grounds
from service.links.catalogue.narrowing import InStatus, OfCoupon, Query
from service.links.catalogue.schemas import LinkRow, LinkStatus, Listed
from service.links.problems import CodeNotAvailable, UnknownCoupon, UnknownLink
from service.partner import knowing, tables
from service.partner.links import actions, table
from service.partner.links.schemas import Destinations, NewPartnerLink, PartnerLink, PartnerLinkPatch
from service.partner.links.showing import shown
from service.partner.problems import MadeByTheBrand, PartnerPaused
from service.settings import Settings

Partner = Annotated[Caller, May("partner")]
AnyRequest = Request[Any, Any, Any]


@get("/v1/partner/destinations", tags=["partner"])
async def list_destinations(
    caller: NamedDependency[Partner], db: NamedDependency[Connection], state: State
) -> Destinations:
    """The hosts that links of the partner may lead to."""
    found = await grounds(db, caller.workspace_id, state.settings)
    return Destinations(sorted(found.destination_hosts))


@post(
    "/v1/partner/links",
    tags=["partner"],
    raises=[InvalidInput, UnknownCoupon, CodeNotAvailable, PartnerPaused],
)
async def create_own_link(
    caller: NamedDependency[Partner],
    db: NamedDependency[Connection],
    state: State,
    data: JSONBody[NewPartnerLink],
) -> Response[PartnerLink]:
    """Makes a deep link to any page on the brand's hosts. One without a code gets a random one; a code that
    can't be had is refused without a reason."""
    row = await actions.add(db, caller, data, state.settings)
    await audit.record(db, caller, "link.created", outer.show("lnk", row.id))
    return _answer(row, True, state.settings, 201)


@get("/v1/partner/links", tags=["partner"], raises=[BadCursor, InvalidInput, NotFound, UnknownCoupon])
async def list_own_links(
    caller: NamedDependency[Partner],
    db: NamedDependency[Connection],
    state: State,
    ids: IdList = None,
    coupon_id: OfCoupon = None,
    in_status: InStatus = None,
    q: Query = None,
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
) -> Page[PartnerLink]:
    """The newest first. Retired links are hidden unless asked for by id or status."""
    wanted = await _narrowed(db, caller, ids, coupon_id, in_status, q)
    before = paging.decode(cursor, UUID)
    found = await actions.page(db, caller, wanted, before, limit + 1, state.settings)
    return paging.page(found, limit, lambda each: each[0], lambda each: each[1])


@get(
    "/v1/partner/links.csv",
    tags=["partner"],
    opt={"openapi_answer": tables.CSV},
    raises=[InvalidInput, NotFound, UnknownCoupon],
)
async def export_own_links(
    caller: NamedDependency[Partner],
    request: AnyRequest,
    ids: IdList = None,
    coupon_id: OfCoupon = None,
    in_status: InStatus = None,
    q: Query = None,
) -> Stream:
    """The same list as a spreadsheet."""
    settings: Settings = request.app.state.settings
    async with transaction(request, caller) as db:
        wanted = await _narrowed(db, caller, ids, coupon_id, in_status, q)

    async def page(db: Connection, before: UUID | None) -> list[tuple[UUID, PartnerLink]]:
        return await actions.page(db, caller, wanted, before, tables.ROWS, settings)

    return tables.answer(request, caller, "links", table.COLUMNS, page, lambda one: [table.cells(one)])


async def _narrowed(
    db: Connection,
    caller: Caller,
    ids: str | None,
    coupon_id: str | None,
    status: LinkStatus | None,
    q: str | None,
) -> Listed:
    return Listed(
        ids=id_list("lnk", ids),
        partner_id=caller.partner,
        coupon_id=await knowing.coupon(db, caller.workspace_id, coupon_id),
        status=status,
        q=None if q is None else fold_tr(q),
    )


@get("/v1/partner/links/{link_id:str}", tags=["partner"], raises=[UnknownLink])
async def get_own_link(
    caller: NamedDependency[Partner], db: NamedDependency[Connection], state: State, link_id: FromPath[str]
) -> Response[PartnerLink]:
    """A link of the partner's."""
    row = await actions.get(db, caller, outer.read("lnk", link_id))
    own = await store.made_by_partners(db, caller.workspace_id, [row.id])
    return _answer(row, bool(own), state.settings)


@patch(
    "/v1/partner/links/{link_id:str}",
    tags=["partner"],
    raises=[UnknownLink, InvalidInput, UnknownCoupon, MadeByTheBrand, PreconditionFailed],
)
async def change_own_link(
    caller: NamedDependency[Partner],
    db: NamedDependency[Connection],
    state: State,
    link_id: FromPath[str],
    data: JSONBody[PartnerLinkPatch],
    if_match: IfMatch = None,
) -> Response[PartnerLink]:
    """Changes a link that the partner made, everywhere within a second."""
    row = await actions.change(db, caller, outer.read("lnk", link_id), data, if_match, state.settings)
    fields = sorted(name for name, value in structs.asdict(data).items() if value is not UNSET)
    await audit.record(db, caller, "link.changed", link_id, {"fields": fields})
    return _answer(row, True, state.settings)


@delete(
    "/v1/partner/links/{link_id:str}",
    tags=["partner"],
    raises=[UnknownLink, MadeByTheBrand, PreconditionFailed],
)
async def retire_own_link(
    caller: NamedDependency[Partner],
    db: NamedDependency[Connection],
    link_id: FromPath[str],
    if_match: IfMatch = None,
) -> None:
    """Retires a link that the partner made: it leads nowhere from now on; what it brought stays."""
    row = await actions.lock(db, caller, outer.read("lnk", link_id))
    etag.match(if_match, row.version)
    if await store.retire_link(db, caller.workspace_id, row.id) is not None:
        await audit.record(db, caller, "link.retired", link_id)


def _answer(
    row: LinkRow, by_partner: bool, settings: Settings, status_code: int = 200
) -> Response[PartnerLink]:
    return Response(
        shown(row, by_partner, settings), status_code=status_code, headers={"ETag": etag.of(row.version)}
    )


ROUTES: list[ControllerRouterHandler] = [
    list_destinations,
    create_own_link,
    list_own_links,
    export_own_links,
    get_own_link,
    change_own_link,
    retire_own_link,
]
