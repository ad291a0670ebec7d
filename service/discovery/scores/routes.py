"""POST /v1/briefs/{id}/scores, GET /v1/influencers/{id}/scores."""

from typing import Annotated, Any

import msgspec
from litestar import Request, get, post
from litestar.datastructures import State
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody, QueryParameter
from litestar.types import ControllerRouterHandler

from service.accounts.callers import Caller, May
from service.discovery.briefs import store as briefs
from service.discovery.briefs.actions import open_brief
from service.discovery.briefs.problems import BriefArchived, UnknownBrief
from service.discovery.models.problems import ModelRefused
from service.discovery.scores import actions, show
from service.discovery.scores.actions import Part, Start
from service.discovery.scores.problems import RunEnded, TooManyCandidates, UnknownRun
from service.discovery.scores.schemas import InfluencerScores, Language, Scored, ScorePage, ScoresRequest
from service.discovery.search.problems import FilterNotAvailable
from service.influencers.problems import UnknownInfluencer
from service.kit import ids, paging
from service.kit.db import Connection
from service.kit.paging import BadCursor

Reader = Annotated[Caller, May("discovery:read")]
ForBrief = Annotated[str, QueryParameter(max_length=40, description="the brief")]
Words = Annotated[
    Language | None, QueryParameter(description="of the sentences; left out: as Accept-Language")
]


@post(
    "/v1/briefs/{brief_id:str}/scores",
    tags=["discovery"],
    status_code=200,
    raises=[
        UnknownBrief,
        BriefArchived,
        UnknownRun,
        RunEnded,
        TooManyCandidates,
        FilterNotAvailable,
        BadCursor,
        ModelRefused,
    ],
)
async def score_brief(
    caller: NamedDependency[Reader],
    db: NamedDependency[Connection],
    state: State,
    request: Request[Any, Any, Any],
    brief_id: FromPath[str],
    data: JSONBody[ScoresRequest],
) -> ScorePage:
    """Ranks influencers by their fit to a brief and says why.

    The first page makes a run, whose order `next_cursor` and `run_id` keep; runs are kept for a week.
    """
    brief = await open_brief(db, caller.workspace_id, ids.read("bri", brief_id))
    start = _start(data)
    if start is None:
        part = await actions.new_run(state.database, db, caller.workspace_id, brief, data.filters, data.limit)
    else:
        part = await actions.part_of_run(db, caller.workspace_id, brief.id, start, data.limit)
    lang = show.language(data.language, request.headers.get("accept-language"))
    rows = await show.rows(db, caller.workspace_id, part.made, part.ranked, part.asked, lang, part.shadow)
    return _page(part, rows, brief_id)


def _start(data: ScoresRequest) -> Start | None:
    if data.cursor:
        return paging.decode(data.cursor, Start)
    return (ids.read("run", data.run_id), 0) if data.run_id else None


def _page(part: Part, rows: list[Scored], brief_id: str) -> ScorePage:
    more = part.end < part.total
    return ScorePage(
        run_id=ids.show("run", part.run_id),
        brief_id=brief_id,
        brief_version=part.brief_version,
        model_version=part.made.ranking.model.version,
        shadow_version=part.shadow_version,
        as_of=part.as_of,
        candidates=part.total,
        scored=part.scored,
        data=rows,
        next_cursor=paging.encode((part.run_id, part.end)) if more else None,
        has_more=more,
    )


@get(
    "/v1/influencers/{influencer_id:str}/scores",
    tags=["discovery"],
    raises=[UnknownInfluencer, UnknownBrief, ModelRefused],
)
async def get_influencer_scores(
    caller: NamedDependency[Reader],
    db: NamedDependency[Connection],
    request: Request[Any, Any, Any],
    influencer_id: FromPath[str],
    brief_id: ForBrief,
    language: Words = None,
) -> InfluencerScores:
    """One influencer's scores for a brief, also where archived or opted out: an opt-out is a veto."""
    brief = await briefs.get_brief(db, caller.workspace_id, ids.read("bri", brief_id))
    key = ids.read("inf", influencer_id)
    asked, made = await actions.some(db, caller.workspace_id, brief, [key])
    if not made.rows.keys:
        raise UnknownInfluencer(f"there is no {influencer_id!r}")
    lang = show.language(language, request.headers.get("accept-language"))
    ranked = made.ranking.page(0, 1)
    row = (await show.rows(db, caller.workspace_id, made, ranked, asked, lang))[0]
    shown = {
        name: value for name, value in msgspec.structs.asdict(row).items() if name not in ("rank", "shadow")
    }
    return InfluencerScores(**shown, brief_id=brief_id)


ROUTES: list[ControllerRouterHandler] = [score_brief, get_influencer_scores]
