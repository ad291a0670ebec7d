"""/v1/saved-searches."""

from typing import Annotated, Any, cast, get_args
from uuid import UUID

from litestar import Request, delete, get, patch, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from litestar.types import ControllerRouterHandler
from msgspec import UNSET

from service.accounts import audit
from service.accounts.callers import Caller, May
from service.discovery.models.problems import ModelRefused
from service.discovery.saved import store
from service.discovery.saved.schemas import (
    FacetList,
    IncludeList,
    NewSavedSearch,
    SavedSearch,
    SavedSearchPatch,
    SavedSearchRow,
)
from service.discovery.search import actions
from service.discovery.search.facets import Facet
from service.discovery.search.planning import check
from service.discovery.search.problems import FilterNotAvailable, UnknownSavedSearch
from service.discovery.search.routes import check_include
from service.discovery.search.schemas import Include, SearchRequest, SearchResults
from service.influencers.reading import id_list, words
from service.influencers.schemas import IdList
from service.kit import ids, paging
from service.kit.db import Connection
from service.kit.paging import DEFAULT_LIMIT, BadCursor, Cursor, Limit, Page
from service.kit.problems import InvalidInput, NotFound

Reader = Annotated[Caller, May("discovery:read")]
Writer = Annotated[Caller, May("discovery:write")]
_FACETS = frozenset(get_args(Facet))
_INCLUDES = frozenset(get_args(Include))


@post("/v1/saved-searches", tags=["discovery"], raises=[InvalidInput])
async def create_saved_search(
    caller: NamedDependency[Writer], db: NamedDependency[Connection], data: JSONBody[NewSavedSearch]
) -> SavedSearch:
    """Keeps a search under a name."""
    check(data.search)
    row = await store.add_saved(db, caller.workspace_id, ids.new(), data.name, data.search, caller.name)
    await audit.record(db, caller, "saved_search.created", ids.show("sav", row.id))
    return _shown(row)


@get("/v1/saved-searches", tags=["discovery"], raises=[BadCursor, NotFound])
async def list_saved_searches(
    caller: NamedDependency[Reader],
    db: NamedDependency[Connection],
    ids: IdList = None,
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
) -> Page[SavedSearch]:
    """The newest first."""
    before = paging.decode(cursor, UUID)
    rows = await store.list_saved(db, caller.workspace_id, before, id_list("sav", ids), limit + 1)
    return paging.page(rows, limit, lambda row: row.id, _shown)


@get("/v1/saved-searches/{saved_search_id:str}", tags=["discovery"], raises=[UnknownSavedSearch])
async def get_saved_search(
    caller: NamedDependency[Reader], db: NamedDependency[Connection], saved_search_id: FromPath[str]
) -> SavedSearch:
    """A saved search."""
    return _shown(await store.get_saved(db, caller.workspace_id, ids.read("sav", saved_search_id)))


@patch(
    "/v1/saved-searches/{saved_search_id:str}", tags=["discovery"], raises=[UnknownSavedSearch, InvalidInput]
)
async def change_saved_search(
    caller: NamedDependency[Writer],
    db: NamedDependency[Connection],
    saved_search_id: FromPath[str],
    data: JSONBody[SavedSearchPatch],
) -> SavedSearch:
    """Changes the name or the search; what is left out stays."""
    search = None if data.search is UNSET else data.search
    if search is not None:
        check(search)
    saved_id = ids.read("sav", saved_search_id)
    name = None if data.name is UNSET else data.name
    row = await store.change_saved(db, caller.workspace_id, saved_id, name, search)
    await audit.record(db, caller, "saved_search.changed", saved_search_id)
    return _shown(row)


@delete("/v1/saved-searches/{saved_search_id:str}", tags=["discovery"], raises=[UnknownSavedSearch])
async def delete_saved_search(
    caller: NamedDependency[Writer], db: NamedDependency[Connection], saved_search_id: FromPath[str]
) -> None:
    """Deletes a saved search."""
    if await store.drop_saved(db, caller.workspace_id, ids.read("sav", saved_search_id)) is None:
        raise UnknownSavedSearch()
    await audit.record(db, caller, "saved_search.deleted", saved_search_id)


@get(
    "/v1/saved-searches/{saved_search_id:str}/results",
    tags=["discovery"],
    raises=[UnknownSavedSearch, BadCursor, FilterNotAvailable, InvalidInput, NotFound, ModelRefused],
)
async def run_saved_search(
    request: Request[Any, Any, Any],
    caller: NamedDependency[Reader],
    db: NamedDependency[Connection],
    saved_search_id: FromPath[str],
    include: IncludeList = None,
    facets: FacetList = None,
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
) -> SearchResults:
    """What a saved search finds now."""
    row = await store.get_saved(db, caller.workspace_id, ids.read("sav", saved_search_id))
    asked = SearchRequest(
        row.search.query,
        row.search.filters,
        row.search.sort,
        row.search.brief_id,
        facets=cast(list[Facet], sorted(words("facets", facets, _FACETS))),
        include=cast(list[Include], sorted(words("include", include, _INCLUDES))),
        limit=limit,
        cursor=cursor,
    )
    check_include(caller, asked)
    return await actions.search(request.app.state.database, db, caller.workspace_id, asked)


def _shown(row: SavedSearchRow) -> SavedSearch:
    return SavedSearch(
        ids.show("sav", row.id), row.name, row.search, row.created_by, row.created_at, row.updated_at
    )


ROUTES: list[ControllerRouterHandler] = [
    create_saved_search,
    list_saved_searches,
    get_saved_search,
    change_saved_search,
    delete_saved_search,
    run_saved_search,
]
