"""GET /v1/shortlists/{id}/reach, GET /v1/reach/rates."""

from typing import Annotated, Any, get_args

from litestar import Request, Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath, QueryParameter
from litestar.types import ControllerRouterHandler

from service.accounts.callers import Caller, May
from service.discovery.briefs.problems import UnknownBrief
from service.discovery.computations.asking import accepted
from service.discovery.computations.routes import STARTED
from service.discovery.reach.answers import computing, keeping
from service.discovery.reach.answers.preparing import prepare
from service.discovery.reach.answers.schemas import Question
from service.discovery.reach.asking import Platforms, PostsPlan, Statuses
from service.discovery.reach.inputs import outline
from service.discovery.reach.planned import read
from service.discovery.reach.problems import ReachFailed, TooManyInfluencers
from service.discovery.reach.reached import show
from service.discovery.reach.reached.schemas import ListReach, ReachRates
from service.discovery.reach.schemas import Asked
from service.discovery.reach.show import left_out
from service.discovery.reach.targets import OfBrief, TargetOf
from service.discovery.scores import show as scores_show
from service.discovery.scores.routes import Words
from service.discovery.shortlists.problems import UnknownShortlist
from service.influencers.problems import UnknownInfluencer
from service.influencers.reading import id_list, words
from service.influencers.schemas import Platform
from service.kit import ids
from service.kit.db import Connection
from service.kit.jobs import Job
from service.kit.problems import InvalidInput, NotFound

Reader = Annotated[Caller, May("discovery:read")]
AnyRequest = Request[Any, Any, Any]
Population = Annotated[
    int | None,
    QueryParameter(
        ge=1,
        le=10**10,
        description="people who could be shown the posts: gives the people outside the followers a value",
    ),
]
OfInfluencers = Annotated[
    str, QueryParameter(name="influencer_ids", max_length=4_000, description="ids, with commas; at most 100")
]


@get(
    "/v1/shortlists/{shortlist_id:str}/reach",
    tags=["discovery"],
    raises=[UnknownShortlist, InvalidInput, TooManyInfluencers, UnknownBrief, NotFound, ReachFailed],
    responses=STARTED,
)
async def get_reach(
    caller: NamedDependency[Reader],
    db: NamedDependency[Connection],
    request: AnyRequest,
    shortlist_id: FromPath[str],
    posts: PostsPlan = None,
    platforms: Platforms = None,
    status: Statuses = None,
    target: TargetOf = None,
    brief_id: OfBrief = None,
    population: Population = None,
    language: Words = None,
) -> Response[ListReach]:
    """How many people a list's planned posts reach, each once, how often, and for how much.

    `notes` say what the figures rest on: which rates are assumed, who is not in them, and why.

    202: of more than some million known followers a job computes it; the same request answers 200 as soon as
    it has ended, until the list, a set, a rate or a price changes.
    """
    question = Question(
        what="reach",
        platforms=platforms,
        status=status,
        posts=posts,
        target=target,
        brief_id=brief_id,
        population=population,
    )
    asked = await prepare(db, caller.workspace_id, shortlist_id, question)
    lang = scores_show.language(language, request.headers.get("accept-language"))
    found = await keeping.answer(
        db,
        caller.workspace_id,
        asked,
        lambda whole: computing.reach(whole, lang),
        lambda row: computing.kept_reach(row, lang),
    )
    return accepted(found) if isinstance(found, Job) else Response(found)


@get("/v1/reach/rates", tags=["discovery"], raises=[UnknownInfluencer, InvalidInput, NotFound])
async def get_reach_rates(
    caller: NamedDependency[Reader],
    db: NamedDependency[Connection],
    influencer_ids: OfInfluencers,
    posts: PostsPlan = None,
    platforms: Platforms = None,
) -> ReachRates:
    """Which share of its followers a post of each influencer reaches, and where that figure comes from.

    First the account's own reach, then its views, then the workspace's setting, then a table of published
    figures; the last two are `assumed`.
    """
    keys = id_list("inf", influencer_ids, "influencer_ids") or []
    wanted = words("platforms", platforms, frozenset(get_args(Platform)))
    asked = Asked(platforms=frozenset(wanted), posts=read(posts))
    found = await outline(db, caller.workspace_id, keys, asked)
    unknown = [each.influencer_id for each in found.left_out if each.reason == "unknown"]
    if unknown:
        raise UnknownInfluencer(f"there is no {ids.show('inf', unknown[0])!r}")
    return ReachRates(found.as_of, [show.rates_of(each) for each in found.candidates], left_out(found))


ROUTES: list[ControllerRouterHandler] = [get_reach, get_reach_rates]
