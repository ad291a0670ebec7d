"""GET /v1/shortlists/{id}/overlap, /overlap/pairs, /overlap.svg."""

import asyncio
from typing import Annotated, Any
from uuid import UUID

from litestar import Request, Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath, QueryParameter
from litestar.types import ControllerRouterHandler

from service.accounts.callers import Caller, May
from service.discovery.computations.asking import accepted
from service.discovery.computations.routes import STARTED
from service.discovery.reach.answers import computing, keeping
from service.discovery.reach.answers.preparing import Prepared, prepare
from service.discovery.reach.answers.schemas import Question
from service.discovery.reach.asking import Platforms, SetsOf, Statuses
from service.discovery.reach.overlaps.pairs import Place, pairs
from service.discovery.reach.overlaps.picture import MOST_DRAWN, Shown, picture
from service.discovery.reach.overlaps.schemas import Overlap, Pair
from service.discovery.reach.overlaps.show import Compared
from service.discovery.reach.problems import ReachFailed, TooManyInfluencers
from service.discovery.scores import show as scores_show
from service.discovery.scores.routes import Words
from service.discovery.shortlists.problems import UnknownShortlist
from service.influencers.followers.reading import Of
from service.kit import paging
from service.kit.db import Connection
from service.kit.jobs import Job
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
    responses=STARTED,
    raises=[UnknownShortlist, InvalidInput, TooManyInfluencers, ReachFailed],
)
async def get_overlap(
    caller: NamedDependency[Reader],
    db: NamedDependency[Connection],
    shortlist_id: FromPath[str],
    platforms: Platforms = None,
    status: Statuses = None,
    of: SetsOf = "followers",
) -> Response[Overlap]:
    """Who of a list shares how many people with whom, and how many they reach once.

    One account stands for each influencer: of those with a known audience set the one with the largest
    audience. Exact where all are known; else with intervals, and `method` says what they come from.

    202: of more than some million known followers a job computes it; the same request answers 200 as soon as
    it has ended, until the list, a set or what else the answer shows changes.
    """
    asked = await prepare(db, caller.workspace_id, shortlist_id, _question(platforms, status, of))
    found = await keeping.answer(db, caller.workspace_id, asked, computing.overlap, computing.kept_overlap)
    return accepted(found) if isinstance(found, Job) else Response(found)


@get(
    "/v1/shortlists/{shortlist_id:str}/overlap/pairs",
    tags=["discovery"],
    responses=STARTED,
    raises=[UnknownShortlist, InvalidInput, TooManyInfluencers, ReachFailed, BadCursor],
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
) -> Response[Page[Pair]]:
    """All pairs of a list, those that share most first: for lists that are too long for matrices.

    Pairs of platforms whose people are not linked are left out.
    202 as for the overlap, whose job computes the pairs too.
    """
    after = paging.decode(cursor, Place)
    asked = await prepare(db, caller.workspace_id, shortlist_id, _question(platforms, status, of))
    found = await _compared(db, caller.workspace_id, asked)
    if isinstance(found, Job):
        return accepted(found)
    if found.shared is None and found.candidates:
        raise TooManyInfluencers("too many samples for pairs: narrow it by status")
    made = await asyncio.to_thread(pairs, found, min_jaccard, after, limit + 1)
    return Response(paging.page(made, limit, lambda each: each[0], lambda each: each[1]))


@get(
    "/v1/shortlists/{shortlist_id:str}/overlap.svg",
    tags=["discovery"],
    opt={"openapi_answer": SVG},
    responses=STARTED,
    raises=[UnknownShortlist, InvalidInput, TooManyInfluencers, ReachFailed],
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
    """The overlap as a heat map, an SVG of up to 100 influencers; for `<img>`, take a ticket.

    202 as for the overlap: of a large list ask for that first, as a picture can't wait.
    """
    asked = await prepare(db, caller.workspace_id, shortlist_id, _question(platforms, status, of))
    if sum(each.version is not None for each in asked.found.candidates) > MOST_DRAWN:
        raise TooManyInfluencers(f"at most {MOST_DRAWN} influencers in a heat map: narrow it by status")
    found = await _compared(db, caller.workspace_id, asked)
    if isinstance(found, Job):
        return accepted(found)
    if found.shared is None:
        raise TooManyInfluencers("too many samples for a heat map: narrow it by status")
    lang = scores_show.language(language, request.headers.get("accept-language"))
    drawn = await asyncio.to_thread(picture, found, asked.row.name, show_as, lang)
    return Response(drawn, media_type="image/svg+xml; charset=utf-8", headers=HEADERS)


def _question(platforms: str | None, status: str | None, of: Of) -> Question:
    return Question(what="overlap", platforms=platforms, status=status, of=of)


async def _compared(db: Connection, workspace_id: UUID, asked: Prepared) -> Compared | Job:
    return await keeping.answer(
        db, workspace_id, asked, computing.compared, lambda row: computing.kept_pairs(row, asked)
    )


ROUTES: list[ControllerRouterHandler] = [get_overlap, list_overlap_pairs, draw_overlap]
