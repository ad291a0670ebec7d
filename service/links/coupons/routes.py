"""/v1/coupons."""

from typing import Annotated
from uuid import UUID

from litestar import Response, delete, get, patch, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody, QueryParameter
from litestar.types import ControllerRouterHandler
from msgspec import UNSET, structs

from service.accounts import audit
from service.accounts.callers import Caller, May
from service.influencers.reading import id_list
from service.influencers.schemas import IdList
from service.kit import etag, paging
from service.kit import ids as outer
from service.kit.db import Connection
from service.kit.etag import IfMatch
from service.kit.paging import DEFAULT_LIMIT, BadCursor, Cursor, Limit, Page
from service.kit.problems import InvalidInput, NotFound, PreconditionFailed
from service.links.coupons import actions, codes, store
from service.links.coupons.schemas import (
    Coupon,
    CouponKind,
    CouponPatch,
    CouponRow,
    CouponStatus,
    ListedCoupons,
    NewCoupon,
)
from service.links.problems import CouponTaken, UnknownCoupon, UnknownLink
from service.programs.problems import UnknownPartner

Reader = Annotated[Caller, May("links:read")]
Writer = Annotated[Caller, May("links:write")]
OfPartner = Annotated[str | None, QueryParameter(max_length=40, description="of this partner")]
OfLink = Annotated[str | None, QueryParameter(max_length=40, description="of this link")]
OfKind = Annotated[CouponKind | None, QueryParameter(name="kind", description="of this kind")]
InStatus = Annotated[CouponStatus | None, QueryParameter(name="status", description="in this status")]
ByCode = Annotated[str | None, QueryParameter(max_length=64, description="this code, in any spelling")]


@post("/v1/coupons", tags=["links"], raises=[InvalidInput, UnknownPartner, UnknownLink, CouponTaken])
async def create_coupon(
    caller: NamedDependency[Writer], db: NamedDependency[Connection], data: JSONBody[NewCoupon]
) -> Response[Coupon]:
    """Makes a coupon. A code is one coupon's in the workspace, whatever case and letters it is written in."""
    row = await actions.add(db, caller.workspace_id, data)
    await audit.record(db, caller, "coupon.created", outer.show("cpn", row.id))
    return _answer(row, 201)


@get("/v1/coupons", tags=["links"], raises=[BadCursor, InvalidInput, NotFound])
async def list_coupons(
    caller: NamedDependency[Reader],
    db: NamedDependency[Connection],
    ids: IdList = None,
    partner_id: OfPartner = None,
    link_id: OfLink = None,
    of_kind: OfKind = None,
    in_status: InStatus = None,
    code: ByCode = None,
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
) -> Page[Coupon]:
    """The newest first. Archived coupons are hidden unless asked for by id or status."""
    wanted = ListedCoupons(
        ids=id_list("cpn", ids),
        partner_id=None if partner_id is None else outer.read("prt", partner_id),
        link_id=None if link_id is None else outer.read("lnk", link_id),
        kind=of_kind,
        status=in_status,
        # What can't be a code is no coupon's.
        code=None if code is None else codes.folded(code) or "",
    )
    before = paging.decode(cursor, UUID)
    rows = await store.list_coupons(db, caller.workspace_id, wanted, before, limit + 1)
    return paging.page(rows, limit, lambda row: row.id, shown)


@get("/v1/coupons/{coupon_id:str}", tags=["links"], raises=[UnknownCoupon])
async def get_coupon(
    caller: NamedDependency[Reader], db: NamedDependency[Connection], coupon_id: FromPath[str]
) -> Response[Coupon]:
    """A coupon."""
    return _answer(await store.get_coupon(db, caller.workspace_id, outer.read("cpn", coupon_id)))


@patch(
    "/v1/coupons/{coupon_id:str}",
    tags=["links"],
    raises=[UnknownCoupon, UnknownPartner, UnknownLink, InvalidInput, PreconditionFailed],
)
async def change_coupon(
    caller: NamedDependency[Writer],
    db: NamedDependency[Connection],
    coupon_id: FromPath[str],
    data: JSONBody[CouponPatch],
    if_match: IfMatch = None,
) -> Response[Coupon]:
    """Changes what is sent; orders that were credited by it stay as they are."""
    row = await store.lock_coupon(db, caller.workspace_id, outer.read("cpn", coupon_id))
    etag.match(if_match, row.version)
    row = await actions.change(db, caller.workspace_id, row, data)
    fields = sorted(name for name, value in structs.asdict(data).items() if value is not UNSET)
    await audit.record(db, caller, "coupon.changed", coupon_id, {"fields": fields})
    return _answer(row)


@delete("/v1/coupons/{coupon_id:str}", tags=["links"], raises=[UnknownCoupon, PreconditionFailed])
async def archive_coupon(
    caller: NamedDependency[Writer],
    db: NamedDependency[Connection],
    coupon_id: FromPath[str],
    if_match: IfMatch = None,
) -> None:
    """Archives a coupon: it credits no more orders, and its code is free. A second time changes nothing."""
    row = await store.lock_coupon(db, caller.workspace_id, outer.read("cpn", coupon_id))
    etag.match(if_match, row.version)
    if await store.archive_coupon(db, caller.workspace_id, row.id) is not None:
        await audit.record(db, caller, "coupon.archived", coupon_id)


def _answer(row: CouponRow, status_code: int = 200) -> Response[Coupon]:
    return Response(shown(row), status_code=status_code, headers={"ETag": etag.of(row.version)})


def shown(row: CouponRow) -> Coupon:
    """A coupon as the API shows it."""
    return Coupon(
        id=outer.show("cpn", row.id),
        code=row.code,
        kind=row.kind,
        partner_id=outer.show_or_none("prt", row.partner_id),
        link_id=outer.show_or_none("lnk", row.link_id),
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        limit=row.limit,
        status=row.status,
        created_at=row.created_at,
        updated_at=row.updated_at,
    )


ROUTES: list[ControllerRouterHandler] = [
    create_coupon,
    list_coupons,
    get_coupon,
    change_coupon,
    archive_coupon,
]
