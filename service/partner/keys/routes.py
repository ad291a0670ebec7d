"""POST, GET, DELETE /v1/partner/api-keys."""

from uuid import UUID

from litestar import delete, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from litestar.types import ControllerRouterHandler

from service.accounts.keys import store
from service.accounts.partners.routes import Partner
from service.accounts.problems import BadExpiry, PeopleOnly, TooManyKeys, UnknownKey
from service.kit import ids, paging
from service.kit.db import Connection
from service.kit.paging import DEFAULT_LIMIT, BadCursor, Cursor, Limit, Page
from service.partner.keys import actions
from service.partner.keys.schemas import CreatedPartnerKey, NewPartnerKey, PartnerKey


@post("/v1/partner/api-keys", tags=["partner"], raises=[BadExpiry, PeopleOnly, TooManyKeys])
async def create_partner_key(
    caller: NamedDependency[Partner], db: NamedDependency[Connection], data: JSONBody[NewPartnerKey]
) -> CreatedPartnerKey:
    """Makes a key for the partner's own programs and shows its secret, this once. It sees and does what the
    partner may, but gives nobody access. It ends with the access of whoever made it."""
    return await actions.create(db, caller, data)


@get("/v1/partner/api-keys", tags=["partner"], raises=[BadCursor])
async def list_partner_keys(
    caller: NamedDependency[Partner],
    db: NamedDependency[Connection],
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
) -> Page[PartnerKey]:
    """The partner's keys, the newest first, with the revoked ones."""
    before = paging.decode(cursor, UUID)
    rows = await store.list_partner_keys(db, caller.workspace_id, caller.partner, before, limit + 1)
    return paging.page(rows, limit, lambda row: row.id, actions.show)


@get("/v1/partner/api-keys/{key_id:str}", tags=["partner"], raises=[UnknownKey])
async def get_partner_key(
    caller: NamedDependency[Partner], db: NamedDependency[Connection], key_id: FromPath[str]
) -> PartnerKey:
    """A key, without its secret."""
    found = ids.read("key", key_id)
    return actions.show(await store.get_partner_key(db, caller.workspace_id, caller.partner, found))


@delete("/v1/partner/api-keys/{key_id:str}", tags=["partner"], raises=[UnknownKey, PeopleOnly])
async def revoke_partner_key(
    caller: NamedDependency[Partner], db: NamedDependency[Connection], key_id: FromPath[str]
) -> None:
    """Ends a key, for good and within a second. A second time changes nothing. A key can end itself."""
    await actions.revoke(db, caller, key_id)


ROUTES: list[ControllerRouterHandler] = [
    create_partner_key,
    list_partner_keys,
    get_partner_key,
    revoke_partner_key,
]
