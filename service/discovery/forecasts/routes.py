"""GET /v1/shortlists/{id}/forecast: what a budget brings."""

from typing import Annotated, Any
from uuid import UUID

from litestar import Request, get
from litestar.di import NamedDependency
from litestar.params import FromPath, QueryParameter
from litestar.types import ControllerRouterHandler

from service.accounts.callers import Caller, May
from service.accounts.workspaces.store import get_workspace
from service.discovery.forecasts import actions, show
from service.discovery.forecasts.asking import MOST_AMOUNT, Query, asked
from service.discovery.forecasts.asking import budgets as read_budgets
from service.discovery.forecasts.problems import PlanNotReady, TooLargeToForecast
from service.discovery.forecasts.schemas import BudgetForecast
from service.discovery.plans.problems import ImpossibleDemands, UnknownPlan
from service.discovery.plans.reading import refuse
from service.discovery.reach.asking import Platforms, PostsPlan, Statuses
from service.discovery.shortlists.problems import UnknownShortlist
from service.discovery.shortlists.store import get_shortlist
from service.kit import ids
from service.kit.db import Connection
from service.kit.problems import InvalidInput
from service.kit.translation import wants_turkish

Reader = Annotated[Caller, May("discovery:read")]
Budget = Annotated[int | None, QueryParameter(ge=0, le=MOST_AMOUNT, description="minor units; or a plan_id")]
OfPlan = Annotated[
    str | None, QueryParameter(max_length=40, description="a plan of this list, instead of a budget")
]
In = Annotated[
    str | None, QueryParameter(pattern="^[A-Z]{3}$", description="left out: the workspace's currency")
]
Budgets = Annotated[
    str | None,
    QueryParameter(max_length=400, description="up to 12 budgets, for a curve of reach by budget"),
]


@get(
    "/v1/shortlists/{shortlist_id:str}/forecast",
    tags=["discovery"],
    raises=[UnknownShortlist, UnknownPlan, ImpossibleDemands, InvalidInput, TooLargeToForecast, PlanNotReady],
)
async def get_shortlist_forecast(
    caller: NamedDependency[Reader],
    db: NamedDependency[Connection],
    request: Request[Any, Any, Any],
    shortlist_id: FromPath[str],
    budget: Budget = None,
    plan_id: OfPlan = None,
    currency: In = None,
    posts: PostsPlan = None,
    platforms: Platforms = None,
    status: Statuses = None,
    budgets: Budgets = None,
) -> BudgetForecast:
    """What a budget brings if it is spent on the list's best plan: reach, views, engagements, clicks, orders,
    revenue, CPM and CPE, each with its interval, from the accounts' own posts and the workspace's own
    collaborations; null with a reason where there is no history.
    """
    row = await get_shortlist(db, caller.workspace_id, ids.read("sho", shortlist_id))
    query = Query(budget, currency, posts, platforms, status, budgets)
    if plan_id is not None:
        found = await actions.of_plan(db, caller.workspace_id, row.id, _plan(plan_id, query))
    else:
        found = await _of_budget(db, caller, shortlist_id, query)
    turkish = wants_turkish(request.headers.get("accept-language"))
    return await show.forecast(db, caller.workspace_id, shortlist_id, found, "tr" if turkish else "en")


def _plan(plan_id: str, query: Query) -> UUID:
    """The plan, which has its own budget and posts."""
    given = [name for name in query.__struct_fields__ if getattr(query, name) is not None]
    if given:
        refuse([{"path": name, "message": "is the plan's own: leave it out"} for name in given])
    return ids.read("pln", plan_id)


async def _of_budget(db: Connection, caller: Caller, shortlist_id: str, query: Query) -> actions.Forecasted:
    if query.budget is None:
        refuse([{"path": "budget", "message": "is required where no plan_id is given"}])
    home = (await get_workspace(db, caller.workspace_id)).currency
    wanted = asked(shortlist_id, query, home)
    return await actions.of_budget(db, caller.workspace_id, wanted, read_budgets(query.budgets))


ROUTES: list[ControllerRouterHandler] = [get_shortlist_forecast]
