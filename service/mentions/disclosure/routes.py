"""/v1/disclosure: checks of posts, and the rules."""

import asyncio
from typing import Annotated, Any

from litestar import Request, get, post
from litestar.datastructures import State
from litestar.di import NamedDependency
from litestar.params import JSONBody, QueryParameter
from litestar.types import ControllerRouterHandler

from service.accounts.callers import Caller, May
from service.influencers.schemas import Time
from service.kit import clock
from service.kit.db import Connection
from service.kit.problems import InvalidInput
from service.mentions.disclosure import checking, rules, showing
from service.mentions.disclosure.deciding import folds
from service.mentions.disclosure.schemas import (
    CheckItems,
    CheckPlatform,
    CheckResults,
    DisclosureVerdict,
    PostCheck,
    PostChecks,
    RulePacks,
)
from service.mentions.problems import UnknownRulePack

Reader = Annotated[Caller, May("mentions:read")]
AnyRequest = Request[Any, Any, State]
OfMarket = Annotated[str | None, QueryParameter(pattern="^[A-Z]{2}$", description="that hold in this market")]
OnPlatform = Annotated[
    CheckPlatform | None, QueryParameter(name="platform", description="and on this platform")
]
InForce = Annotated[
    bool | None, QueryParameter(description="only those in force at `at`, or only the others")
]
At = Annotated[Time | None, QueryParameter(name="at", description="the moment asked about (RFC 3339); now")]


@post("/v1/disclosure/check", tags=["mentions"], status_code=200, raises=[InvalidInput, UnknownRulePack])
async def check_disclosure(
    caller: NamedDependency[Reader],
    db: NamedDependency[Connection],
    request: AnyRequest,
    data: JSONBody[PostCheck],
) -> DisclosureVerdict:
    """Says whether a post that was paid for seems to disclose it as its market asks. Nothing is stored.

    A finding reads "possible issue": it is no legal advice. Spans count code points of the text as sent.
    """
    now = await clock.now(db)
    return await asyncio.to_thread(checking.check, data, rules.of(request.app.state.settings), now)


@post(
    "/v1/disclosure/checks",
    tags=["mentions"],
    status_code=200,
    opt={"body_type": PostChecks},
    raises=[InvalidInput],
)
async def check_disclosures(
    caller: NamedDependency[Reader],
    db: NamedDependency[Connection],
    request: AnyRequest,
    data: JSONBody[CheckItems],
) -> CheckResults:
    """Checks many posts at once: a result per item, in their order."""
    now = await clock.now(db)
    return await asyncio.to_thread(checking.check_all, data.posts, rules.of(request.app.state.settings), now)


@get("/v1/disclosure/rules", tags=["mentions"], raises=[InvalidInput])
async def list_disclosure_rules(
    caller: NamedDependency[Reader],
    db: NamedDependency[Connection],
    request: AnyRequest,
    market: OfMarket = None,
    on_platform: OnPlatform = None,
    in_force: InForce = None,
    at: At = None,
) -> RulePacks:
    """The rule packs with their versions, sources and days; drafts and what is out of force too."""
    moment = at or await clock.now(db)
    found = [
        showing.pack(pack, moment)
        for pack in rules.of(request.app.state.settings)
        if (market is None or market in pack.markets)
        and (on_platform is None or pack.platforms is None or on_platform in pack.platforms)
        and (in_force is None or pack.in_force(moment) == in_force)
    ]
    return RulePacks(found, moment, folds())


ROUTES: list[ControllerRouterHandler] = [check_disclosure, check_disclosures, list_disclosure_rules]
