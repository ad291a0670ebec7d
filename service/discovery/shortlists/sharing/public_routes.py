"""/v1/shared/{token}: a shortlist for somebody without an account. The token is all that protects it."""

from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath, JSONBody
from litestar.types import ControllerRouterHandler

from service.discovery.scores import show as scores_show
from service.discovery.scores.routes import Words
from service.discovery.shortlists.items.sorting import SortBy
from service.discovery.shortlists.problems import NotShared, ShareForbids, UnknownItem
from service.discovery.shortlists.sharing import actions, show
from service.discovery.shortlists.sharing.schemas import NewComment, NewDecision, SharedComment, SharedList
from service.discovery.shortlists.sharing.visits import visit
from service.kit.paging import DEFAULT_LIMIT, BadCursor, Cursor, Limit
from service.kit.problems import NotFound

AnyRequest = Request[Any, Any, Any]
_WRITING = [NotShared, ShareForbids, UnknownItem, NotFound]
# The address is the secret: no copy of the answer, no trace of the address elsewhere.
HEADERS = {"Cache-Control": "no-store", "Referrer-Policy": "no-referrer", "X-Robots-Tag": "noindex"}


@get("/v1/shared/{token:str}", tags=["discovery"], raises=[NotShared, BadCursor])
async def get_shared(
    request: AnyRequest,
    token: FromPath[str],
    sort: SortBy = "added",
    language: Words = None,
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
) -> Response[SharedList]:
    """A shared list, as far as its link shows it. Unknown, ended and revoked links look the same."""
    lang = scores_show.language(language, request.headers.get("accept-language"))
    async with visit(request, token) as visitor:
        seen = await actions.seen(visitor, sort, cursor, limit, lang)
    return Response(seen, headers=HEADERS)


@post(
    "/v1/shared/{token:str}/comments",
    tags=["discovery"],
    raises=[NotShared, ShareForbids, UnknownItem, NotFound],
)
async def comment_shared(
    request: AnyRequest, token: FromPath[str], data: JSONBody[NewComment]
) -> Response[SharedComment]:
    """Says something about an influencer or the list, where the link allows it."""
    async with visit(request, token, "comment") as visitor:
        said = await actions.comment(visitor, data)
    return Response(show.said(said), status_code=201, headers=HEADERS)


@post(
    "/v1/shared/{token:str}/decisions",
    tags=["discovery"],
    raises=[NotShared, ShareForbids, UnknownItem, NotFound],
)
async def decide_shared(
    request: AnyRequest, token: FromPath[str], data: JSONBody[NewDecision]
) -> Response[SharedComment]:
    """Approves or rejects an influencer, where the link allows it; the last decision is in force."""
    async with visit(request, token, "approve") as visitor:
        decided = await actions.decide(visitor, data)
    return Response(show.said(decided), status_code=201, headers=HEADERS)


ROUTES: list[ControllerRouterHandler] = [get_shared, comment_shared, decide_shared]
