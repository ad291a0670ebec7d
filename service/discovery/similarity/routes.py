"""POST /v1/audiences/compare."""

from typing import Annotated

from litestar import post
from litestar.di import NamedDependency
from litestar.params import JSONBody
from litestar.types import ControllerRouterHandler

from service.accounts.callers import Caller, May
from service.discovery.similarity.actions import compare_audiences
from service.discovery.similarity.schemas import AudienceComparison, AudienceSimilarity
from service.influencers.problems import UnknownInfluencer
from service.kit import ids
from service.kit.db import Connection
from service.kit.problems import InvalidInput

Reader = Annotated[Caller, May("discovery:read")]


@post(
    "/v1/audiences/compare",
    tags=["discovery"],
    status_code=200,
    raises=[UnknownInfluencer, InvalidInput],
)
async def compare_influencers_audiences(
    caller: NamedDependency[Reader], db: NamedDependency[Connection], data: JSONBody[AudienceComparison]
) -> AudienceSimilarity:
    """How alike the audiences of up to 50 influencers are, each pair, and in what.

    From their distributions, not from who follows whom: alike audiences need not share a single follower.
    """
    if len(set(data.influencer_ids)) < len(data.influencer_ids):
        message = "names an influencer twice"
        raise InvalidInput(message, errors=[{"path": "influencer_ids", "message": message}])
    keys = [ids.read("inf", each) for each in data.influencer_ids]
    return await compare_audiences(db, caller.workspace_id, keys, data.shared_codes)


ROUTES: list[ControllerRouterHandler] = [compare_influencers_audiences]
