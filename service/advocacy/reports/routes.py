"""/v1/advocacy/report."""

from datetime import date
from typing import Annotated, Any

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.openapi.datastructures import ResponseSpec
from litestar.params import JSONBody, QueryParameter
from litestar.types import ControllerRouterHandler

from service.accounts.callers import Caller, May
from service.advocacy.problems import NoAdvocacy
from service.advocacy.reports import actions, keeping
from service.advocacy.reports.growing import Unit
from service.advocacy.reports.problems import ReportFailed
from service.advocacy.reports.schemas import AdvocacyReport, Part, ReportRefresh
from service.advocacy.reports.sheet import sheet
from service.advocacy.tables import CSV
from service.discovery.computations.asking import accepted
from service.kit.db import Connection
from service.kit.jobs import Job, JobView
from service.kit.problems import Forbidden, InvalidInput
from service.programs.problems import UnknownProgram

Reader = Annotated[Caller, May("advocacy:read")]
OfProgram = Annotated[
    str | None, QueryParameter(max_length=40, description="of this program; left out: of all of advocacy")
]
First = Annotated[date | None, QueryParameter(name="from", description="first day; left out: open")]
Last = Annotated[date | None, QueryParameter(name="to", description="last day, included; left out: open")]
Zone = Annotated[
    str | None,
    QueryParameter(name="tz", max_length=64, description="IANA zone; else the workspace's"),
]
By = Annotated[Unit, QueryParameter(name="cohorts", description="cohorts by month or week of joining")]
Repeat = Annotated[int, QueryParameter(ge=1, le=365, description="days within which buying again counts")]
Table = Annotated[Part, QueryParameter(description="which table: the funnel, the cohorts, or side by side")]
STARTED = {
    202: ResponseSpec(JobView, description="It is built for the first time: the job at Location; ask again.")
}
RAISED = [UnknownProgram, NoAdvocacy, InvalidInput, Forbidden, ReportFailed]


@get("/v1/advocacy/report", tags=["advocacy"], responses=STARTED, raises=RAISED)
async def get_advocacy_report(
    caller: NamedDependency[Reader],
    db: NamedDependency[Connection],
    program_id: OfProgram = None,
    first: First = None,
    last: Last = None,
    tz: Zone = None,
    cohorts: By = "month",
    repeat_days: Repeat = 90,
) -> Response[AdvocacyReport]:
    """How advocacy goes: the funnel, K by cohort, what rewards cost and bring, sales through the network of
    buyers; and what influencers and advocates brought, side by side.

    Referrals count on the day on which they began, rewards when they were earned, orders when they were
    placed. What went back or was rejected since counts as if it had always been so. Points are never summed
    with money: `left_out` names them.

    Of small workspaces the figures are of now. Larger ones are built by a job every few minutes where
    something changed (`as_of`); 202: for the first time, ask again after the job. It needs the scopes
    conversions:read and ledger:read, too.
    """
    asked = await actions.asked(db, caller, program_id, first, last, tz, cohorts, repeat_days)
    found = await actions.answer(db, caller, asked)
    return accepted(found) if isinstance(found, Job) else Response(found)


@get(
    "/v1/advocacy/report.csv",
    tags=["advocacy"],
    opt={"openapi_answer": CSV},
    responses=STARTED,
    raises=RAISED,
)
async def export_advocacy_report(
    caller: NamedDependency[Reader],
    db: NamedDependency[Connection],
    table: Table = "funnel",
    program_id: OfProgram = None,
    first: First = None,
    last: Last = None,
    tz: Zone = None,
    cohorts: By = "month",
    repeat_days: Repeat = 90,
) -> Response[Any]:
    """One of the report's tables as a spreadsheet; amounts in minor units."""
    asked = await actions.asked(db, caller, program_id, first, last, tz, cohorts, repeat_days)
    found = await actions.answer(db, caller, asked)
    if isinstance(found, Job):
        return accepted(found)
    name = f'attachment; filename="advocacy-{table}.csv"'
    headers = {"Content-Disposition": name, "Cache-Control": "no-store"}
    return Response(sheet(found, table), media_type="text/csv", headers=headers)


@post(
    "/v1/advocacy/report/refresh",
    tags=["advocacy"],
    status_code=202,
    raises=[InvalidInput, Forbidden, ReportFailed],
)
async def refresh_advocacy_report(
    caller: NamedDependency[Reader], db: NamedDependency[Connection], data: JSONBody[ReportRefresh]
) -> Response[JobView]:
    """Builds the report anew from what is known now, for the days of a time zone. Until the job has ended it
    is what it was. Where a job is at it already, that is the answer."""
    zone = await actions.zone_of(db, caller, data.tz)
    return accepted(await keeping.build(db, caller.workspace_id, zone.key))


ROUTES: list[ControllerRouterHandler] = [
    get_advocacy_report,
    export_advocacy_report,
    refresh_advocacy_report,
]
