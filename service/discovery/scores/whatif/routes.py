"""GET /v1/influencers/{id}/what-if."""

import asyncio
from typing import Annotated, Any
from uuid import UUID

import msgspec
from litestar import Request, get
from litestar.di import NamedDependency
from litestar.params import FromPath, QueryParameter
from litestar.types import ControllerRouterHandler

from scoring import explain_change, whatif
from scoring.model import merged
from scoring.ranking import Ranked
from scoring.rows import take
from service.accounts.callers import Caller, May
from service.discovery.models.loading import of_version
from service.discovery.models.problems import ModelRefused
from service.discovery.models.ranker import CIRCUMSTANCES, Ranker
from service.discovery.scores import show
from service.discovery.scores.loading import Ordered, ordered
from service.discovery.scores.parts import PARTS
from service.discovery.scores.problems import RunEnded, UnknownRun
from service.discovery.scores.schemas import Language
from service.discovery.scores.whatif import store
from service.discovery.scores.whatif.schemas import Change, NextOne, PlaceRow, WhatIf
from service.influencers.problems import UnknownInfluencer
from service.kit import clock, ids
from service.kit.db import Connection

Reader = Annotated[Caller, May("discovery:read")]
OfRun = Annotated[str, QueryParameter(max_length=40, description="the run in which the influencer stands")]
Words = Annotated[
    Language | None, QueryParameter(description="of the sentences; left out: as Accept-Language")
]


@get(
    "/v1/influencers/{influencer_id:str}/what-if",
    tags=["discovery"],
    raises=[UnknownInfluencer, UnknownRun, RunEnded, ModelRefused],
)
async def what_if(
    caller: NamedDependency[Reader],
    db: NamedDependency[Connection],
    request: Request[Any, Any, Any],
    influencer_id: FromPath[str],
    run_id: OfRun,
    language: Words = None,
) -> WhatIf:
    """The smallest changes that would move an influencer past the one before in a run, by figures of now."""
    key, run = ids.read("inf", influencer_id), ids.read("run", run_id)
    place = await store.get_place(db, caller.workspace_id, run, key)
    ranker = await of_version(db, caller.workspace_id, place.model_version)
    if ranker is None:
        raise RunEnded("the model has changed since; ask for the first page again")
    both = [key] if place.next_id is None else [key, place.next_id]
    made = await ordered(
        db,
        caller.workspace_id,
        place.asked,
        both,
        await clock.now(db),
        populations=place.populations,
        ranker=ranker,
    )
    found = {one.key: one for one in made.at({one: place.rank - at for at, one in enumerate(both)})}
    if key not in found:
        raise UnknownInfluencer(f"there is no {influencer_id!r}")
    lang = show.language(language, request.headers.get("accept-language"))
    return await asyncio.to_thread(
        _answer, made, place, ranker, found[key], found.get(place.next_id or key), run_id, lang
    )


def _answer(
    made: Ordered,
    place: PlaceRow,
    ranker: Ranker,
    own: Ranked[UUID],
    before: Ranked[UUID] | None,
    run_id: str,
    lang: Language,
) -> WhatIf:
    following = None if before is None or before.key == own.key else before
    target = None if following is None else following.fit.score
    passed = target is not None and (own.fit.score or 0.0) > target
    return WhatIf(
        influencer_id=ids.show("inf", own.key),
        run_id=run_id,
        rank=place.rank,
        fit=own.fit.score,
        next=None
        if following is None
        else NextOne(ids.show("inf", following.key), following.rank, following.fit.score),
        passed=passed,
        changes=[] if target is None or passed else _changes(made, place, ranker, own, target, lang),
    )


def _changes(
    made: Ordered, place: PlaceRow, ranker: Ranker, own: Ranked[UUID], target: float, lang: Language
) -> list[Change]:
    size, position = len(made.rows.keys), made.rows.keys.index(own.key)
    levers = {
        part.name: part.levers(
            take(made.inputs[part.name], [position], size), made.populations.get(part.name)
        )
        for part in PARTS
    }
    weights = merged(place.asked.weights)
    mean = None
    if ranker.learned is not None:
        mean = ranker.mean_of(own, weights, take(made.inputs[CIRCUMSTANCES], [position], size))
    found = whatif.changes(own, target, weights, levers, mean)
    return [
        Change(**msgspec.structs.asdict(one), sentence=explain_change.sentence(one, lang)) for one in found
    ]


ROUTES: list[ControllerRouterHandler] = [what_if]
