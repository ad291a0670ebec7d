"""Making and ending a partner's keys."""

from service.accounts import audit
from service.accounts.callers import Caller
from service.accounts.keys import store
from service.accounts.keys.actions import create_key
from service.accounts.keys.schemas import KeyRow
from service.accounts.partners import store as access
from service.accounts.partners.people import store as people
from service.accounts.problems import BadExpiry, PeopleOnly, TooManyKeys
from service.kit import clock, ids
from service.kit.db import Connection
from service.partner.keys.schemas import CreatedPartnerKey, NewPartnerKey, PartnerKey
from service.programs import store as partners

MOST_KEYS = 25


async def create(db: Connection, caller: Caller, data: NewPartnerKey) -> CreatedPartnerKey:
    """A new key. Raises PeopleOnly, BadExpiry, TooManyKeys."""
    session = None if caller.session_id is None else await access.find_session(db, caller.session_id)
    if session is None:
        raise PeopleOnly
    if data.expires_at is not None and data.expires_at <= await clock.now(db):
        raise BadExpiry
    workspace_id, partner_id = caller.workspace_id, caller.partner
    # Locked, so that two requests don't both make the last one.
    await partners.lock_partner(db, workspace_id, partner_id)
    if await store.count_partner_keys(db, workspace_id, partner_id) >= MOST_KEYS:
        raise TooManyKeys(f"at most {MOST_KEYS} hold at a time", most=MOST_KEYS)
    maker = await people.find_acting(db, workspace_id, partner_id, session.email_key)
    made = await create_key(
        db, workspace_id, data.name, "partner", (), data.expires_at, partner_id=partner_id, made_by=maker
    )
    await audit.record(db, caller, "key.created", made.id, {"kind": "partner"})
    fields = {name: getattr(made, name) for name in CreatedPartnerKey.__struct_fields__}
    return CreatedPartnerKey(**fields)


async def revoke(db: Connection, caller: Caller, key_id: str) -> None:
    """Ends a key. Raises UnknownKey, PeopleOnly; a key may end itself."""
    wanted = ids.read("key", key_id)
    if caller.session_id is None and wanted != caller.id:
        await store.get_partner_key(db, caller.workspace_id, caller.partner, wanted)
        raise PeopleOnly
    await store.revoke_partner_key(db, caller.workspace_id, caller.partner, wanted)
    await audit.record(db, caller, "key.revoked", key_id)


def show(row: KeyRow) -> PartnerKey:
    """A key as the partner sees it."""
    fields = {name: getattr(row, name) for name in PartnerKey.__struct_fields__}
    return PartnerKey(**{**fields, "id": ids.show("key", row.id)})
