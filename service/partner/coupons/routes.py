"""GET /v1/partner/coupons."""

from typing import Annotated, Any
from uuid import UUID

from litestar import Request, get
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Stream
from litestar.types import ControllerRouterHandler

from service.accounts.callers import Caller, May, transaction
from service.influencers.reading import id_list
from service.influencers.schemas import IdList
from service.kit import ids as outer
from service.kit import paging
from service.kit.db import Connection
from service.kit.paging import DEFAULT_LIMIT, BadCursor, Cursor, Limit, Page
from service.kit.problems import InvalidInput, NotFound
from service.links.coupons import codes
from service.links.coupons.routes import ByCode, InStatus, OfKind, OfLink
from service.links.coupons.schemas import CouponKind, CouponStatus, ListedCoupons
from service.links.problems import UnknownCoupon, UnknownLink
from service.partner import knowing, tables
from service.partner.coupons import actions
from service.partner.coupons.schemas import PartnerCoupon

Partner = Annotated[Caller, May("partner")]
AnyRequest = Request[Any, Any, Any]
COLUMNS = tuple(PartnerCoupon.__struct_fields__)


@get("/v1/partner/coupons", tags=["partner"], raises=[BadCursor, InvalidInput, NotFound, UnknownLink])
async def list_own_coupons(
    caller: NamedDependency[Partner],
    db: NamedDependency[Connection],
    ids: IdList = None,
    link_id: OfLink = None,
    of_kind: OfKind = None,
    in_status: InStatus = None,
    code: ByCode = None,
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
) -> Page[PartnerCoupon]:
    """The partner's codes, the newest first, with how often each was used. Archived ones are hidden unless
    asked for by id or status."""
    wanted = await _narrowed(db, caller, ids, link_id, of_kind, in_status, code)
    found = await actions.page(db, caller, wanted, paging.decode(cursor, UUID), limit + 1)
    return paging.page(found, limit, lambda each: each[0], lambda each: each[1])


@get(
    "/v1/partner/coupons.csv",
    tags=["partner"],
    opt={"openapi_answer": tables.CSV},
    raises=[InvalidInput, NotFound, UnknownLink],
)
async def export_own_coupons(
    caller: NamedDependency[Partner],
    request: AnyRequest,
    ids: IdList = None,
    link_id: OfLink = None,
    of_kind: OfKind = None,
    in_status: InStatus = None,
    code: ByCode = None,
) -> Stream:
    """The same list as a spreadsheet."""
    async with transaction(request, caller) as db:
        wanted = await _narrowed(db, caller, ids, link_id, of_kind, in_status, code)

    async def page(db: Connection, before: UUID | None) -> list[tuple[UUID, PartnerCoupon]]:
        return await actions.page(db, caller, wanted, before, tables.ROWS)

    def cells(one: PartnerCoupon) -> list[list[tables.Cell]]:
        return [[getattr(one, name) for name in COLUMNS]]

    return tables.answer(request, caller, "coupons", COLUMNS, page, cells)


async def _narrowed(
    db: Connection,
    caller: Caller,
    ids: str | None,
    link_id: str | None,
    kind: CouponKind | None,
    status: CouponStatus | None,
    code: str | None,
) -> ListedCoupons:
    return ListedCoupons(
        ids=id_list("cpn", ids),
        partner_id=caller.partner,
        link_id=await knowing.link(db, caller.workspace_id, link_id),
        kind=kind,
        status=status,
        # What can't be a code is no coupon's.
        code=None if code is None else codes.folded(code) or "",
    )


@get("/v1/partner/coupons/{coupon_id:str}", tags=["partner"], raises=[UnknownCoupon])
async def get_own_coupon(
    caller: NamedDependency[Partner], db: NamedDependency[Connection], coupon_id: FromPath[str]
) -> PartnerCoupon:
    """A coupon of the partner's."""
    wanted = ListedCoupons(ids=[outer.read("cpn", coupon_id)], partner_id=caller.partner)
    found = await actions.page(db, caller, wanted, None, 1)
    if not found:
        raise UnknownCoupon
    return found[0][1]


ROUTES: list[ControllerRouterHandler] = [list_own_coupons, export_own_coupons, get_own_coupon]
