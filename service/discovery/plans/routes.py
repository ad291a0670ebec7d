"""/v1/reach/plans: whom to take for a budget, and how near the best that is."""

from typing import Annotated, Any
from uuid import UUID

from litestar import Request, Response, delete, get, post
from litestar.di import NamedDependency
from litestar.openapi.datastructures import ResponseSpec
from litestar.params import FromPath, JSONBody, QueryParameter
from litestar.types import ControllerRouterHandler

from service.accounts import audit
from service.accounts.callers import Caller, May
from service.discovery.briefs.problems import UnknownBrief
from service.discovery.briefs.wishes import read_or_none
from service.discovery.graphs.problems import GraphChanged, NoArcs, UnknownGraph
from service.discovery.plans import actions, reading, show, store
from service.discovery.plans.problems import ImpossibleDemands, TooLargeToTry, UnknownPlan
from service.discovery.plans.schemas import Plan, PlanHead, PlanRequest
from service.discovery.plans.wording import Language
from service.discovery.shortlists.problems import UnknownShortlist
from service.kit import ids, paging
from service.kit.db import Connection
from service.kit.paging import DEFAULT_LIMIT, BadCursor, Cursor, Limit, Page
from service.kit.problems import NotFound
from service.kit.translation import wants_turkish

Reader = Annotated[Caller, May("discovery:read")]
Writer = Annotated[Caller, May("discovery:write")]
DryRun = Annotated[bool, QueryParameter(description="only answer: nothing is kept")]
OfList = Annotated[str | None, QueryParameter(max_length=40, description="plans of this shortlist")]
AnyRequest = Request[Any, Any, Any]


@post(
    "/v1/reach/plans",
    tags=["discovery"],
    raises=[
        UnknownShortlist,
        UnknownBrief,
        UnknownGraph,
        NoArcs,
        GraphChanged,
        ImpossibleDemands,
        TooLargeToTry,
    ],
    responses={
        202: ResponseSpec(Plan, description="A job makes the plan: `status` is computing, `answer` null.")
    },
)
async def create_plan(
    caller: NamedDependency[Writer],
    db: NamedDependency[Connection],
    request: AnyRequest,
    data: JSONBody[PlanRequest],
    dry_run: DryRun = False,
) -> Response[Plan]:
    """Whom to take for a budget: in order, with what each adds, and a proven share of the optimum.

    Plans of up to some million followers are answered at once (201), larger ones by a job (202): its
    progress is at /v1/jobs/{job_id}, the plan under its id. Who can't be planned with stands in `left_out`.
    A plan by influence (`spread`) is always made by a job; should the graph be gone or empty by then, `error`
    says so.
    """
    asked = reading.read(data)
    # A dry run goes the whole way, up to a savepoint.
    attempt = db.transaction()
    await attempt.start()
    row = await actions.plan(db, caller.workspace_id, asked, data.name, dry_run=dry_run)
    shown = await show.one(db, caller.workspace_id, row, _language(request), kept=not dry_run)
    await (attempt.rollback() if dry_run else attempt.commit())
    if not dry_run:
        await audit.record(db, caller, "plan.created", ids.show("pln", row.id))
    return Response(shown, status_code=201 if row.chosen else 202)


@get("/v1/reach/plans", tags=["discovery"], raises=[BadCursor, NotFound])
async def list_plans(
    caller: NamedDependency[Reader],
    db: NamedDependency[Connection],
    shortlist_id: OfList = None,
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
) -> Page[PlanHead]:
    """The newest first."""
    of_list = read_or_none("sho", shortlist_id)
    before = paging.decode(cursor, UUID)
    rows = await store.list_plans(db, caller.workspace_id, of_list, before, limit + 1)
    heads = await show.heads(db, caller.workspace_id, rows)
    return paging.page(rows, limit, lambda row: row.id, lambda row: heads[row.id])


@get("/v1/reach/plans/{plan_id:str}", tags=["discovery"], raises=[UnknownPlan])
async def get_plan(
    caller: NamedDependency[Reader],
    db: NamedDependency[Connection],
    request: AnyRequest,
    plan_id: FromPath[str],
) -> Plan:
    """A plan as it was asked for and answered."""
    row = await store.get_plan(db, caller.workspace_id, ids.read("pln", plan_id))
    return await show.one(db, caller.workspace_id, row, _language(request))


@delete("/v1/reach/plans/{plan_id:str}", tags=["discovery"], raises=[UnknownPlan])
async def delete_plan(
    caller: NamedDependency[Writer], db: NamedDependency[Connection], plan_id: FromPath[str]
) -> None:
    """Removes a plan; a job that still makes it is cancelled."""
    await actions.delete(db, caller.workspace_id, ids.read("pln", plan_id))
    await audit.record(db, caller, "plan.deleted", plan_id)


def _language(request: AnyRequest) -> Language:
    return "tr" if wants_turkish(request.headers.get("accept-language")) else "en"


ROUTES: list[ControllerRouterHandler] = [create_plan, list_plans, get_plan, delete_plan]
