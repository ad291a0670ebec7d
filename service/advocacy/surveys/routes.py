"""/v1/nps."""

from collections.abc import AsyncIterator
from datetime import date
from typing import Annotated, Any
from uuid import UUID

from litestar import Request, get, patch, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody, QueryParameter
from litestar.response import Stream
from litestar.types import ControllerRouterHandler

from service.accounts.callers import Caller, May
from service.advocacy import spans
from service.advocacy.problems import SurveyClosed, UnknownSurvey
from service.advocacy.surveys import actions, inviting, showing, store
from service.advocacy.surveys.schemas import (
    Band,
    ByGroup,
    InviteResults,
    NewInvites,
    NewSurvey,
    NpsResponse,
    NpsResults,
    Survey,
    SurveyPatch,
)
from service.advocacy.tables import CSV, lines
from service.imports.rejects_csv import BOM
from service.influencers.schemas import ByTime
from service.kit import ids, paging
from service.kit.db import Connection, Database
from service.kit.paging import DEFAULT_LIMIT, BadCursor, Cursor, Limit, Page
from service.kit.problems import InvalidInput
from service.links.stats.grouping import DEFAULT_ZONE

Reader = Annotated[Caller, May("advocacy:read")]
Writer = Annotated[Caller, May("advocacy:write")]
AnyRequest = Request[Any, Any, Any]
First = Annotated[date | None, QueryParameter(name="from", description="first day; left out: from the start")]
Last = Annotated[date | None, QueryParameter(name="to", description="last day, included; left out: to now")]
Zone = Annotated[str, QueryParameter(name="tz", max_length=64, description="IANA time zone of the days")]
Grouped = Annotated[ByGroup | None, QueryParameter(description="month, segment or language")]
InBand = Annotated[Band | None, QueryParameter(description="promoter 9-10, passive 7-8, detractor 0-6")]
OfSegment = Annotated[str | None, QueryParameter(max_length=100)]
Commented = Annotated[bool | None, QueryParameter(description="with a comment, or without")]
ROWS = 500


@post("/v1/nps", tags=["advocacy"], raises=[InvalidInput])
async def create_survey(
    caller: NamedDependency[Writer], db: NamedDependency[Connection], data: JSONBody[NewSurvey]
) -> Survey:
    """Makes a survey that asks how likely people recommend the brand, from 0 to 10, and why."""
    return showing.survey(await actions.make(db, caller, data))


@get("/v1/nps", tags=["advocacy"], raises=[BadCursor])
async def list_surveys(
    caller: NamedDependency[Reader],
    db: NamedDependency[Connection],
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
) -> Page[Survey]:
    """The newest first."""
    before = paging.decode(cursor, UUID)
    rows = await store.list_surveys(db, caller.workspace_id, before, limit + 1)
    return paging.page(rows, limit, lambda row: row.id, showing.survey)


@get("/v1/nps/{survey_id:str}", tags=["advocacy"], raises=[UnknownSurvey])
async def get_survey(
    caller: NamedDependency[Reader], db: NamedDependency[Connection], survey_id: FromPath[str]
) -> Survey:
    """A survey."""
    return showing.survey(await store.get_survey(db, caller.workspace_id, ids.read("nps", survey_id)))


@patch("/v1/nps/{survey_id:str}", tags=["advocacy"], raises=[UnknownSurvey, InvalidInput])
async def change_survey(
    caller: NamedDependency[Writer],
    db: NamedDependency[Connection],
    survey_id: FromPath[str],
    data: JSONBody[SurveyPatch],
) -> Survey:
    """Changes what is sent. Closing a survey ends its links; answers stay."""
    return showing.survey(await actions.change(db, caller, ids.read("nps", survey_id), data))


