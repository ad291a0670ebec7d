"""GET /v1/shortlists/{id}/reach, GET /v1/reach/rates."""

import asyncio
from typing import Annotated, Any, get_args

from litestar import Request, get
from litestar.di import NamedDependency
from litestar.params import FromPath, QueryParameter
from litestar.types import ControllerRouterHandler

from service.accounts.callers import Caller, May
from service.discovery.briefs.problems import UnknownBrief
from service.discovery.reach.asking import Platforms, PostsPlan, Statuses, of_list
from service.discovery.reach.inputs import inputs
from service.discovery.reach.planned import read
from service.discovery.reach.problems import TooManyInfluencers
from service.discovery.reach.reached import show
from service.discovery.reach.reached.schemas import ListReach, ReachRates
from service.discovery.reach.schemas import Asked
from service.discovery.reach.show import left_out
from service.discovery.reach.targets import OfBrief, TargetOf, target_shares, wanted_of
from service.discovery.scores import show as scores_show
from service.discovery.scores.routes import Words
from service.discovery.shortlists.problems import UnknownShortlist
from service.influencers.problems import UnknownInfluencer
from service.influencers.reading import id_list, words
from service.influencers.schemas import Platform
from service.kit import ids
from service.kit.db import Connection
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
    raises=[UnknownShortlist, InvalidInput, TooManyInfluencers, UnknownBrief, NotFound],
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
) -> ListReach:
    """How many people a list's planned posts reach, each once, how often, and for how much.

    `notes` say what the figures rest on: which rates are assumed, who is not in them, and why.
    """
    row, found = await of_list(db, caller.workspace_id, shortlist_id, platforms, status, posts=posts)
    wanted = await wanted_of(db, caller.workspace_id, brief_id, target)
    shares = (
        None if wanted is None else await target_shares(db, caller.workspace_id, found.candidates, wanted)
    )
    lang = scores_show.language(language, request.headers.get("accept-language"))
    outer, given = ids.show("sho", row.id), bool(read(posts))
    return await asyncio.to_thread(show.reach, outer, found, shares, population, given, lang)


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
    found = await inputs(db, caller.workspace_id, keys, asked)
    unknown = [each.influencer_id for each in found.left_out if each.reason == "unknown"]
    if unknown:
        raise UnknownInfluencer(f"there is no {ids.show('inf', unknown[0])!r}")
    return ReachRates(found.as_of, [show.rates_of(each) for each in found.candidates], left_out(found))


ROUTES: list[ControllerRouterHandler] = [get_reach, get_reach_rates]
