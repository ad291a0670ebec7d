"""/v1/voucher-pools, and the import of their codes."""

from functools import partial
from typing import Annotated, Any
from uuid import UUID

from litestar import Request, Response, get, patch, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody, QueryParameter
from litestar.types import ControllerRouterHandler
from msgspec import UNSET, structs

from service.accounts import audit
from service.accounts.callers import Caller, May, transaction
from service.advocacy.vouchers import actions, intake, store
from service.advocacy.vouchers.problems import CodesUnreadable, CodeTaken, UnknownPool
from service.advocacy.vouchers.schemas import (
    CodesTaken,
    NewPool,
    Pool,
    PoolPatch,
    PoolRow,
    PoolStatus,
    Voided,
    VoidFree,
)
from service.influencers.reading import id_list
from service.influencers.schemas import IdList
from service.kit import etag, paging
from service.kit import ids as outer
from service.kit.db import Connection
from service.kit.etag import IfMatch
from service.kit.paging import DEFAULT_LIMIT, BadCursor, Cursor, Limit, Page
from service.kit.problems import InvalidInput, NotFound, PreconditionFailed, TooLarge
from service.kit.upload import OPENAPI_BODY, BadUpload, Upload

Reader = Annotated[Caller, May("advocacy:read")]
Writer = Annotated[Caller, May("advocacy:write")]
AnyRequest = Request[Any, Any, Any]
InStatus = Annotated[PoolStatus | None, QueryParameter(name="status", description="in this status")]
DryRun = Annotated[bool, QueryParameter(description="say what would become of each line, and add nothing")]


@post("/v1/voucher-pools", tags=["advocacy"], raises=[InvalidInput])
async def create_voucher_pool(
    caller: NamedDependency[Writer], db: NamedDependency[Connection], data: JSONBody[NewPool]
) -> Response[Pool]:
    """Makes a pool without codes; `POST /v1/voucher-pools/{id}/codes` fills it."""
    made = await actions.add(db, caller.workspace_id, data, caller.name)
    await audit.record(db, caller, "voucher_pool.created", made.id)
    return Response(made, status_code=201, headers={"ETag": etag.of(1)})


@get("/v1/voucher-pools", tags=["advocacy"], raises=[BadCursor, InvalidInput, NotFound])
async def list_voucher_pools(
    caller: NamedDependency[Reader],
    db: NamedDependency[Connection],
    ids: IdList = None,
    in_status: InStatus = None,
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
) -> Page[Pool]:
    """Pools with how many codes they hold, the newest first."""
    before = paging.decode(cursor, UUID)
    asked = id_list("vpl", ids)
    rows = await store.list_pools(db, caller.workspace_id, asked, in_status, before, limit + 1)
    found = paging.page(rows, limit, lambda row: row.id, lambda row: row)
    data = await actions.with_stock(db, caller.workspace_id, found.data)
    return Page(data, found.next_cursor, found.has_more)


@get("/v1/voucher-pools/{pool_id:str}", tags=["advocacy"], raises=[UnknownPool])
async def get_voucher_pool(
    caller: NamedDependency[Reader], db: NamedDependency[Connection], pool_id: FromPath[str]
) -> Response[Pool]:
    """A pool, and how many of its codes are free, given, redeemed, expired and void."""
    return await _answer(
        db, caller, await store.get_pool(db, caller.workspace_id, outer.read("vpl", pool_id))
    )


@patch(
    "/v1/voucher-pools/{pool_id:str}",
    tags=["advocacy"],
    raises=[UnknownPool, InvalidInput, PreconditionFailed],
)
async def change_voucher_pool(
    caller: NamedDependency[Writer],
    db: NamedDependency[Connection],
    pool_id: FromPath[str],
    data: JSONBody[PoolPatch],
    if_match: IfMatch = None,
) -> Response[Pool]:
    """Changes what is sent. A closed pool gives no codes; what was given stays good."""
    row = await store.lock_pool(db, caller.workspace_id, outer.read("vpl", pool_id))
    etag.match(if_match, row.version)
    row = await actions.change(db, caller.workspace_id, row, data)
    fields = sorted(name for name, value in structs.asdict(data).items() if value is not UNSET)
    await audit.record(db, caller, "voucher_pool.changed", pool_id, {"fields": fields})
    return await _answer(db, caller, row)


@post(
    "/v1/voucher-pools/{pool_id:str}/codes",
    tags=["advocacy"],
    status_code=200,
    opt={"openapi_body": OPENAPI_BODY},
    raises=[UnknownPool, CodesUnreadable, CodeTaken, BadUpload, TooLarge],
)
async def import_voucher_codes(
    caller: NamedDependency[Writer], request: AnyRequest, pool_id: FromPath[str], dry_run: DryRun = False
) -> CodesTaken:
    """Adds codes from a text or CSV, one a line, at most 100,000: the body itself, or a form's file.

    A code is one in the workspace, whatever case it is written in: lines that bring none are told by row. The
    same file again adds nothing. Codes are stored sealed, and never listed in full.
    """
    inner = outer.read("vpl", pool_id)
    begin = partial(transaction, request, caller)
    upload = Upload(request, min(intake.MOST_BYTES, request.app.state.settings.max_upload))
    found = await intake.prepared(caller.workspace_id, await intake.received(upload))
    async with begin() as db:
        taken = await intake.take_in(db, caller.workspace_id, inner, found, dry_run=dry_run)
        if taken.added and not dry_run:
            await audit.record(db, caller, "voucher_pool.filled", pool_id, {"added": taken.added})
    return taken


@post(
    "/v1/voucher-pools/{pool_id:str}/void",
    tags=["advocacy"],
    status_code=200,
    raises=[UnknownPool, InvalidInput],
)
async def void_free_vouchers(
    caller: NamedDependency[Writer],
    db: NamedDependency[Connection],
    pool_id: FromPath[str],
    data: JSONBody[VoidFree],
) -> Voided:
    """Voids every code of the pool that nobody has been given. There is no way back: `dry_run`
    counts first."""
    done = await actions.void_free(db, caller.workspace_id, outer.read("vpl", pool_id), data)
    if done.voided and not done.dry_run:
        details = {"voided": done.voided, "reason": data.reason}
        await audit.record(db, caller, "voucher_pool.voided", pool_id, details)
    return done


async def _answer(db: Connection, caller: Caller, row: PoolRow) -> Response[Pool]:
    (shown,) = await actions.with_stock(db, caller.workspace_id, [row])
    return Response(shown, headers={"ETag": etag.of(row.version)})


ROUTES: list[ControllerRouterHandler] = [
    create_voucher_pool,
    list_voucher_pools,
    get_voucher_pool,
    change_voucher_pool,
    import_voucher_codes,
    void_free_vouchers,
]
