"""/v1/influencers/{id}/lookalikes."""

from typing import Annotated, Literal, cast
from uuid import UUID

from litestar import get, post
from litestar.datastructures import State
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody, QueryParameter
from litestar.types import ControllerRouterHandler

from scoring.content.shared import Shared
from service.accounts.callers import Caller, May
from service.discovery.lookalikes import actions
from service.discovery.lookalikes.actions import Found, Near
from service.discovery.lookalikes.problems import NoLookalikes
from service.discovery.lookalikes.schemas import (
    DEFAULT,
    MOST,
    By,
    Lookalike,
    Lookalikes,
    LookalikesRequest,
    SharedTerms,
)
from service.discovery.scores import show
from service.discovery.scores import store as scores
from service.discovery.scores.problems import TooManyCandidates
from service.discovery.scores.schemas import CardRow
from service.discovery.search.problems import FilterNotAvailable
from service.influencers.problems import UnknownInfluencer
from service.influencers.reading import words
from service.kit import ids
from service.kit.db import Connection, Database
from service.kit.problems import InvalidInput

Reader = Annotated[Caller, May("discovery:read")]
Ways = Annotated[
    str | None, QueryParameter(max_length=40, description="content, audience, or both of them (the default)")
]
HowMany = Annotated[int, QueryParameter(ge=1, le=MOST, description="how many at most")]
_RAISED = [UnknownInfluencer, NoLookalikes, TooManyCandidates, InvalidInput]


@post(
    "/v1/influencers/{influencer_id:str}/lookalikes",
    tags=["discovery"],
    status_code=200,
    raises=[*_RAISED, FilterNotAvailable],
)
async def find_lookalikes(
    caller: NamedDependency[Reader],
    db: NamedDependency[Connection],
    state: State,
    influencer_id: FromPath[str],
    data: JSONBody[LookalikesRequest],
) -> Lookalikes:
    """Influencers like this one among those whom the filters let through, and what they share.

    Archived profiles and those that opted out never appear.
    """
    return await _answer(state.database, db, caller.workspace_id, influencer_id, data)


@get("/v1/influencers/{influencer_id:str}/lookalikes", tags=["discovery"], raises=_RAISED)
async def list_lookalikes(
    caller: NamedDependency[Reader],
    db: NamedDependency[Connection],
    state: State,
    influencer_id: FromPath[str],
    by: Ways = None,
    limit: HowMany = DEFAULT,
) -> Lookalikes:
    """Influencers like this one among all of the workspace, and what they share."""
    ways = words("by", by, {"content", "audience", "both"})
    one = cast(By, next(iter(ways))) if len(ways) == 1 else "both"
    return await _answer(
        state.database, db, caller.workspace_id, influencer_id, LookalikesRequest(by=one, limit=limit)
    )


async def _answer(
    database: Database, db: Connection, workspace_id: UUID, influencer_id: str, asked: LookalikesRequest
) -> Lookalikes:
    target = ids.read("inf", influencer_id)
    found = await actions.find(database, db, workspace_id, target, asked)
    keys = [near.key for near in found.nearest]
    accounts = [near.account_id for near in found.nearest]
    cards = {row.id: row for row in await scores.cards(db, workspace_id, keys, accounts)}
    terms = await actions.shared_terms(db, workspace_id, target, keys)
    return Lookalikes(
        influencer_id=influencer_id,
        by=asked.by,
        known=_known(found),
        candidates=found.candidates,
        data=[_row(near, cards[near.key], terms.get(near.key, Shared())) for near in found.nearest],
    )


def _known(found: Found) -> list[Literal["content", "audience"]]:
    made: list[Literal["content", "audience"]] = []
    made += ["content"] if found.content_known else []
    made += ["audience"] if found.audience_known else []
    return made


def _row(near: Near, card: CardRow, found: Shared) -> Lookalike:
    return Lookalike(
        influencer=show.card(card),
        account=show.account(card),
        similarity=near.similarity,
        content=near.content,
        audience=near.audience,
        shared=SharedTerms(list(found.words), list(found.hashtags), list(found.topics)),
    )


ROUTES: list[ControllerRouterHandler] = [find_lookalikes, list_lookalikes]
