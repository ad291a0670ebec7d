"""Codes: listed masked, given, used, voided and replaced."""

from collections.abc import AsyncIterator
from typing import Annotated, Any
from uuid import UUID

from litestar import Request, Response, get, post
from litestar.di import NamedDependency
from litestar.openapi.datastructures import ResponseSpec
from litestar.params import FromPath, JSONBody, QueryParameter
from litestar.response import Stream
from litestar.types import ControllerRouterHandler

from service.accounts import audit
from service.accounts.callers import Caller, May
from service.advocacy.vouchers import pool_routes, sealing, showing, store
from service.advocacy.vouchers.giving import actions as giving
from service.advocacy.vouchers.giving import redemptions
from service.advocacy.vouchers.giving.actions import Asked, Given
from service.advocacy.vouchers.problems import (
    PoolClosed,
    PoolEmpty,
    UnknownPool,
    UnknownVoucher,
    VoucherExpired,
    VoucherNotGiven,
    VoucherUsed,
    VoucherVoid,
)
from service.advocacy.vouchers.schemas import (
    GivenVoucher,
    GiveVoucher,
    ListedVouchers,
    Redeemed,
    Redemption,
    VoidVoucher,
    Voucher,
    VoucherStatus,
)
from service.influencers.reading import id_list
from service.influencers.schemas import IdList
from service.kit import ids as outer
from service.kit import paging
from service.kit.db import Connection, Database
from service.kit.paging import DEFAULT_LIMIT, BadCursor, Cursor, Limit, Page
from service.kit.problems import InvalidInput, NotFound

Reader = Annotated[Caller, May("advocacy:read")]
Writer = Annotated[Caller, May("advocacy:write")]
_AGAIN = {200: ResponseSpec(GivenVoucher, description="It was asked for before: the same code.")}
AnyRequest = Request[Any, Any, Any]
InStatus = Annotated[VoucherStatus | None, QueryParameter(name="status", description="in this status")]
ByReference = Annotated[str | None, QueryParameter(max_length=100, description="given for this")]
ByCode = Annotated[str | None, QueryParameter(max_length=200, description="this code, in any spelling")]
CSV = {"text/csv": {"schema": {"type": "string"}}}
ROWS = 500


@get(
    "/v1/voucher-pools/{pool_id:str}/codes",
    tags=["advocacy"],
    raises=[UnknownPool, BadCursor, InvalidInput, NotFound],
)
async def list_vouchers(
    caller: NamedDependency[Reader],
    db: NamedDependency[Connection],
    pool_id: FromPath[str],
    ids: IdList = None,
    in_status: InStatus = None,
    reference: ByReference = None,
    code: ByCode = None,
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
) -> Page[Voucher]:
    """A pool's codes, masked, in the order in which they came in."""
    pool = await store.get_pool(db, caller.workspace_id, outer.read("vpl", pool_id))
    wanted = _wanted(caller, pool.id, ids, in_status, reference, code)
    after = paging.decode(cursor, UUID)
    rows = await store.list_vouchers(db, caller.workspace_id, wanted, after, limit + 1)
    return paging.page(rows, limit, lambda row: row.id, showing.voucher)


@get(
    "/v1/voucher-pools/{pool_id:str}/codes.csv",
    tags=["advocacy"],
    opt={"openapi_answer": CSV},
    raises=[UnknownPool, InvalidInput, NotFound],
)
async def export_vouchers(
    caller: NamedDependency[Reader],
    db: NamedDependency[Connection],
    request: AnyRequest,
    pool_id: FromPath[str],
    ids: IdList = None,
    in_status: InStatus = None,
    reference: ByReference = None,
    code: ByCode = None,
) -> Stream:
    """The same as a spreadsheet; the codes are masked there too."""
    pool = await store.get_pool(db, caller.workspace_id, outer.read("vpl", pool_id))
    wanted = _wanted(caller, pool.id, ids, in_status, reference, code)
    body = _rows(request.app.state.database, caller.workspace_id, wanted)
    headers = {"Content-Disposition": 'attachment; filename="vouchers.csv"', "Cache-Control": "no-store"}
    return Stream(body, media_type="text/csv", headers=headers)


@post(
    "/v1/voucher-pools/{pool_id:str}/give",
    tags=["advocacy"],
    raises=[UnknownPool, PoolEmpty, PoolClosed, VoucherVoid, InvalidInput],
    responses=_AGAIN,
)
async def give_voucher(
    caller: NamedDependency[Writer],
    db: NamedDependency[Connection],
    pool_id: FromPath[str],
    data: JSONBody[GiveVoucher],
) -> Response[GivenVoucher]:
    """Gives the next free code, in full. The same reference gets the same code again, with 200 for 201.

    However many ask at once, a code is given once; who comes too late is told so (`voucher-pool-empty`).
    """
    asked = Asked(reference=data.reference)
    found = await giving.give_for(db, caller.workspace_id, outer.read("vpl", pool_id), asked)
    return await _given(db, caller, found, "voucher.given")


