"""POST /v1/links/bulk; GET /v1/links.csv."""

from collections.abc import AsyncIterator
from typing import Annotated, Any
from uuid import UUID

from litestar import Request, get, post
from litestar.datastructures import State
from litestar.di import NamedDependency
from litestar.params import JSONBody
from litestar.response import Stream
from litestar.types import ControllerRouterHandler

from service.accounts import audit
from service.accounts.callers import Caller, May
from service.influencers.schemas import IdList
from service.kit import ids as outer
from service.kit.db import Connection, Database
from service.kit.problems import InvalidInput, NotFound
from service.links.bulk import actions, table
from service.links.bulk.actions import Failed, Made
from service.links.bulk.keys import Keys
from service.links.bulk.schemas import LinkError, LinkResult, LinkResults, NewLinks
from service.links.catalogue import show, store
from service.links.catalogue.actions import grounds
from service.links.catalogue.narrowing import (
    InHealth,
    InStatus,
    OfCampaign,
    OfCoupon,
    OfPartner,
    OnHost,
    Query,
    narrowed,
)
from service.links.catalogue.schemas import Listed
from service.settings import Settings

Reader = Annotated[Caller, May("links:read")]
Writer = Annotated[Caller, May("links:write")]
AnyRequest = Request[Any, Any, Any]
CSV = {"text/csv": {"schema": {"type": "string"}}}
ROWS = 500


@post("/v1/links/bulk", tags=["links"], status_code=200, raises=[InvalidInput])
async def create_links(
    caller: NamedDependency[Writer], db: NamedDependency[Connection], state: State, data: JSONBody[NewLinks]
) -> LinkResults:
    """Makes up to 1,000 links, and says what became of each: one that can't be stops no other.

    The same request again makes nothing new, with or without an Idempotency-Key: its items `exists`.
    """
    found = await grounds(db, caller.workspace_id, state.settings)
    tried = db.transaction()
    await tried.start()
    results = await actions.put(db, caller.workspace_id, found, data.links, Keys())
    await (tried.rollback() if data.dry_run else tried.commit())
    shown = [_shown(at, one, data, state.settings) for at, one in enumerate(results)]
    counts = {kind: sum(one.result == kind for one in shown) for kind in ("created", "exists", "failed")}
    if counts["created"] and not data.dry_run:
        made = [one.id for one in shown if one.result == "created"]
        await audit.record(db, caller, "links.created", made[0] or "", {"link_ids": made})
    return LinkResults(**counts, data=shown)


def _shown(at: int, result: Made | Failed, data: NewLinks, settings: Settings) -> LinkResult:
    if isinstance(result, Failed):
        errors = [LinkError(fault["path"], fault["message"], code) for code, fault in result.faults]
        return LinkResult(at, "failed", errors=errors)
    if result.new and data.dry_run:
        # The link is not kept: neither is its id, nor a code that was drawn.
        return LinkResult(at, "created", code=result.code if data.links[at].code else None)
    url = show.follow_url(result.host, result.code, settings)
    kind = "created" if result.new else "exists"
    return LinkResult(at, kind, outer.show("lnk", result.id), result.code, url)  # type: ignore[arg-type]


@get("/v1/links.csv", tags=["links"], opt={"openapi_answer": CSV}, raises=[InvalidInput, NotFound])
async def export_links(
    caller: NamedDependency[Reader],
    request: AnyRequest,
    ids: IdList = None,
    partner_id: OfPartner = None,
    campaign_id: OfCampaign = None,
    coupon_id: OfCoupon = None,
    in_status: InStatus = None,
    health: InHealth = None,
    host: OnHost = None,
    q: Query = None,
) -> Stream:
    """The list of links as a spreadsheet, the newest first, with the columns that an import takes."""
    settings: Settings = request.app.state.settings
    wanted = narrowed(settings, ids, partner_id, campaign_id, coupon_id, in_status, health, host, q)
    body = _rows(request.app.state.database, caller.workspace_id, wanted, settings)
    headers = {"Content-Disposition": 'attachment; filename="links.csv"'}
    return Stream(body, media_type="text/csv", headers=headers)


async def _rows(
    database: Database, workspace_id: UUID, wanted: Listed, settings: Settings
) -> AsyncIterator[str]:
    yield table.header()
    before: UUID | None = None
    while True:
        async with database.transaction(workspace_id) as db:
            rows = await store.list_links(db, workspace_id, wanted, before, ROWS)
        yield table.lines(rows, settings)
        if len(rows) < ROWS:
            return
        before = rows[-1].id


ROUTES: list[ControllerRouterHandler] = [create_links, export_links]
