"""/v1/brands."""

from typing import Annotated

from litestar import Response, delete, get, patch, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody, QueryParameter

from service.accounts import audit
from service.accounts.callers import Caller, May
from service.influencers.brands import actions, show, store
from service.influencers.brands.schemas import (
    Brand,
    BrandKind,
    BrandPatch,
    BrandRow,
    NewBrand,
)
from service.influencers.problems import AccountTaken, PrivateUrl, UnknownBrand
from service.influencers.profiles.actions import given_fields
from service.influencers.profiles.schemas import IdKey
from service.influencers.reading import id_list
from service.influencers.schemas import IdList, Time
from service.kit import etag, ids, paging
from service.kit.db import Connection
from service.kit.etag import IfMatch
from service.kit.paging import DEFAULT_LIMIT, Cursor, Limit, Page
from service.kit.problems import PreconditionFailed

Reader = Annotated[Caller, May("brands:read")]
Writer = Annotated[Caller, May("brands:write")]
Archived = Annotated[
    bool | None, QueryParameter(description="false (the default without ids): none that are archived")
]
Since = Annotated[Time | None, QueryParameter(description="changed at or after")]


@post("/v1/brands", tags=["brands"], raises=[AccountTaken, PrivateUrl])
async def create_brand(
    caller: NamedDependency[Writer], db: NamedDependency[Connection], data: JSONBody[NewBrand]
) -> Response[Brand]:
    """Adds an own brand or a competitor, with accounts if there are any."""
    row = await actions.create(db, caller.workspace_id, data)
    await audit.record(db, caller, "brand.created", ids.show("brd", row.id))
    return await _answer(db, caller, row, status=201)


@get("/v1/brands", tags=["brands"], raises=[paging.BadCursor])
async def list_brands(
    caller: NamedDependency[Reader],
    db: NamedDependency[Connection],
    ids: IdList = None,
    kind: Annotated[BrandKind | None, QueryParameter()] = None,
    archived: Archived = None,
    updated_since: Since = None,
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
) -> Page[Brand]:
    """Brands with their accounts, the newest first."""
    wanted_ids = id_list("brd", ids)
    hidden = False if archived is None and wanted_ids is None else archived
    wanted = {"ids": wanted_ids, "kind": kind, "updated_since": updated_since}
    after = paging.decode(cursor, IdKey)
    key = after[0] if after else None
    rows = await store.list_brands(db, caller.workspace_id, wanted, hidden, key, limit + 1)
    shown = iter(await show.with_accounts(db, caller.workspace_id, rows[:limit]))
    return paging.page(rows, limit, lambda row: (row.id,), lambda _: next(shown))


@get("/v1/brands/{brand_id:str}", tags=["brands"], raises=[UnknownBrand])
async def get_brand(
    caller: NamedDependency[Reader], db: NamedDependency[Connection], brand_id: FromPath[str]
) -> Response[Brand]:
    """One brand with its accounts."""
    row = await store.get_brand(db, caller.workspace_id, ids.read("brd", brand_id))
    return await _answer(db, caller, row)


@patch("/v1/brands/{brand_id:str}", tags=["brands"], raises=[UnknownBrand, PreconditionFailed])
async def change_brand(
    caller: NamedDependency[Writer],
    db: NamedDependency[Connection],
    brand_id: FromPath[str],
    data: JSONBody[BrandPatch],
    if_match: IfMatch = None,
) -> Response[Brand]:
    """Changes fields."""
    row = await store.lock_brand(db, caller.workspace_id, ids.read("brd", brand_id))
    etag.match(if_match, row.version)
    saved = await actions.change(db, caller.workspace_id, row, data)
    await audit.record(db, caller, "brand.changed", brand_id, {"fields": sorted(given_fields(data))})
    return await _answer(db, caller, saved)


@delete("/v1/brands/{brand_id:str}", tags=["brands"], raises=[UnknownBrand])
async def archive_brand(
    caller: NamedDependency[Writer], db: NamedDependency[Connection], brand_id: FromPath[str]
) -> None:
    """Archives: hidden from lists until restored."""
    row = await store.lock_brand(db, caller.workspace_id, ids.read("brd", brand_id))
    await store.set_archived(db, caller.workspace_id, row.id, True)
    await audit.record(db, caller, "brand.archived", brand_id)


@post("/v1/brands/{brand_id:str}/restore", tags=["brands"], status_code=200, raises=[UnknownBrand])
async def restore_brand(
    caller: NamedDependency[Writer], db: NamedDependency[Connection], brand_id: FromPath[str]
) -> Response[Brand]:
    """Takes a brand out of the archive."""
    row = await store.lock_brand(db, caller.workspace_id, ids.read("brd", brand_id))
    restored = await store.set_archived(db, caller.workspace_id, row.id, False)
    await audit.record(db, caller, "brand.restored", brand_id)
    return await _answer(db, caller, restored)


async def _answer(db: Connection, caller: Caller, row: BrandRow, status: int = 200) -> Response[Brand]:
    shown = await show.with_accounts(db, caller.workspace_id, [row])
    return Response(shown[0], status_code=status, headers={"ETag": etag.of(row.version)})


ROUTES = [
    create_brand,
    list_brands,
    get_brand,
    change_brand,
    archive_brand,
    restore_brand,
]