@get("/v1/vouchers/{voucher_id:str}", tags=["advocacy"], raises=[UnknownVoucher])
async def get_voucher(
    caller: NamedDependency[Reader], db: NamedDependency[Connection], voucher_id: FromPath[str]
) -> Voucher:
    """A voucher, its code masked."""
    return showing.voucher(await store.get_voucher(db, caller.workspace_id, outer.read("vch", voucher_id)))


@post(
    "/v1/vouchers/redemptions",
    tags=["advocacy"],
    status_code=200,
    raises=[UnknownVoucher, VoucherVoid, VoucherExpired, VoucherUsed, InvalidInput],
)
async def redeem_voucher(
    caller: NamedDependency[Writer], db: NamedDependency[Connection], data: JSONBody[Redemption]
) -> Redeemed:
    """Notes that a code was used for an order. The same code and order again change nothing.

    A code that nobody had been given is used by it too, and is given to nobody then (`was_given`: false).
    """
    done = await redemptions.redeem(db, caller.workspace_id, data)
    if not done.repeated:
        await audit.record(db, caller, "voucher.redeemed", done.voucher.id, {"was_given": done.was_given})
    return done


@post(
    "/v1/vouchers/{voucher_id:str}/void",
    tags=["advocacy"],
    status_code=200,
    raises=[UnknownVoucher, VoucherUsed, InvalidInput],
)
async def void_voucher(
    caller: NamedDependency[Writer],
    db: NamedDependency[Connection],
    voucher_id: FromPath[str],
    data: JSONBody[VoidVoucher],
) -> Voucher:
    """Makes a code good no more, whether it was given or not; a used one stays used. A second time changes
    nothing. Void it in the shop too: elci can't."""
    row, is_new = await giving.void(db, caller.workspace_id, outer.read("vch", voucher_id), data.reason)
    if is_new:
        await audit.record(db, caller, "voucher.voided", voucher_id, {"reason": data.reason})
    return showing.voucher(row)


@post(
    "/v1/vouchers/{voucher_id:str}/replace",
    tags=["advocacy"],
    raises=[UnknownVoucher, VoucherUsed, VoucherVoid, VoucherNotGiven, PoolEmpty, PoolClosed, InvalidInput],
    responses=_AGAIN,
)
async def replace_voucher(
    caller: NamedDependency[Writer],
    db: NamedDependency[Connection],
    voucher_id: FromPath[str],
    data: JSONBody[VoidVoucher],
) -> Response[GivenVoucher]:
    """Voids a code that doesn't work, and gives another of its pool for the same.

    Asked again, the answer is the same one, with 200.
    """
    found = await giving.replace(db, caller.workspace_id, outer.read("vch", voucher_id), data.reason)
    return await _given(db, caller, found, "voucher.replaced", replaced=voucher_id, reason=data.reason)


async def _given(
    db: Connection, caller: Caller, found: Given, action: str, **details: str
) -> Response[GivenVoucher]:
    shown = showing.given(found.voucher, found.pool, found.code, repeated=found.repeated)
    if not found.repeated:
        await audit.record(db, caller, action, shown.id, {"pool_id": shown.pool_id, **details})
    headers = {"Cache-Control": "no-store"}
    return Response(shown, status_code=200 if found.repeated else 201, headers=headers)


def _wanted(
    caller: Caller,
    pool_id: UUID,
    ids: str | None,
    status: VoucherStatus | None,
    reference: str | None,
    code: str | None,
) -> ListedVouchers:
    key = None if code is None else sealing.code_key(caller.workspace_id, code)
    return ListedVouchers(pool_id, id_list("vch", ids), status, reference, key)


async def _rows(database: Database, workspace_id: UUID, wanted: ListedVouchers) -> AsyncIterator[str]:
    yield showing.header()
    after: UUID | None = None
    while True:
        async with database.transaction(workspace_id) as db:
            rows = await store.list_vouchers(db, workspace_id, wanted, after, ROWS)
        yield showing.lines(rows)
        if len(rows) < ROWS:
            return
        after = rows[-1].id


ROUTES: list[ControllerRouterHandler] = [
    *pool_routes.ROUTES,
    list_vouchers,
    export_vouchers,
    give_voucher,
    redeem_voucher,
    get_voucher,
    void_voucher,
    replace_voucher,
]
