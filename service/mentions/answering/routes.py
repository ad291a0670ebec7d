"""Who answers mentions, what waits, and how long answers take."""

from datetime import timedelta
from typing import Annotated, Literal

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import JSONBody, QueryParameter
from litestar.types import ControllerRouterHandler

from service.accounts.callers import Caller, May
from service.accounts.problems import UnknownMember
from service.influencers.schemas import ByTime, From, To
from service.kit import clock, paging
from service.kit import ids as outer
from service.kit.db import Connection
from service.kit.paging import DEFAULT_LIMIT, BadCursor, Cursor, Limit, Page
from service.kit.problems import InvalidInput, NotFound
from service.mentions.answering import actions, store
from service.mentions.answering.actions import Asked
from service.mentions.answering.schemas import (
    Assignment,
    GroupBy,
    MeasuredFrom,
    MentionsAssigned,
    ResponseReport,
    WaitingMention,
)
from service.mentions.narrowing import ByAssignee, OfQuery

Reader = Annotated[Caller, May("mentions:read")]
Writer = Annotated[Caller, May("mentions:write")]
Target = Annotated[int, QueryParameter(ge=1, le=100_000, description="minutes within which an answer is due")]
Grouped = Annotated[GroupBy | None, QueryParameter(description="figures of each group, too")]
From_ = Annotated[MeasuredFrom, QueryParameter(description="from when on a mention has waited")]
Waits = Annotated[
    Literal["assigned", "new"],
    QueryParameter(name="status", description="assigned ones, or those that nobody has"),
]
HOUR = 60


@post("/v1/mentions/assign", tags=["mentions"], status_code=200, raises=[UnknownMember, NotFound])
async def assign_mentions(
    caller: NamedDependency[Writer], db: NamedDependency[Connection], data: JSONBody[Assignment]
) -> MentionsAssigned:
    """Assigns up to 1,000 mentions to a member, or takes them back; a result per id. A second time changes
    nothing."""
    return await actions.assign(db, caller, data)


@get("/v1/mentions/waiting", tags=["mentions"], raises=[BadCursor, InvalidInput, NotFound])
async def list_waiting_mentions(
    caller: NamedDependency[Reader],
    db: NamedDependency[Connection],
    in_status: Waits = "assigned",
    assignee: ByAssignee = None,
    query_id: OfQuery = None,
    target_minutes: Target = HOUR,
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
) -> Page[WaitingMention]:
    """What waits for an answer, the longest first, counted from when it was published."""
    after = paging.decode(cursor, ByTime) or (None, None)
    rows = await store.waiting(
        *(db, caller.workspace_id, in_status),
        None if assignee is None else outer.read("usr", assignee),
        None if query_id is None else outer.read("lsq", query_id),
        *(*after, limit + 1),
    )
    now, target = await clock.now(db), timedelta(minutes=target_minutes)
    return paging.page(
        rows,
        limit,
        lambda row: (row.published_at, row.id),
        lambda row: actions.shown_waiting(row, now, target),
    )


@get("/v1/listening/response-times", tags=["mentions"], raises=[InvalidInput, NotFound])
async def get_response_times(
    caller: NamedDependency[Reader],
    db: NamedDependency[Connection],
    since: From = None,
    until: To = None,
    target_minutes: Target = HOUR,
    group_by: Grouped = None,
    measured_from: From_ = "published",
    query_id: OfQuery = None,
    assignee: ByAssignee = None,
) -> ResponseReport:
    """How fast mentions are answered: median, 90th percentile, and the share within the target.

    Of mentions published in [`from`, `to`) (the last 30 days, where it is left out) that were assigned or
    answered; what was resolved or ignored without an answer does not count.
    """
    asked = Asked(
        since,
        until,
        target_minutes,
        group_by,
        measured_from,
        None if query_id is None else outer.read("lsq", query_id),
        None if assignee is None else outer.read("usr", assignee),
    )
    return await actions.report(db, caller.workspace_id, asked)


ROUTES: list[ControllerRouterHandler] = [assign_mentions, list_waiting_mentions, get_response_times]
