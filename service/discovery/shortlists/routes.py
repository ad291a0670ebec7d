"""/v1/shortlists."""

from typing import Annotated
from uuid import UUID

from litestar import Response, delete, get, patch, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody, QueryParameter
from litestar.types import ControllerRouterHandler
from msgspec import UNSET

from service.accounts import audit
from service.accounts.callers import Caller, May
from service.discovery.briefs.problems import UnknownBrief
from service.discovery.briefs.routes import Archived
from service.discovery.briefs.schemas import Listed
from service.discovery.briefs.wishes import read_or_none
from service.discovery.shortlists import actions, store
from service.discovery.shortlists.problems import ShortlistArchived, UnknownShortlist
from service.discovery.shortlists.schemas import NewShortlist, Shortlist, ShortlistPatch, ShortlistRow
from service.influencers.reading import id_list
from service.influencers.schemas import IdList
from service.kit import etag, ids, paging
from service.kit.db import Connection
from service.kit.etag import IfMatch
from service.kit.paging import DEFAULT_LIMIT, BadCursor, Cursor, Limit, Page
from service.kit.problems import NotFound, PreconditionFailed, PreconditionRequired

Reader = Annotated[Caller, May("discovery:read")]
Writer = Annotated[Caller, May("discovery:write")]
OfBrief = Annotated[str | None, QueryParameter(max_length=40, description="lists of this brief")]


@post("/v1/shortlists", tags=["discovery"], raises=[UnknownBrief])
async def create_shortlist(
    caller: NamedDependency[Writer], db: NamedDependency[Connection], data: JSONBody[NewShortlist]
) -> Response[Shortlist]:
    """Makes an empty list."""
    row = await store.add_shortlist(
        db, caller.workspace_id, ids.new(), data.name, read_or_none("bri", data.brief_id), data.notes
    )
    await audit.record(db, caller, "shortlist.created", ids.show("sho", row.id))
    return await _answer(db, caller, row, status_code=201)


@get("/v1/shortlists", tags=["discovery"], raises=[BadCursor, NotFound])
async def list_shortlists(
    caller: NamedDependency[Reader],
    db: NamedDependency[Connection],
    ids: IdList = None,
    brief_id: OfBrief = None,
    archived: Archived = None,
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
) -> Page[Shortlist]:
    """The newest first. Those that are archived are hidden unless named by id."""
    wanted = Listed(id_list("sho", ids), read_or_none("bri", brief_id), archived)
    after = paging.decode(cursor, UUID)
    rows = await store.list_shortlists(db, caller.workspace_id, wanted, after, limit + 1)
    lists = dict(
        zip([row.id for row in rows], await actions.shown(db, caller.workspace_id, rows), strict=True)
    )
    return paging.page(rows, limit, lambda row: row.id, lambda row: lists[row.id])


@get("/v1/shortlists/{shortlist_id:str}", tags=["discovery"], raises=[UnknownShortlist])
async def get_shortlist(
    caller: NamedDependency[Reader], db: NamedDependency[Connection], shortlist_id: FromPath[str]
) -> Response[Shortlist]:
    """A list. Its ETag changes with every change of the list or of its items."""
    row = await store.get_shortlist(db, caller.workspace_id, ids.read("sho", shortlist_id))
    return await _answer(db, caller, row)


@patch(
    "/v1/shortlists/{shortlist_id:str}",
    tags=["discovery"],
    raises=[UnknownShortlist, ShortlistArchived, UnknownBrief, PreconditionFailed, PreconditionRequired],
)
async def change_shortlist(
    caller: NamedDependency[Writer],
    db: NamedDependency[Connection],
    shortlist_id: FromPath[str],
    data: JSONBody[ShortlistPatch],
    if_match: IfMatch = None,
) -> Response[Shortlist]:
    """Changes name, brief or notes; needs If-Match, because people work on a list together."""
    row = await actions.locked(db, caller.workspace_id, shortlist_id, if_match, required=True)
    fields = [name for name in data.__struct_fields__ if getattr(data, name) is not UNSET]
    if fields:
        brief_id = row.brief_id if data.brief_id is UNSET else read_or_none("bri", data.brief_id)
        name = row.name if data.name is UNSET else data.name
        notes = row.notes if data.notes is UNSET else data.notes
        row = await store.save_shortlist(db, caller.workspace_id, row.id, name, brief_id, notes)
        await audit.record(db, caller, "shortlist.changed", shortlist_id, {"fields": fields})
    return await _answer(db, caller, row)


@delete(
    "/v1/shortlists/{shortlist_id:str}", tags=["discovery"], raises=[UnknownShortlist, PreconditionFailed]
)
async def archive_shortlist(
    caller: NamedDependency[Writer],
    db: NamedDependency[Connection],
    shortlist_id: FromPath[str],
    if_match: IfMatch = None,
) -> None:
    """Archives a list and closes its share links. A second time changes nothing."""
    row = await store.lock_shortlist(db, caller.workspace_id, ids.read("sho", shortlist_id))
    etag.match(if_match, row.version)
    await store.set_archived(db, caller.workspace_id, row.id, True)
    await audit.record(db, caller, "shortlist.archived", shortlist_id)


@post(
    "/v1/shortlists/{shortlist_id:str}/restore",
    tags=["discovery"],
    status_code=200,
    raises=[UnknownShortlist, PreconditionFailed],
)
async def restore_shortlist(
    caller: NamedDependency[Writer],
    db: NamedDependency[Connection],
    shortlist_id: FromPath[str],
    if_match: IfMatch = None,
) -> Response[Shortlist]:
    """Takes a list out of the archive; share links that have not ended work again."""
    row = await store.lock_shortlist(db, caller.workspace_id, ids.read("sho", shortlist_id))
    etag.match(if_match, row.version)
    row = await store.set_archived(db, caller.workspace_id, row.id, False)
    await audit.record(db, caller, "shortlist.restored", shortlist_id)
    return await _answer(db, caller, row)


async def _answer(
    db: Connection, caller: Caller, row: ShortlistRow, status_code: int = 200
) -> Response[Shortlist]:
    [shown] = await actions.shown(db, caller.workspace_id, [row])
    return Response(shown, status_code=status_code, headers={"ETag": etag.of(row.version)})


ROUTES: list[ControllerRouterHandler] = [
    create_shortlist,
    list_shortlists,
    get_shortlist,
    change_shortlist,
    archive_shortlist,
    restore_shortlist,
]
