"""Many links at once, of a request or a file: each is checked, those that can be are written together."""

from collections.abc import Sequence
from uuid import UUID

from msgspec import Struct

from service.kit import ids
from service.kit.db import Connection
from service.links import codes
from service.links.bulk.keys import Keys
from service.links.catalogue import checks, store
from service.links.catalogue.actions import HOST_OF_OTHERS, encoded
from service.links.catalogue.checks import Fault, Faulty, Grounds
from service.links.catalogue.schemas import KnownRow, NewLink, Values
from service.links.coupons import store as coupons
from service.programs import store as partners


class Failed(Struct, frozen=True):
    """Why an item is no link: faults, each with the slug of its problem."""

    faults: list[tuple[str, Fault]]


class Made(Struct, frozen=True):
    """A link; `new` where this item made it."""

    id: UUID
    code: str
    host: str | None
    new: bool


class _Item(Struct, frozen=True):
    id: UUID
    key: str
    values: Values


async def put(
    db: Connection, workspace_id: UUID, grounds: Grounds, wanted: Sequence[NewLink], keys: Keys
) -> list[Made | Failed]:
    """Writes what can be written; a result for each, in their order. What came before changes nothing."""
    checked = [_checked(data, grounds, keys) for data in wanted]
    items = [one for one in checked if isinstance(one, _Item)]
    missing = await _missing(db, workspace_id, [one.values for one in items])
    known = {row.key: row for row in await store.by_key(db, workspace_id, [one.key for one in items])}
    fresh = [one for one in items if one.key not in known and not missing(one.values)]
    written = set(await _write(db, workspace_id, fresh))
    left = [one for one in fresh if one.id not in written]
    if left:
        # Another request with the same items was a moment earlier.
        known |= {row.key: row for row in await store.by_key(db, workspace_id, [one.key for one in left])}
    why = await _why(db, workspace_id, [one for one in left if one.key not in known])
    results: list[Made | Failed] = []
    for one in checked:
        if isinstance(one, Failed):
            results.append(one)
        elif one.key in known:
            results.append(_known(known[one.key]))
        elif one.id in written:
            results.append(Made(one.id, one.values.code, one.values.host, new=True))
        else:
            faults = missing(one.values) or why[one.id]
            results.append(Failed(faults))
    return results


def _known(row: KnownRow) -> Made:
    return Made(row.id, row.code, row.host, new=False)


def _checked(data: NewLink, grounds: Grounds, keys: Keys) -> "_Item | Failed":
    try:
        values = checks.values(data, grounds)
    except Faulty as error:
        return Failed([("invalid-input", fault) for fault in error.faults])
    if data.code is not None and codes.is_reserved(values.code):
        return Failed([_CODE])
    return _Item(ids.new(), keys.of(data, values), values)


_CODE = ("code-not-available", {"path": "code", "message": "is not available"})


class _Missing:
    """What items name that is not there, or is others'."""

    def __init__(self, known: set[UUID], coupon_partners: dict[UUID, UUID | None], foreign: set[str]) -> None:
        self.known, self.coupon_partners, self.foreign = known, coupon_partners, foreign

    def __call__(self, values: Values) -> list[tuple[str, Fault]]:
        found = []
        if values.host in self.foreign:
            found.append(("invalid-input", HOST_OF_OTHERS))
        if values.partner_id is not None and values.partner_id not in self.known:
            found.append(("partner-not-found", {"path": "partner_id", "message": "there is no such partner"}))
        if values.coupon_id is not None:
            found += self._coupon(values.coupon_id, values.partner_id)
        return found

    def _coupon(self, coupon_id: UUID, partner_id: UUID | None) -> list[tuple[str, Fault]]:
        if coupon_id not in self.coupon_partners:
            return [("coupon-not-found", {"path": "coupon_id", "message": "there is no such coupon"})]
        if self.coupon_partners[coupon_id] not in (None, partner_id):
            return [("invalid-input", {"path": "coupon_id", "message": "is another partner's coupon"})]
        return []


async def _missing(db: Connection, workspace_id: UUID, values: Sequence[Values]) -> _Missing:
    named = list({one.partner_id for one in values if one.partner_id is not None})
    known = await partners.known_partners(db, workspace_id, named) if named else []
    coupon_ids = list({one.coupon_id for one in values if one.coupon_id is not None})
    found = await coupons.by_ids(db, workspace_id, coupon_ids) if coupon_ids else []
    hosts = {one.host for one in values if one.host is not None}
    foreign = {host for host in hosts if await store.is_host_of_others(db, workspace_id, host)}
    return _Missing(set(known), {row.id: row.partner_id for row in found}, foreign)


async def _write(db: Connection, workspace_id: UUID, items: Sequence[_Item]) -> list[UUID]:
    rows = [{"id": str(one.id), "key": one.key, **encoded(one.values)} for one in items]
    return await store.add_links(db, workspace_id, rows) if rows else []


async def _why(
    db: Connection, workspace_id: UUID, left: Sequence[_Item]
) -> dict[UUID, list[tuple[str, Fault]]]:
    """Which of the names of an item that was not written is another link's; if none here, it is the code."""
    if not left:
        return {}
    externals = [one.values.external_id for one in left if one.values.external_id]
    vias = [one.values.via for one in left if one.values.via]
    own_externals = set(await store.external_ids(db, workspace_id, externals))
    own_vias = set(await store.vias(db, workspace_id, vias))
    found: dict[UUID, list[tuple[str, Fault]]] = {}
    for one in left:
        faults: list[tuple[str, Fault]] = []
        if one.values.external_id in own_externals:
            message = {"path": "external_id", "message": "is another link's"}
            faults.append(("link-external-id-taken", message))
        if one.values.via in own_vias:
            faults.append(("via-taken", {"path": "via", "message": "is another link's"}))
        found[one.id] = faults or [_CODE]
    return found
