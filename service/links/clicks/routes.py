"""GET /v1/links/{id}/clicks: what was recorded, one by one."""

from typing import Annotated

from litestar import get
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.types import ControllerRouterHandler
from msgspec import structs

from service.accounts.callers import Caller, May
from service.kit import ids, paging
from service.kit.db import Connection
from service.kit.paging import DEFAULT_LIMIT, BadCursor, Cursor, Limit, Page
from service.kit.problems import InvalidInput
from service.links.clicks import store
from service.links.clicks.schemas import (
    After,
    Before,
    Click,
    ClickRow,
    Counted,
    InCountry,
    Since,
    Unique,
    WithReason,
)
from service.links.names import REASONS
from service.links.problems import UnknownLink
from service.links.stats.store import get_link

Reader = Annotated[Caller, May("links:read")]


@get("/v1/links/{link_id:str}/clicks", tags=["links"], raises=[UnknownLink, BadCursor, InvalidInput])
async def list_clicks(
    caller: NamedDependency[Reader],
    db: NamedDependency[Connection],
    link_id: FromPath[str],
    since: Since = None,
    before: Before = None,
    counted: Counted = None,
    unique: Unique = None,
    reason: WithReason = None,
    country: InCountry = None,
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
) -> Page[Click]:
    """A link's clicks, the newest first: those that count and those that do not, with the reasons.

    A click is here a moment after its redirect; while the database was away, as soon as it is back.
    Raw clicks are kept for as long as the operator says (13 months unless said otherwise).
    """
    link = await get_link(db, caller.workspace_id, ids.read("lnk", link_id))
    if reason is not None and reason not in REASONS:
        message = f"expected one of {', '.join(REASONS)}"
        raise InvalidInput(message, errors=[{"path": "reason", "message": message}])
    at, number = paging.decode(cursor, After) or (None, None)
    narrowed = (since, before, counted, unique, reason, country)
    rows = await store.list_clicks(db, caller.workspace_id, link, *narrowed, at, number, limit + 1)
    return paging.page(rows, limit, lambda row: (row.clicked_at, row.id), _show)


def _show(row: ClickRow) -> Click:
    shown = structs.asdict(row)
    for name, prefix in (("id", "clk"), ("link_id", "lnk"), ("partner_id", "prt"), ("campaign_id", "cmp")):
        shown[name] = ids.show_or_none(prefix, shown[name])
    return Click(**shown)


ROUTES: list[ControllerRouterHandler] = [list_clicks]
