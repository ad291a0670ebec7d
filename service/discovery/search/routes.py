"""POST /v1/search/influencers."""

from typing import Annotated, Any

from litestar import Request, post
from litestar.di import NamedDependency
from litestar.params import JSONBody
from litestar.types import ControllerRouterHandler

from service.accounts.callers import Caller, May
from service.discovery.models.problems import ModelRefused
from service.discovery.search import actions
from service.discovery.search.problems import FilterNotAvailable
from service.discovery.search.schemas import SearchRequest, SearchResults
from service.kit.db import Connection
from service.kit.paging import BadCursor
from service.kit.problems import Forbidden, InvalidInput, NotFound

Reader = Annotated[Caller, May("discovery:read")]


@post(
    "/v1/search/influencers",
    tags=["discovery"],
    status_code=200,
    raises=[InvalidInput, BadCursor, FilterNotAvailable, NotFound, ModelRefused],
)
async def search_influencers(
    request: Request[Any, Any, Any],
    caller: NamedDependency[Reader],
    db: NamedDependency[Connection],
    data: JSONBody[SearchRequest],
) -> SearchResults:
    """Finds influencers: values inside one filter are alternatives, filters narrow each other.

    Archived profiles and those that opted out are never found. Contacts need the scope influencers:read.
    """
    check_include(caller, data)
    return await actions.search(request.app.state.database, db, caller.workspace_id, data)


def check_include(caller: Caller, asked: SearchRequest) -> None:
    """Contacts are for those who may read profiles. Raises Forbidden."""
    if "contacts" in asked.include and "influencers:read" not in caller.scopes:
        raise Forbidden("contacts need the scope influencers:read", scope="influencers:read")


ROUTES: list[ControllerRouterHandler] = [search_influencers]
