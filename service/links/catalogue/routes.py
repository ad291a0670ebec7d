"""/v1/links."""

from typing import Annotated
from uuid import UUID

from litestar import Response, delete, get, patch, post
from litestar.datastructures import State
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from litestar.types import ControllerRouterHandler
from msgspec import UNSET, structs

from service.accounts import audit
from service.accounts.callers import Caller, May
from service.influencers.schemas import IdList
from service.kit import etag, paging
from service.kit import ids as outer
from service.kit.db import Connection
from service.kit.etag import IfMatch
from service.kit.paging import DEFAULT_LIMIT, BadCursor, Cursor, Limit, Page
from service.kit.problems import InvalidInput, NotFound, PreconditionFailed
from service.links.catalogue import actions, show, store
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
from service.links.catalogue.schemas import Link, LinkPatch, LinkRow, NewLink
from service.links.problems import (
    CodeNotAvailable,
    ExternalIdTaken,
    UnknownCoupon,
    UnknownLink,
    ViaTaken,
)
from service.programs.problems import UnknownPartner
from service.settings import Settings

Reader = Annotated[Caller, May("links:read")]
Writer = Annotated[Caller, May("links:write")]
MADE = [InvalidInput, ViaTaken, ExternalIdTaken, UnknownPartner, UnknownCoupon]


@post("/v1/links", tags=["links"], raises=[*MADE, CodeNotAvailable])
async def create_link(
    caller: NamedDependency[Writer], db: NamedDependency[Connection], state: State, data: JSONBody[NewLink]
) -> Response[Link]:
    """Makes a link and its `short_url`. It leads to hosts among the workspace's `destination_hosts` alone.

    A code that can't be had is refused without a reason; one without a code gets a random one.
    """
    row = await actions.add(db, caller.workspace_id, data, state.settings)
    await audit.record(db, caller, "link.created", outer.show("lnk", row.id))
    return _answer(row, state.settings, 201)


@get("/v1/links", tags=["links"], raises=[BadCursor, InvalidInput, NotFound])
async def list_links(
    caller: NamedDependency[Reader],
    db: NamedDependency[Connection],
    state: State,
    ids: IdList = None,
    partner_id: OfPartner = None,
    campaign_id: OfCampaign = None,
    coupon_id: OfCoupon = None,
    in_status: InStatus = None,
    health: InHealth = None,
    host: OnHost = None,
    q: Query = None,
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
) -> Page[Link]:
    """The newest first. Retired links are hidden unless asked for by id or status."""
    wanted = narrowed(state.settings, ids, partner_id, campaign_id, coupon_id, in_status, health, host, q)
    before = paging.decode(cursor, UUID)
    rows = await store.list_links(db, caller.workspace_id, wanted, before, limit + 1)
    return paging.page(rows, limit, lambda row: row.id, lambda row: show.link(row, state.settings))


@get("/v1/links/{link_id:str}", tags=["links"], raises=[UnknownLink])
async def get_link(
    caller: NamedDependency[Reader],
    db: NamedDependency[Connection],
    state: State,
    link_id: FromPath[str],
) -> Response[Link]:
    """A link, with what the last check of its destinations found."""
    return _answer(await store.get_link(db, caller.workspace_id, outer.read("lnk", link_id)), state.settings)


@patch("/v1/links/{link_id:str}", tags=["links"], raises=[UnknownLink, *MADE, PreconditionFailed])
async def change_link(
    caller: NamedDependency[Writer],
    db: NamedDependency[Connection],
    state: State,
    link_id: FromPath[str],
    data: JSONBody[LinkPatch],
    if_match: IfMatch = None,
) -> Response[Link]:
    """Changes what is sent, everywhere within a second; code and host stay. `status` retires and revives."""
    row = await store.lock_link(db, caller.workspace_id, outer.read("lnk", link_id))
    etag.match(if_match, row.version)
    row = await actions.change(db, caller.workspace_id, row, data, state.settings)
    fields = sorted(name for name, value in structs.asdict(data).items() if value is not UNSET)
    await audit.record(db, caller, "link.changed", link_id, {"fields": fields})
    return _answer(row, state.settings)


@delete("/v1/links/{link_id:str}", tags=["links"], raises=[UnknownLink, PreconditionFailed])
async def retire_link(
    caller: NamedDependency[Writer],
    db: NamedDependency[Connection],
    link_id: FromPath[str],
    if_match: IfMatch = None,
) -> None:
    """Retires a link: it answers 410 or leads to its fallback; clicks and code stay. PATCH revives it."""
    row = await store.lock_link(db, caller.workspace_id, outer.read("lnk", link_id))
    etag.match(if_match, row.version)
    if await store.retire_link(db, caller.workspace_id, row.id) is not None:
        await audit.record(db, caller, "link.retired", link_id)


def _answer(row: LinkRow, settings: Settings, status_code: int = 200) -> Response[Link]:
    return Response(show.link(row, settings), status_code=status_code, headers={"ETag": etag.of(row.version)})


ROUTES: list[ControllerRouterHandler] = [create_link, list_links, get_link, change_link, retire_link]
