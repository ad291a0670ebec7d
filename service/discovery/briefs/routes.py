"""/v1/briefs."""

from typing import Annotated
from uuid import UUID

from litestar import Response, delete, get, patch, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody, QueryParameter
from litestar.types import ControllerRouterHandler
from msgspec import UNSET

from service.accounts import audit
from service.accounts.callers import Caller, May
from service.discovery.briefs import actions, store, wishes
from service.discovery.briefs.problems import ImpossibleWishes, UnknownBrief
from service.discovery.briefs.schemas import Brief, BriefPatch, BriefRow, Listed, NewBrief
from service.discovery.briefs.wishes import read_or_none
from service.influencers.problems import UnknownBrand, UnknownInfluencer, UnknownPersona
from service.influencers.reading import id_list
from service.influencers.schemas import IdList
from service.kit import etag, ids, paging
from service.kit.db import Connection
from service.kit.etag import IfMatch
from service.kit.paging import DEFAULT_LIMIT, BadCursor, Cursor, Limit, Page
from service.kit.problems import NotFound, PreconditionFailed

Reader = Annotated[Caller, May("discovery:read")]
Writer = Annotated[Caller, May("discovery:write")]
Archived = Annotated[
    bool | None, QueryParameter(description="false (the default without ids): none that are archived")
]
OfBrand = Annotated[str | None, QueryParameter(max_length=40, description="briefs of this brand")]
_NAMED = [ImpossibleWishes, NotFound, UnknownBrand, UnknownInfluencer, UnknownPersona]


@post("/v1/briefs", tags=["discovery"], raises=_NAMED)
async def create_brief(
    caller: NamedDependency[Writer], db: NamedDependency[Connection], data: JSONBody[NewBrief]
) -> Response[Brief]:
    """Writes down what a brand asks for, so that influencers can be ranked by it."""
    actions.check(data)
    wished = wishes.stored(data)
    await actions.check_references(db, caller.workspace_id, wished)
    brand_id = read_or_none("brd", data.brand_id)
    row = await store.add_brief(db, caller.workspace_id, ids.new(), data.name, brand_id, data.stage, wished)
    await audit.record(db, caller, "brief.created", ids.show("bri", row.id))
    return _answer(row, status_code=201)


@get("/v1/briefs", tags=["discovery"], raises=[BadCursor, NotFound])
async def list_briefs(
    caller: NamedDependency[Reader],
    db: NamedDependency[Connection],
    ids: IdList = None,
    brand_id: OfBrand = None,
    archived: Archived = None,
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
) -> Page[Brief]:
    """The newest first. Who is archived is hidden unless named by id."""
    wanted = Listed(id_list("bri", ids), read_or_none("brd", brand_id), archived)
    after = paging.decode(cursor, UUID)
    rows = await store.list_briefs(db, caller.workspace_id, wanted, after, limit + 1)
    return paging.page(rows, limit, lambda row: row.id, wishes.shown)


@get("/v1/briefs/{brief_id:str}", tags=["discovery"], raises=[UnknownBrief])
async def get_brief(
    caller: NamedDependency[Reader], db: NamedDependency[Connection], brief_id: FromPath[str]
) -> Response[Brief]:
    """A brief."""
    return _answer(await store.get_brief(db, caller.workspace_id, ids.read("bri", brief_id)))


@patch("/v1/briefs/{brief_id:str}", tags=["discovery"], raises=[UnknownBrief, PreconditionFailed, *_NAMED])
async def change_brief(
    caller: NamedDependency[Writer],
    db: NamedDependency[Connection],
    brief_id: FromPath[str],
    data: JSONBody[BriefPatch],
    if_match: IfMatch = None,
) -> Response[Brief]:
    """Changes a brief; what is left out stays. Runs of scores keep what they were asked for."""
    actions.check(data)
    row = await store.lock_brief(db, caller.workspace_id, ids.read("bri", brief_id))
    etag.match(if_match, row.version)
    fields = [name for name in data.__struct_fields__ if getattr(data, name) is not UNSET]
    if fields:
        row = await _save(db, caller.workspace_id, row, data)
        await audit.record(db, caller, "brief.changed", brief_id, {"fields": fields})
    return _answer(row)


async def _save(db: Connection, workspace_id: UUID, row: BriefRow, data: BriefPatch) -> BriefRow:
    wished = wishes.stored(data, row.wishes)
    await actions.check_references(db, workspace_id, wished)
    brand_id = row.brand_id if data.brand_id is UNSET else read_or_none("brd", data.brand_id)
    return await store.save_brief(
        db,
        workspace_id,
        row.id,
        row.name if data.name is UNSET else data.name,
        brand_id,
        row.stage if data.stage is UNSET else data.stage,
        wished,
    )


@delete("/v1/briefs/{brief_id:str}", tags=["discovery"], raises=[UnknownBrief])
async def archive_brief(
    caller: NamedDependency[Writer], db: NamedDependency[Connection], brief_id: FromPath[str]
) -> None:
    """Archives a brief: it leaves the list and is read by its id. A second time changes nothing."""
    await store.set_archived(db, caller.workspace_id, ids.read("bri", brief_id), True)
    await audit.record(db, caller, "brief.archived", brief_id)


@post("/v1/briefs/{brief_id:str}/restore", tags=["discovery"], status_code=200, raises=[UnknownBrief])
async def restore_brief(
    caller: NamedDependency[Writer], db: NamedDependency[Connection], brief_id: FromPath[str]
) -> Response[Brief]:
    """Takes a brief out of the archive."""
    row = await store.set_archived(db, caller.workspace_id, ids.read("bri", brief_id), False)
    await audit.record(db, caller, "brief.restored", brief_id)
    return _answer(row)


def _answer(row: BriefRow, status_code: int = 200) -> Response[Brief]:
    return Response(wishes.shown(row), status_code=status_code, headers={"ETag": etag.of(row.version)})


ROUTES: list[ControllerRouterHandler] = [
    create_brief,
    list_briefs,
    get_brief,
    change_brief,
    archive_brief,
    restore_brief,
]
