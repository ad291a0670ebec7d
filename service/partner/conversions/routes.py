"""GET /v1/partner/conversions."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from litestar import Request, get
from litestar.di import NamedDependency
from litestar.params import FromPath, QueryParameter
from litestar.response import Stream
from litestar.types import ControllerRouterHandler
from msgspec import structs

from service.accounts.callers import Caller, May, transaction
from service.accounts.labels.registry import Language
from service.conversions.folding import Status
from service.conversions.orders.narrowing import InStatus, OfKind, Since
from service.conversions.problems import UnknownConversion
from service.conversions.reports import ConversionKind
from service.influencers.reading import id_list
from service.influencers.schemas import From, IdList, To
from service.kit import ids as outer
from service.kit import paging
from service.kit.db import Connection
from service.kit.paging import DEFAULT_LIMIT, BadCursor, Cursor, Limit, Page
from service.kit.problems import InvalidInput, NotFound
from service.links.problems import UnknownCoupon, UnknownLink
from service.partner import knowing, tables
from service.partner.conversions import actions, table
from service.partner.conversions.schemas import Listed, PartnerConversion, WholePartnerConversion

Partner = Annotated[Caller, May("partner")]
AnyRequest = Request[Any, Any, Any]
Lang = Annotated[Language, QueryParameter(description="the language of words: tr or en")]
OfLink = Annotated[str | None, QueryParameter(max_length=40, description="credited by this link")]
OfCoupon = Annotated[str | None, QueryParameter(max_length=40, description="credited by this coupon")]
NARROWED = [InvalidInput, NotFound, UnknownLink, UnknownCoupon]


@get("/v1/partner/conversions", tags=["partner"], raises=[BadCursor, *NARROWED])
async def list_own_conversions(
    caller: NamedDependency[Partner],
    db: NamedDependency[Connection],
    ids: IdList = None,
    link_id: OfLink = None,
    coupon_id: OfCoupon = None,
    of_kind: OfKind = None,
    in_status: InStatus = None,
    since: From = None,
    until: To = None,
    updated_since: Since = None,
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
) -> Page[PartnerConversion]:
    """What the partner brought, the newest first: orders, leads, sign-ups and bookings of which a part is
    credited to them, by what, and what was earned by it. `from` and `to` are about when they occurred."""
    given = (ids, link_id, coupon_id, of_kind, in_status, since, until, updated_since)
    wanted = await _narrowed(db, caller.workspace_id, *given)
    before = paging.decode(cursor, UUID)
    found = await actions.page(db, caller.workspace_id, caller.partner, wanted, before, limit + 1)
    return paging.page(found, limit, lambda each: each[0], lambda each: each[1])


@get("/v1/partner/conversions.csv", tags=["partner"], opt={"openapi_answer": tables.CSV}, raises=NARROWED)
async def export_own_conversions(
    caller: NamedDependency[Partner],
    request: AnyRequest,
    ids: IdList = None,
    link_id: OfLink = None,
    coupon_id: OfCoupon = None,
    of_kind: OfKind = None,
    in_status: InStatus = None,
    since: From = None,
    until: To = None,
    updated_since: Since = None,
    lang: Lang = "tr",
) -> Stream:
    """The same list as a spreadsheet. Amounts are minor units; times are UTC."""
    given = (ids, link_id, coupon_id, of_kind, in_status, since, until, updated_since)
    async with transaction(request, caller) as db:
        wanted = await _narrowed(db, caller.workspace_id, *given)

    async def page(db: Connection, before: UUID | None) -> list[tuple[UUID, PartnerConversion]]:
        return await actions.page(db, caller.workspace_id, caller.partner, wanted, before, tables.ROWS)

    return tables.answer(
        request, caller, "conversions", table.COLUMNS, page, lambda one: table.cells(one, lang)
    )


async def _narrowed(
    db: Connection,
    workspace_id: UUID,
    ids: str | None,
    link_id: str | None,
    coupon_id: str | None,
    kind: ConversionKind | None,
    status: Status | None,
    since: datetime | None,
    until: datetime | None,
    updated_since: datetime | None,
) -> Listed:
    return Listed(
        ids=id_list("cnv", ids),
        link_id=await knowing.link(db, workspace_id, link_id),
        coupon_id=await knowing.coupon(db, workspace_id, coupon_id),
        kind=kind,
        status=status,
        since=since,
        until=until,
        updated_since=updated_since,
    )


@get("/v1/partner/conversions/{conversion_id:str}", tags=["partner"], raises=[UnknownConversion])
async def get_own_conversion(
    caller: NamedDependency[Partner], db: NamedDependency[Connection], conversion_id: FromPath[str]
) -> WholePartnerConversion:
    """One of them; where nothing was earned by it, with the reason."""
    wanted = Listed(ids=[outer.read("cnv", conversion_id)])
    found = await actions.page(db, caller.workspace_id, caller.partner, wanted, None, 1)
    if not found:
        raise UnknownConversion
    one = found[0][1]
    nothing = await actions.nothing(db, caller.workspace_id, caller.partner, one)
    return WholePartnerConversion(**structs.asdict(one), nothing=nothing)


ROUTES: list[ControllerRouterHandler] = [
    list_own_conversions,
    export_own_conversions,
    get_own_conversion,
]
