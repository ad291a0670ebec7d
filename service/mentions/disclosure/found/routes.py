"""/v1/disclosure/findings and /v1/disclosure/report."""

from collections.abc import AsyncIterator
from typing import Annotated, Any
from uuid import UUID

from litestar import Request, get, patch
from litestar.datastructures import State
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody, QueryParameter
from litestar.response import Stream
from litestar.types import ControllerRouterHandler

from service.accounts import audit
from service.accounts.callers import Caller, May
from service.influencers.reading import id_list, words
from service.influencers.schemas import From, IdList, To
from service.kit import ids as outer
from service.kit import paging
from service.kit.db import Connection, Database
from service.kit.paging import DEFAULT_LIMIT, BadCursor, Cursor, Limit, Page
from service.kit.problems import InvalidInput, NotFound
from service.kit.text import is_storable
from service.mentions.disclosure.deciding import Code, Verdict
from service.mentions.disclosure.found import showing, store
from service.mentions.disclosure.found.schemas import (
    DisclosureReport,
    FindingPatch,
    FindingStatus,
    ListedFindings,
    WatchedFinding,
)
from service.mentions.problems import UnknownFinding

Reader = Annotated[Caller, May("mentions:read")]
Writer = Annotated[Caller, May("mentions:write")]
AnyRequest = Request[Any, Any, State]
CSV = {"text/csv": {"schema": {"type": "string"}}}
ROWS = 500
MOST_LINES = 1_000
_GROUPS = ("influencer", "watch", "code")
OfInfluencer = Annotated[str | None, QueryParameter(max_length=40, description="in this influencer's posts")]
OfWatch = Annotated[str | None, QueryParameter(max_length=40, description="of this watch")]
OfCode = Annotated[Code | None, QueryParameter(name="code", description="with this code")]
InStatus = Annotated[FindingStatus | None, QueryParameter(name="status", description="in this status")]
OfVerdict = Annotated[
    Verdict | None,
    QueryParameter(name="verdict", description="possible_issue: still found; ok: no longer found"),
]
GroupBy = Annotated[
    str, QueryParameter(max_length=60, description="influencer, watch, code, or several with commas")
]


@get("/v1/disclosure/findings", tags=["mentions"], raises=[BadCursor, InvalidInput, NotFound])
async def list_disclosure_findings(
    caller: NamedDependency[Reader],
    db: NamedDependency[Connection],
    ids: IdList = None,
    influencer_id: OfInfluencer = None,
    watch_id: OfWatch = None,
    code: OfCode = None,
    in_status: InStatus = None,
    of_verdict: OfVerdict = None,
    since: From = None,
    until: To = None,
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
) -> Page[WatchedFinding]:
    """Possible issues of watched posts, the newest first; `from` and `to` are of the posts."""
    wanted = _wanted(ids, influencer_id, watch_id, code, in_status, of_verdict, since, until)
    before = paging.decode(cursor, UUID)
    rows = await store.list_findings(db, caller.workspace_id, wanted, before, limit + 1)
    return paging.page(rows, limit, lambda row: row.id, showing.finding)


@get(
    "/v1/disclosure/findings.csv",
    tags=["mentions"],
    opt={"openapi_answer": CSV},
    raises=[InvalidInput, NotFound],
)
async def export_disclosure_findings(
    caller: NamedDependency[Reader],
    request: AnyRequest,
    ids: IdList = None,
    influencer_id: OfInfluencer = None,
    watch_id: OfWatch = None,
    code: OfCode = None,
    in_status: InStatus = None,
    of_verdict: OfVerdict = None,
    since: From = None,
    until: To = None,
) -> Stream:
    """The same as a spreadsheet."""
    wanted = _wanted(ids, influencer_id, watch_id, code, in_status, of_verdict, since, until)
    body = _rows(request.app.state.database, caller.workspace_id, wanted)
    headers = {"Content-Disposition": 'attachment; filename="disclosure.csv"', "Cache-Control": "no-store"}
    return Stream(body, media_type="text/csv", headers=headers)


@get("/v1/disclosure/findings/{finding_id:str}", tags=["mentions"], raises=[UnknownFinding])
async def get_disclosure_finding(
    caller: NamedDependency[Reader], db: NamedDependency[Connection], finding_id: FromPath[str]
) -> WatchedFinding:
    """A finding."""
    row = await store.get_finding(db, caller.workspace_id, outer.read("dfi", finding_id))
    return showing.finding(row)


@patch("/v1/disclosure/findings/{finding_id:str}", tags=["mentions"], raises=[UnknownFinding, InvalidInput])
async def decide_disclosure_finding(
    caller: NamedDependency[Writer],
    db: NamedDependency[Connection],
    finding_id: FromPath[str],
    data: JSONBody[FindingPatch],
) -> WatchedFinding:
    """Confirms or dismisses a finding, or opens it again, with a reason.

    What was said stays when the post is looked at again, unless what is meant in it has changed.
    """
    if not is_storable(data.reason):
        told = {"path": "reason", "message": "holds a NUL character or half of a character"}
        raise InvalidInput("a reason that can't be stored", errors=[told])
    row = await store.get_finding(db, caller.workspace_id, outer.read("dfi", finding_id))
    await store.decide(db, caller.workspace_id, row.id, data.status, data.reason, caller.name)
    await audit.record(db, caller, f"disclosure_finding.{data.status}", finding_id, {"from": row.status})
    return showing.finding(await store.get_finding(db, caller.workspace_id, row.id))


@get("/v1/disclosure/report", tags=["mentions"], raises=[InvalidInput, NotFound])
async def get_disclosure_report(
    caller: NamedDependency[Reader],
    db: NamedDependency[Connection],
    group_by: GroupBy = "influencer,watch",
    influencer_id: OfInfluencer = None,
    watch_id: OfWatch = None,
    code: OfCode = None,
    since: From = None,
    until: To = None,
) -> DisclosureReport:
    """How many watched posts were checked and may have an issue, by influencer, watch and code.

    At most 1,000 lines, the most issues first; `from` and `to` are of the posts.
    """
    asked = words("group_by", group_by, set(_GROUPS))
    groups = [name for name in _GROUPS if name in asked]
    wanted = _wanted(None, influencer_id, watch_id, code, None, None, since, until)
    rows = await store.report(db, caller.workspace_id, wanted, groups, MOST_LINES) if groups else []
    (total,) = await store.report(db, caller.workspace_id, wanted, [], 1)
    return showing.report(rows, total)


def _wanted(
    asked: str | None,
    influencer_id: str | None,
    watch_id: str | None,
    code: Code | None,
    status: FindingStatus | None,
    verdict: Verdict | None,
    since: Any,
    until: Any,
) -> ListedFindings:
    return ListedFindings(
        ids=id_list("dfi", asked),
        influencer_id=None if influencer_id is None else outer.read("inf", influencer_id),
        watch_id=None if watch_id is None else outer.read("dwt", watch_id),
        code=code,
        status=status,
        verdict=verdict,
        since=since,
        until=until,
    )


async def _rows(database: Database, workspace_id: UUID, wanted: ListedFindings) -> AsyncIterator[str]:
    yield showing.header()
    before: UUID | None = None
    while True:
        async with database.transaction(workspace_id) as db:
            rows = await store.list_findings(db, workspace_id, wanted, before, ROWS)
        yield showing.lines(rows)
        if len(rows) < ROWS:
            return
        before = rows[-1].id


ROUTES: list[ControllerRouterHandler] = [
    list_disclosure_findings,
    export_disclosure_findings,
    get_disclosure_finding,
    decide_disclosure_finding,
    get_disclosure_report,
]
