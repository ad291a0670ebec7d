"""/v1/listening/events."""

from typing import Annotated

from litestar import delete, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody, QueryParameter
from litestar.types import ControllerRouterHandler

from service.accounts import audit
from service.accounts.callers import Caller, May
from service.influencers.schemas import ByTime
from service.kit import ids as outer
from service.kit import paging
from service.kit.db import Connection
from service.kit.paging import DEFAULT_LIMIT, BadCursor, Cursor, Limit, Page
from service.kit.problems import InvalidInput
from service.mentions.alerts.calendar import store
from service.mentions.alerts.calendar.schemas import (
    LONGEST,
    ListeningEvent,
    ListeningEventRow,
    NewListeningEvent,
)
from service.mentions.problems import ListeningEventExists, UnknownListeningEvent

Reader = Annotated[Caller, May("mentions:read")]
Writer = Annotated[Caller, May("mentions:write")]
WithKey = Annotated[str | None, QueryParameter(max_length=40, description="with this key")]


@post("/v1/listening/events", tags=["mentions"], raises=[InvalidInput, ListeningEventExists])
async def create_listening_event(
    caller: NamedDependency[Writer], db: NamedDependency[Connection], data: JSONBody[NewListeningEvent]
) -> ListeningEvent:
    """Adds an event to the calendar that alerts know beside the Turkish feasts, national days and sales.

    Its hours are left out of what is usual, and while it is on they are compared with the last events of
    the same `key`. An event may be 31 days long.
    """
    if not data.starts_at < data.ends_at <= data.starts_at + LONGEST:
        errors = [{"path": "ends_at", "message": f"lies after starts_at, by {LONGEST.days} days at most"}]
        raise InvalidInput("an event that can't be", errors=errors)
    row = await store.add_event(
        *(db, caller.workspace_id, outer.new(), data.key, data.name, data.starts_at, data.ends_at),
        caller.name,
    )
    await store.fit_again(db, caller.workspace_id)
    await audit.record(db, caller, "listening_event.created", outer.show("lev", row.id), {"key": row.key})
    return _show(row)


@get("/v1/listening/events", tags=["mentions"], raises=[BadCursor])
async def list_listening_events(
    caller: NamedDependency[Reader],
    db: NamedDependency[Connection],
    key: WithKey = None,
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
) -> Page[ListeningEvent]:
    """The workspace's own events, the latest first."""
    before = paging.decode(cursor, ByTime) or (None, None)
    rows = await store.list_events(db, caller.workspace_id, key, *before, limit + 1)
    return paging.page(rows, limit, lambda row: (row.starts_at, row.id), _show)


@delete("/v1/listening/events/{event_id:str}", tags=["mentions"], raises=[UnknownListeningEvent])
async def delete_listening_event(
    caller: NamedDependency[Writer], db: NamedDependency[Connection], event_id: FromPath[str]
) -> None:
    """Takes an event out of the calendar: its hours are like others again."""
    if await store.delete_event(db, caller.workspace_id, outer.read("lev", event_id)) is None:
        raise UnknownListeningEvent
    await store.fit_again(db, caller.workspace_id)
    await audit.record(db, caller, "listening_event.deleted", event_id)


def _show(row: ListeningEventRow) -> ListeningEvent:
    same = {name: getattr(row, name) for name in ListeningEvent.__struct_fields__ if name != "id"}
    return ListeningEvent(id=outer.show("lev", row.id), **same)


ROUTES: list[ControllerRouterHandler] = [
    create_listening_event,
    list_listening_events,
    delete_listening_event,
]