@post(
    "/v1/nps/{survey_id:str}/invites",
    tags=["advocacy"],
    status_code=200,
    raises=[UnknownSurvey, SurveyClosed, InvalidInput],
)
async def invite_to_survey(
    caller: NamedDependency[Writer],
    db: NamedDependency[Connection],
    request: AnyRequest,
    survey_id: FromPath[str],
    data: JSONBody[NewInvites],
) -> InviteResults:
    """Asks up to 200 people, each once a survey and with a link of their own: a result per item.

    With `send` a mail goes to those who may be written to (POST /v1/consents/check says who, purpose
    `survey`); others are refused with the reason, and can be asked later. Without it nothing is sent.
    """
    survey = await store.get_survey(db, caller.workspace_id, ids.read("nps", survey_id))
    return await inviting.invite(db, request.app.state.settings, caller.workspace_id, survey, data)


@get("/v1/nps/{survey_id:str}/responses", tags=["advocacy"], raises=[UnknownSurvey, BadCursor])
async def list_responses(
    caller: NamedDependency[Reader],
    db: NamedDependency[Connection],
    survey_id: FromPath[str],
    band: InBand = None,
    segment: OfSegment = None,
    commented: Commented = None,
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
) -> Page[NpsResponse]:
    """Answers, the newest first."""
    survey = await store.get_survey(db, caller.workspace_id, ids.read("nps", survey_id))
    at, last = paging.decode(cursor, ByTime) or (None, None)
    filters = (band, segment, commented)
    rows = await store.list_responses(db, caller.workspace_id, survey.id, *filters, at, last, limit + 1)
    return paging.page(rows, limit, lambda row: (row.answered_at, row.invite_id), showing.response)


@get(
    "/v1/nps/{survey_id:str}/responses.csv",
    tags=["advocacy"],
    opt={"openapi_answer": CSV},
    raises=[UnknownSurvey],
)
async def export_responses(
    caller: NamedDependency[Reader],
    db: NamedDependency[Connection],
    request: AnyRequest,
    survey_id: FromPath[str],
) -> Stream:
    """All answers as a spreadsheet, the newest first."""
    survey = await store.get_survey(db, caller.workspace_id, ids.read("nps", survey_id))
    body = _pieces(request.app.state.database, caller.workspace_id, survey.id)
    headers = {"Content-Disposition": 'attachment; filename="nps.csv"', "Cache-Control": "no-store"}
    return Stream(body, media_type="text/csv", headers=headers)


@get("/v1/nps/{survey_id:str}/results", tags=["advocacy"], raises=[UnknownSurvey, InvalidInput])
async def get_survey_results(
    caller: NamedDependency[Reader],
    db: NamedDependency[Connection],
    survey_id: FromPath[str],
    first: First = None,
    last: Last = None,
    tz: Zone = DEFAULT_ZONE,
    group_by: Grouped = None,
) -> NpsResults:
    """The score in points with its 95% interval, overall and by group."""
    days = spans.days(first, last, tz)
    survey = await store.get_survey(db, caller.workspace_id, ids.read("nps", survey_id))
    within = (days.since, days.until)
    asked = await store.asked(db, caller.workspace_id, survey.id, *within)
    rows = await store.tally(db, caller.workspace_id, survey.id, group_by or "", tz, *within)
    return showing.results(days, tz, group_by, asked, rows)


async def _pieces(database: Database, workspace_id: UUID, survey_id: UUID) -> AsyncIterator[str]:
    yield BOM + lines([showing.COLUMNS])
    at, last = None, None
    while True:
        async with database.transaction(workspace_id) as db:
            rows = await store.list_responses(db, workspace_id, survey_id, None, None, None, at, last, ROWS)
        yield lines([showing.cells(row) for row in rows])
        if len(rows) < ROWS:
            return
        at, last = rows[-1].answered_at, rows[-1].invite_id


ROUTES: list[ControllerRouterHandler] = [
    create_survey,
    list_surveys,
    get_survey,
    change_survey,
    invite_to_survey,
    list_responses,
    export_responses,
    get_survey_results,
]
