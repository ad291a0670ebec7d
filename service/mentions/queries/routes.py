"""/v1/listening/queries."""

from typing import Annotated, Any
from uuid import UUID

from litestar import Request, delete, get, patch, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody, QueryParameter
from litestar.types import ControllerRouterHandler

from service.accounts.callers import Caller, May
from service.influencers.problems import UnknownBrand
from service.influencers.reading import id_list
from service.influencers.schemas import IdList
from service.kit import ids as outer
from service.kit import paging
from service.kit.db import Connection
from service.kit.paging import DEFAULT_LIMIT, BadCursor, Cursor, Limit, Page
from service.kit.problems import InvalidInput, NotFound
from service.mentions.problems import QueryExists, TooManyQueries, UnknownQuery
from service.mentions.queries import actions, store
from service.mentions.queries.schemas import ListeningQuery, NewQuery, QueryPatch, Trial, TrialResult
from service.mentions.queries.trying import try_out

Reader = Annotated[Caller, May("mentions:read")]
Writer = Annotated[Caller, May("mentions:write")]
AnyRequest = Request[Any, Any, Any]
OfBrand = Annotated[str | None, QueryParameter(max_length=40, description="about this brand (brd_...)")]
InStatus = Annotated[
    str | None,
    QueryParameter(
        name="status",
        max_length=10,
        pattern="^(active|paused|archived)$",
        description="all but archived ones where it is left out",
    ),
]


@post(
    "/v1/listening/queries",
    tags=["mentions"],
    raises=[InvalidInput, UnknownBrand, QueryExists, TooManyQueries, NotFound],
)
async def create_listening_query(
    caller: NamedDependency[Writer], db: NamedDependency[Connection], data: JSONBody[NewQuery]
) -> ListeningQuery:
    """Makes a query. Mentions are matched with it as they come in; a job finds those that are stored.

    The language: `trendyol` finds the word in any spelling of its letters and with Turkish endings
    (Trendyol'dan, TRENDYOLUN); `kahv*` what begins so; `"filtre kahve"` words in a row; `a AND b` or `a b`,
    `a OR b`, `NOT a` or `-a`, with brackets; `a NEAR/5 b` at most five words apart, in any order; `#tag`,
    `@handle`. Fields: `author:`, `from:` (a handle), `lang:tr`, `site:eksisozluk.com`, `platform:`,
    `source:`, `country:TR`, `kind:review`, `tag:`, `sentiment:negative`, `followers:>1000`. Operators are
    written in capitals. A query that can't be read is refused with the character at which it fails.
    """
    return actions.show(await actions.add(db, caller, data))


@get("/v1/listening/queries", tags=["mentions"], raises=[BadCursor, NotFound, InvalidInput])
async def list_listening_queries(
    caller: NamedDependency[Reader],
    db: NamedDependency[Connection],
    ids: IdList = None,
    brand_id: OfBrand = None,
    in_status: InStatus = None,
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
) -> Page[ListeningQuery]:
    """The newest first."""
    rows = await store.list_queries(
        db,
        caller.workspace_id,
        id_list("lsq", ids),
        None if brand_id is None else outer.read("brd", brand_id),
        in_status,
        paging.decode(cursor, UUID),
        limit + 1,
    )
    return paging.page(rows, limit, lambda row: row.id, actions.show)


@get("/v1/listening/queries/{query_id:str}", tags=["mentions"], raises=[UnknownQuery])
async def get_listening_query(
    caller: NamedDependency[Reader], db: NamedDependency[Connection], query_id: FromPath[str]
) -> ListeningQuery:
    """One query."""
    return actions.show(await store.get_query(db, caller.workspace_id, outer.read("lsq", query_id)))


@patch(
    "/v1/listening/queries/{query_id:str}",
    tags=["mentions"],
    raises=[UnknownQuery, InvalidInput, UnknownBrand, QueryExists, NotFound],
)
async def change_listening_query(
    caller: NamedDependency[Writer],
    db: NamedDependency[Connection],
    query_id: FromPath[str],
    data: JSONBody[QueryPatch],
) -> ListeningQuery:
    """Changes a query. Where its expression or its tags change, a job applies it to stored mentions."""
    return actions.show(await actions.change(db, caller, outer.read("lsq", query_id), data))


@delete("/v1/listening/queries/{query_id:str}", tags=["mentions"], raises=[UnknownQuery])
async def archive_listening_query(
    caller: NamedDependency[Writer], db: NamedDependency[Connection], query_id: FromPath[str]
) -> None:
    """Archives a query: it matches nothing new, and what it matched stays countable."""
    await actions.archive(db, caller, outer.read("lsq", query_id))


@post("/v1/listening/queries/try", tags=["mentions"], status_code=200, raises=[InvalidInput])
async def try_listening_query(
    caller: NamedDependency[Reader],
    db: NamedDependency[Connection],
    request: AnyRequest,
    data: JSONBody[Trial],
) -> TrialResult:
    """Says what a query would find among stored mentions, without saving it."""
    return await try_out(request.app.state.database, db, caller.workspace_id, data)


ROUTES: list[ControllerRouterHandler] = [
    create_listening_query,
    list_listening_queries,
    try_listening_query,
    get_listening_query,
    change_listening_query,
    archive_listening_query,
]
