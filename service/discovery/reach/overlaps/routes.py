"""GET /v1/shortlists/{id}/overlap, /overlap/pairs, /overlap.svg."""

import asyncio
from typing import Annotated, Any

from litestar import Request, Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath, QueryParameter
from litestar.types import ControllerRouterHandler

from service.accounts.callers import Caller, May
from service.discovery.reach.asking import Platforms, SetsOf, Statuses, of_list
from service.discovery.reach.overlaps import show
from service.discovery.reach.overlaps.pairs import Place, pairs
from service.discovery.reach.overlaps.picture import MOST_DRAWN, Shown, picture
from service.discovery.reach.overlaps.schemas import Overlap, Pair
from service.discovery.reach.problems import TooManyInfluencers
from service.discovery.scores import show as scores_show
from service.discovery.scores.routes import Words
from service.discovery.shortlists.problems import UnknownShortlist
from service.kit import paging
from service.kit.db import Connection
from service.kit.paging import DEFAULT_LIMIT, BadCursor, Cursor, Limit, Page
from service.kit.problems import InvalidInput

Reader = Annotated[Caller, May("discovery:read")]
AnyRequest = Request[Any, Any, Any]
Least = Annotated[float, QueryParameter(ge=0, le=1, description="pairs that share at least so much")]
Drawn = Annotated[
    Shown, QueryParameter(description="containment: of the row's audience; jaccard: of either audience")
]
SVG: dict[str, Any] = {"image/svg+xml": {"schema": {"type": "string"}}}
# A picture is shown in <img>; opened by itself, nothing in it may run.
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox",
    "Cross-Origin-Resource-Policy": "cross-origin",
    "Cache-Control": "private, no-cache",
}


@get(
    "/v1/shortlists/{shortlist_id:str}/overlap",
    tags=["discovery"],
    raises=[UnknownShortlist, InvalidInput, TooManyInfluencers],
)
async def get_overlap(
    caller: NamedDependency[Reader],
    db: NamedDependency[Connection],
    shortlist_id: FromPath[str],
    platforms: Platforms = None,
    status: Statuses = None,
    of: SetsOf = "followers",
) -> Overlap:
    """Who of a list shares how many people with whom, and how many they reach once.

    One account stands for each influencer: of those with a known audience set the one with the largest
    audience. Exact where all are known; else with intervals, and `method` says what they come from.
    """
    _, found = await of_list(db, caller.workspace_id, shortlist_id, platforms, status, of)
    return await asyncio.to_thread(show.overlap, shortlist_id, of, found)


@get(
    "/v1/shortlists/{shortlist_id:str}/overlap/pairs",
    tags=["discovery"],
    raises=[UnknownShortlist, InvalidInput, TooManyInfluencers, BadCursor],
)
async def list_overlap_pairs(
    caller: NamedDependency[Reader],
    db: NamedDependency[Connection],
    shortlist_id: FromPath[str],
    platforms: Platforms = None,
    status: Statuses = None,
    of: SetsOf = "followers",
    min_jaccard: Least = 0.0,
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
) -> Page[Pair]:
    """All pairs of a list, those that share most first: for lists that are too long for matrices.

    Pairs of platforms whose people are not linked are left out.
    """
    after = paging.decode(cursor, Place)
    _, found = await of_list(db, caller.workspace_id, shortlist_id, platforms, status, of)
    counted = await asyncio.to_thread(show.known, found, every_pair=True)
    if counted.shared is None and counted.candidates:
        raise TooManyInfluencers("too many samples for pairs: narrow it by status")
    made = await asyncio.to_thread(pairs, counted, min_jaccard, after, limit + 1)
    return paging.page(made, limit, lambda each: each[0], lambda each: each[1])


@get(
    "/v1/shortlists/{shortlist_id:str}/overlap.svg",
    tags=["discovery"],
    opt={"openapi_answer": SVG},
    raises=[UnknownShortlist, InvalidInput, TooManyInfluencers],
)
async def draw_overlap(
    caller: NamedDependency[Reader],
    db: NamedDependency[Connection],
    request: AnyRequest,
    shortlist_id: FromPath[str],
    platforms: Platforms = None,
    status: Statuses = None,
    of: SetsOf = "followers",
    show_as: Drawn = "containment",
    language: Words = None,
) -> Response[str]:
    """The overlap as a heat map, an SVG of up to 100 influencers; for `<img>`, take a ticket."""
    row, found = await of_list(db, caller.workspace_id, shortlist_id, platforms, status, of)
    if sum(show.has_set(each) for each in found.candidates) > MOST_DRAWN:
        raise TooManyInfluencers(f"at most {MOST_DRAWN} influencers in a heat map: narrow it by status")
    lang = scores_show.language(language, request.headers.get("accept-language"))
    counted = await asyncio.to_thread(show.known, found)
    if counted.shared is None:
        raise TooManyInfluencers("too many samples for a heat map: narrow it by status")
    drawn = await asyncio.to_thread(picture, counted, row.name, show_as, lang)
    return Response(drawn, media_type="image/svg+xml; charset=utf-8", headers=HEADERS)


ROUTES: list[ControllerRouterHandler] = [get_overlap, list_overlap_pairs, draw_overlap]
