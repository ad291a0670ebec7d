"""GET /v1/audit-log."""

from datetime import datetime
from typing import Annotated

from litestar import get
from litestar.di import NamedDependency
from litestar.params import QueryParameter

from service.accounts.callers import Caller, May
from service.accounts.trail import store
from service.accounts.trail.schemas import AuditEntry, EntryRow, Key, Wanted
from service.kit import ids, paging
from service.kit.db import Connection
from service.kit.paging import DEFAULT_LIMIT, BadCursor, Cursor, Limit, Page
from service.kit.problems import InvalidInput

Reader = Annotated[Caller, May("audit:read")]
Word = Annotated[str | None, QueryParameter(max_length=100)]
Since = Annotated[datetime | None, QueryParameter(name="from", description="at or after this time")]
Until = Annotated[datetime | None, QueryParameter(name="to", description="before this time")]


@get("/v1/audit-log", tags=["accounts"], raises=[BadCursor, InvalidInput])
async def list_audit_log(
    caller: NamedDependency[Reader],
    db: NamedDependency[Connection],
    action: Word = None,
    actor: Word = None,
    subject: Word = None,
    since: Since = None,
    until: Until = None,
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
) -> Page[AuditEntry]:
    """Who did what, the newest first."""
    _check_zones({"from": since, "to": until})
    wanted = Wanted(action, actor, subject, since, until)
    rows = await store.entries(db, caller.workspace_id, wanted, paging.decode(cursor, Key), limit + 1)
    return paging.page(rows, limit, lambda row: (row.created_at, row.id), _show)


def _check_zones(times: dict[str, datetime | None]) -> None:
    errors = [
        {"path": name, "message": "needs a time zone, such as Z or +03:00"}
        for name, time in times.items()
        if time is not None and time.tzinfo is None
    ]
    if errors:
        raise InvalidInput("a time without a zone", errors=errors)


def _show(row: EntryRow) -> AuditEntry:
    return AuditEntry(
        ids.show("aud", row.id), row.actor, row.action, row.subject, row.details, row.created_at
    )


ROUTES = [list_audit_log]
