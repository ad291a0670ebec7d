"""/v1/disclosure/watches."""

from typing import Annotated, Any
from uuid import UUID

from litestar import Request, Response, delete, get, patch, post
from litestar.datastructures import State
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody, QueryParameter
from litestar.types import ControllerRouterHandler
from msgspec import UNSET, structs

from service.accounts import audit
from service.accounts.callers import Caller, May
from service.influencers.problems import UnknownInfluencer
from service.influencers.reading import id_list
from service.influencers.schemas import IdList
from service.kit import etag, paging
from service.kit import ids as outer
from service.kit.db import Connection
from service.kit.etag import IfMatch
from service.kit.paging import DEFAULT_LIMIT, BadCursor, Cursor, Limit, Page
from service.kit.problems import InvalidInput, NotFound, PreconditionFailed
from service.mentions.disclosure import rules
from service.mentions.disclosure.watches import actions, store
from service.mentions.disclosure.watches.schemas import (
    DisclosureWatch,
    DisclosureWatchPatch,
    NewDisclosureWatch,
    WatchRow,
)
from service.mentions.problems import UnknownWatch

Reader = Annotated[Caller, May("mentions:read")]
Writer = Annotated[Caller, May("mentions:write")]
AnyRequest = Request[Any, Any, State]
OfInfluencer = Annotated[str | None, QueryParameter(max_length=40, description="of this influencer")]
OfMarket = Annotated[str | None, QueryParameter(pattern="^[A-Z]{2}$", description="in this market")]
Archived = Annotated[bool, QueryParameter(description="archived ones too")]


@post("/v1/disclosure/watches", tags=["mentions"], raises=[InvalidInput, UnknownInfluencer])
async def create_disclosure_watch(
    caller: NamedDependency[Writer],
    db: NamedDependency[Connection],
    request: AnyRequest,
    data: JSONBody[NewDisclosureWatch],
) -> Response[DisclosureWatch]:
    """Watches posts that stand under an obligation: those that are there now, and each that comes in.

    They are looked at by a job, and again whenever a rule pack changes or comes into force.
    """
    row = await actions.add(db, caller.workspace_id, data, rules.of(request.app.state.settings))
    await audit.record(db, caller, "disclosure_watch.created", outer.show("dwt", row.id))
    return _answer(row, 201)


@get("/v1/disclosure/watches", tags=["mentions"], raises=[BadCursor, InvalidInput, NotFound])
async def list_disclosure_watches(
    caller: NamedDependency[Reader],
    db: NamedDependency[Connection],
    ids: IdList = None,
    influencer_id: OfInfluencer = None,
    market: OfMarket = None,
    archived: Archived = False,
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
) -> Page[DisclosureWatch]:
    """The newest first."""
    who = None if influencer_id is None else outer.read("inf", influencer_id)
    before = paging.decode(cursor, UUID)
    rows = await store.list_watches(
        db, caller.workspace_id, id_list("dwt", ids), who, market, archived, before, limit + 1
    )
    return paging.page(rows, limit, lambda row: row.id, actions.shown)


@get("/v1/disclosure/watches/{watch_id:str}", tags=["mentions"], raises=[UnknownWatch])
async def get_disclosure_watch(
    caller: NamedDependency[Reader], db: NamedDependency[Connection], watch_id: FromPath[str]
) -> Response[DisclosureWatch]:
    """A watch."""
    return _answer(await store.get_watch(db, caller.workspace_id, outer.read("dwt", watch_id)))


@patch(
    "/v1/disclosure/watches/{watch_id:str}",
    tags=["mentions"],
    raises=[UnknownWatch, InvalidInput, PreconditionFailed],
)
async def change_disclosure_watch(
    caller: NamedDependency[Writer],
    db: NamedDependency[Connection],
    request: AnyRequest,
    watch_id: FromPath[str],
    data: JSONBody[DisclosureWatchPatch],
    if_match: IfMatch = None,
) -> Response[DisclosureWatch]:
    """Changes what is sent; all posts are looked at anew, and what is no longer meant is forgotten."""
    row = await store.lock_watch(db, caller.workspace_id, outer.read("dwt", watch_id))
    etag.match(if_match, row.version)
    row = await actions.change(db, caller.workspace_id, row, data, rules.of(request.app.state.settings))
    fields = sorted(name for name, value in structs.asdict(data).items() if value is not UNSET)
    await audit.record(db, caller, "disclosure_watch.changed", watch_id, {"fields": fields})
    return _answer(row)


@delete("/v1/disclosure/watches/{watch_id:str}", tags=["mentions"], raises=[UnknownWatch, PreconditionFailed])
async def archive_disclosure_watch(
    caller: NamedDependency[Writer],
    db: NamedDependency[Connection],
    watch_id: FromPath[str],
    if_match: IfMatch = None,
) -> None:
    """Ends a watch: nothing more is looked at, its findings stay. A second time changes nothing."""
    row = await store.lock_watch(db, caller.workspace_id, outer.read("dwt", watch_id))
    etag.match(if_match, row.version)
    if await store.archive_watch(db, caller.workspace_id, row.id) is not None:
        await audit.record(db, caller, "disclosure_watch.archived", watch_id)


def _answer(row: WatchRow, status_code: int = 200) -> Response[DisclosureWatch]:
    return Response(actions.shown(row), status_code=status_code, headers={"ETag": etag.of(row.version)})


ROUTES: list[ControllerRouterHandler] = [
    create_disclosure_watch,
    list_disclosure_watches,
    get_disclosure_watch,
    change_disclosure_watch,
    archive_disclosure_watch,
]
