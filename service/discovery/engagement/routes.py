"""GET /v1/influencers/{id}/engagement."""

from typing import Annotated

from litestar import get
from litestar.di import NamedDependency
from litestar.params import FromPath, QueryParameter
from litestar.types import ControllerRouterHandler

from scoring.posts import LAST
from scoring.rates import WINDOW_DAYS
from service.accounts.callers import Caller, May
from service.discovery.engagement.actions import engagement_of
from service.discovery.engagement.schemas import (
    Format,
    InfluencerEngagement,
    Options,
    Statistic,
)
from service.influencers.problems import UnknownAccount, UnknownInfluencer
from service.influencers.profiles.store import get_influencer
from service.influencers.schemas import Basis, Components, Platform
from service.kit import ids
from service.kit.db import Connection

Reader = Annotated[Caller, May("discovery:read")]
OfPlatform = Annotated[Platform | None, QueryParameter(description="only accounts of this platform")]
OfAccount = Annotated[str | None, QueryParameter(max_length=40, description="only this account")]
OfFormat = Annotated[Format | None, QueryParameter(description="only posts of this format")]
Over = Annotated[
    Basis | None, QueryParameter(description="the base; left out: that of the platform and format")
]
Counting = Annotated[
    Components | None,
    QueryParameter(description="public (the default) or full: with saves and private interactions"),
]
By = Annotated[Statistic | None, QueryParameter(description="over the posts; left out: the median")]
LastPosts = Annotated[int, QueryParameter(ge=1, le=100, description="so many of the newest posts count")]
Window = Annotated[
    int, QueryParameter(ge=7, le=730, description="posts of so many days before the newest look")
]
Sponsored = Annotated[
    bool, QueryParameter(description="true: the sponsored rate is held against peers, not the organic one")
]


@get(
    "/v1/influencers/{influencer_id:str}/engagement",
    tags=["discovery"],
    raises=[UnknownInfluencer, UnknownAccount],
)
async def get_influencer_engagement(
    caller: NamedDependency[Reader],
    db: NamedDependency[Connection],
    influencer_id: FromPath[str],
    platform: OfPlatform = None,
    account_id: OfAccount = None,
    format: OfFormat = None,
    base: Over = None,
    components: Counting = None,
    statistic: By = None,
    last: LastPosts = LAST,
    window_days: Window = WINDOW_DAYS,
    sponsored: Sponsored = False,
) -> InfluencerEngagement:
    """Organic and sponsored engagement rates by account and format, and where they stand.

    Measured from posts of at least 72 hours; where there are none, a vendor's average stands in if nothing
    else was asked for. Peers are the workspace's accounts, the dated built-in table where they are few.
    """
    row = await get_influencer(db, caller.workspace_id, ids.read("inf", influencer_id))
    account = None if account_id is None else ids.read("acc", account_id)
    options = Options(format, base, components, statistic, last, window_days, sponsored)
    return await engagement_of(db, caller.workspace_id, row.id, account, platform, options)


ROUTES: list[ControllerRouterHandler] = [get_influencer_engagement]
