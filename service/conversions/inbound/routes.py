"""/v1/integrations, and all routes of what comes in, for conversions/routes.py."""

from datetime import timedelta
from typing import Annotated, Any
from uuid import UUID

from litestar import Request, Response, delete, get, patch, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody, QueryParameter
from litestar.types import ControllerRouterHandler
from msgspec import UNSET, structs

from service.accounts import audit
from service.accounts.callers import Caller, May
from service.conversions.inbound import actions, store
from service.conversions.inbound.deliveries import routes as deliveries
from service.conversions.inbound.problems import UnknownIntegration
from service.conversions.inbound.receiving import routes as receiving
from service.conversions.inbound.reported import routes as reported
from service.conversions.inbound.schemas import (
    Integration,
    IntegrationKind,
    IntegrationPatch,
    IntegrationRow,
    NewIntegration,
    SecretRotation,
)
from service.influencers.reading import id_list
from service.influencers.schemas import IdList
from service.kit import etag, paging
from service.kit import ids as outer
from service.kit.db import Connection
from service.kit.etag import IfMatch
from service.kit.paging import DEFAULT_LIMIT, BadCursor, Cursor, Limit, Page
from service.kit.problems import InvalidInput, NotFound, PreconditionFailed

Reader = Annotated[Caller, May("conversions:read")]
Writer = Annotated[Caller, May("conversions:write")]
AnyRequest = Request[Any, Any, Any]
OfKind = Annotated[IntegrationKind | None, QueryParameter(name="kind", description="of this kind")]
OfShop = Annotated[str | None, QueryParameter(max_length=120, description="of this shop")]


@post("/v1/integrations", tags=["conversions"], raises=[InvalidInput])
async def create_integration(
    caller: NamedDependency[Writer],
    db: NamedDependency[Connection],
    request: AnyRequest,
    data: JSONBody[NewIntegration],
) -> Response[Integration]:
    """Makes an address that something may send to: a shop's webhooks, a payment system's, postbacks, GA4.

    Write `inbound_url` into the sender's settings, and the secret that it signs with into `secrets`. Anything
    may be appended to the address that a sender insists on (`/mp/collect`, a query).
    """
    row = await actions.add(db, request.app.state.settings, caller.workspace_id, data)
    await audit.record(
        db, caller, "integration.created", outer.show("int", row.id), {"kind": row.kind, "shop": row.shop}
    )
    return await _answer(request, db, caller, row, 201)


@get("/v1/integrations", tags=["conversions"], raises=[BadCursor, InvalidInput, NotFound])
async def list_integrations(
    caller: NamedDependency[Reader],
    db: NamedDependency[Connection],
    request: AnyRequest,
    ids: IdList = None,
    of_kind: OfKind = None,
    shop: OfShop = None,
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
) -> Page[Integration]:
    """What sends, the newest first."""
    rows = await store.list_integrations(
        *(db, caller.workspace_id, of_kind, shop, id_list("int", ids)),
        *(paging.decode(cursor, UUID), limit + 1),
    )
    made = await _shown(request, db, caller, rows[:limit])
    by_id = {row.id: one for row, one in zip(rows, made, strict=False)}
    return paging.page(rows, limit, lambda row: row.id, lambda row: by_id[row.id])


@get("/v1/integrations/{integration_id:str}", tags=["conversions"], raises=[UnknownIntegration])
async def get_integration(
    caller: NamedDependency[Reader],
    db: NamedDependency[Connection],
    request: AnyRequest,
    integration_id: FromPath[str],
) -> Response[Integration]:
    """Something that sends, when it last did, and what of it waits for somebody."""
    row = await store.get_integration(db, caller.workspace_id, outer.read("int", integration_id))
    return await _answer(request, db, caller, row)


@patch(
    "/v1/integrations/{integration_id:str}",
    tags=["conversions"],
    raises=[UnknownIntegration, InvalidInput, PreconditionFailed],
)
async def change_integration(
    caller: NamedDependency[Writer],
    db: NamedDependency[Connection],
    request: AnyRequest,
    integration_id: FromPath[str],
    data: JSONBody[IntegrationPatch],
    if_match: IfMatch = None,
) -> Response[Integration]:
    """Changes what is sent. Deliveries that are kept can be replayed with new aliases."""
    row = await store.lock_integration(db, caller.workspace_id, outer.read("int", integration_id))
    etag.match(if_match, row.version)
    name = row.name if data.name is UNSET else data.name
    aliases = row.aliases if data.aliases is UNSET else data.aliases
    if data.secrets is not UNSET:
        settings = request.app.state.settings
        await actions.put_secrets(db, settings, caller.workspace_id, row.id, data.secrets)
    row = await store.save_integration(db, caller.workspace_id, row.id, name, aliases)
    fields = sorted(field for field, value in structs.asdict(data).items() if value is not UNSET)
    await audit.record(db, caller, "integration.changed", integration_id, {"fields": fields})
    return await _answer(request, db, caller, row)


@post(
    "/v1/integrations/{integration_id:str}/rotate-secret",
    tags=["conversions"],
    status_code=200,
    raises=[UnknownIntegration, InvalidInput],
)
async def rotate_integration_secret(
    caller: NamedDependency[Writer],
    db: NamedDependency[Connection],
    request: AnyRequest,
    integration_id: FromPath[str],
    data: JSONBody[SecretRotation],
) -> Response[Integration]:
    """Adds a new secret; the last one is accepted beside it until the overlap is over, then refused."""
    row = await store.lock_integration(db, caller.workspace_id, outer.read("int", integration_id))
    overlap = timedelta(seconds=data.overlap_s)
    settings = request.app.state.settings
    await actions.rotate(db, settings, caller.workspace_id, row.id, data.secret, overlap)
    row = await store.save_integration(db, caller.workspace_id, row.id, row.name, row.aliases)
    await audit.record(
        db, caller, "integration.secret_rotated", integration_id, {"overlap_s": data.overlap_s}
    )
    return await _answer(request, db, caller, row)


@delete("/v1/integrations/{integration_id:str}", tags=["conversions"], raises=[UnknownIntegration])
async def archive_integration(
    caller: NamedDependency[Writer], db: NamedDependency[Connection], integration_id: FromPath[str]
) -> None:
    """Ends an integration: its address is unknown from now on. Its conversions and commissions stay."""
    row = await store.lock_integration(db, caller.workspace_id, outer.read("int", integration_id))
    await store.archive_integration(db, caller.workspace_id, row.id)
    await store.drop_secrets(db, caller.workspace_id, row.id)
    await audit.record(db, caller, "integration.archived", integration_id)


async def _answer(
    request: AnyRequest, db: Connection, caller: Caller, row: IntegrationRow, status_code: int = 200
) -> Response[Integration]:
    [made] = await _shown(request, db, caller, [row])
    return Response(made, status_code=status_code, headers={"ETag": etag.of(row.version)})


async def _shown(
    request: AnyRequest, db: Connection, caller: Caller, rows: list[IntegrationRow]
) -> list[Integration]:
    writes = "conversions:write" in caller.scopes
    return await actions.shown(db, request.app.state.settings, caller.workspace_id, rows, writes=writes)


ROUTES: list[ControllerRouterHandler] = [
    create_integration,
    list_integrations,
    get_integration,
    change_integration,
    rotate_integration_secret,
    archive_integration,
    *deliveries.ROUTES,
    *receiving.ROUTES,
    *reported.ROUTES,
]
