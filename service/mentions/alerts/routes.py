"""/v1/alerts."""

from typing import Annotated, Any
from uuid import UUID

from litestar import Request, get, patch, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody, QueryParameter
from litestar.response import ServerSentEvent
from litestar.types import ControllerRouterHandler

from service.accounts.callers import Caller, May
from service.accounts.problems import UnknownMember
from service.influencers.reading import id_list
from service.influencers.schemas import From, IdList, To
from service.kit import ids as outer
from service.kit import paging, sse
from service.kit.db import Connection
from service.kit.paging import DEFAULT_LIMIT, BadCursor, Cursor, Limit, Page
from service.kit.problems import InvalidInput, NotFound
from service.mentions.alerts import actions, store
from service.mentions.alerts.calendar import routes as calendar
from service.mentions.alerts.rules import routes as rules
from service.mentions.alerts.schemas import Alert, AlertKind, AlertPatch, AlertStatus
from service.mentions.alerts.statements import routes as statements
from service.mentions.narrowing import OfQuery
from service.mentions.problems import UnknownAlert

Reader = Annotated[Caller, May("mentions:read")]
Writer = Annotated[Caller, May("mentions:write")]
AnyRequest = Request[Any, Any, Any]
InStatus = Annotated[AlertStatus | None, QueryParameter(name="status", description="in this state")]
OfKind = Annotated[AlertKind | None, QueryParameter(name="kind", description="of this kind")]
Owned = Annotated[str | None, QueryParameter(name="owner", max_length=40, description="of this member")]


@get("/v1/alerts", tags=["mentions"], raises=[BadCursor, InvalidInput, NotFound])
async def list_alerts(
    caller: NamedDependency[Reader],
    db: NamedDependency[Connection],
    ids: IdList = None,
    query_id: OfQuery = None,
    in_status: InStatus = None,
    of_kind: OfKind = None,
    owned: Owned = None,
    since: From = None,
    until: To = None,
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
) -> Page[Alert]:
    """The newest first. `from` and `to` are about when spikes began. `examples` stand in the single alert."""
    rows = await store.list_alerts(
        db,
        caller.workspace_id,
        id_list("alr", ids),
        None if query_id is None else outer.read("lsq", query_id),
        in_status,
        of_kind,
        None if owned is None else outer.read("usr", owned),
        since,
        until,
        paging.decode(cursor, UUID),
        limit + 1,
    )
    page = paging.page(rows, limit, lambda row: row.id, lambda row: row)
    return Page(await actions.shown(db, caller.workspace_id, page.data), page.next_cursor, page.has_more)


@get(
    "/v1/alerts/live",
    tags=["mentions"],
    media_type="text/event-stream",
    opt={"openapi_answer": sse.OPENAPI_ANSWER},
)
async def watch_alerts(caller: NamedDependency[Reader], request: AnyRequest) -> ServerSentEvent:
    """Open alerts now, then each alert when it is new or changes (looked for once a second), as server-sent
    events `alert`.

    The stream ends after ten minutes; an EventSource opens it again (a ticket is good for five).
    """
    return sse.stream(actions.live(request.app.state.database, caller.workspace_id), "alert")


@get("/v1/alerts/{alert_id:str}", tags=["mentions"], raises=[UnknownAlert])
async def get_alert(
    caller: NamedDependency[Reader], db: NamedDependency[Connection], alert_id: FromPath[str]
) -> Alert:
    """One alert, with mentions that show its cause."""
    row = await store.get_alert(db, caller.workspace_id, outer.read("alr", alert_id))
    (told,) = await actions.shown(db, caller.workspace_id, [row], examples=True)
    return told


@patch("/v1/alerts/{alert_id:str}", tags=["mentions"], raises=[UnknownAlert, UnknownMember, InvalidInput])
async def change_alert(
    caller: NamedDependency[Writer],
    db: NamedDependency[Connection],
    alert_id: FromPath[str],
    data: JSONBody[AlertPatch],
) -> Alert:
    """Gives an alert an owner, notes, and points of its checklist that are done."""
    return await actions.change(db, caller, outer.read("alr", alert_id), data)


@post("/v1/alerts/{alert_id:str}/acknowledge", tags=["mentions"], status_code=200, raises=[UnknownAlert])
async def acknowledge_alert(
    caller: NamedDependency[Writer], db: NamedDependency[Connection], alert_id: FromPath[str]
) -> Alert:
    """Says that somebody has seen it. A second time changes nothing."""
    return await actions.acknowledge(db, caller, outer.read("alr", alert_id))


@post("/v1/alerts/{alert_id:str}/resolve", tags=["mentions"], status_code=200, raises=[UnknownAlert])
async def resolve_alert(
    caller: NamedDependency[Writer], db: NamedDependency[Connection], alert_id: FromPath[str]
) -> Alert:
    """Says that it is over. The same spike alerts nobody again, unless it becomes a crisis."""
    return await actions.resolve(db, caller, outer.read("alr", alert_id))


ROUTES: list[ControllerRouterHandler] = [
    list_alerts,
    watch_alerts,
    get_alert,
    change_alert,
    acknowledge_alert,
    resolve_alert,
    *rules.ROUTES,
    *calendar.ROUTES,
    *statements.ROUTES,
]
