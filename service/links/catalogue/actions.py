"""Making and changing links: what is checked against the database, and written."""

from typing import Any
from uuid import UUID

import msgspec
from msgspec import UNSET, structs

from service.accounts.workspaces.store import get_workspace
from service.kit import ids
from service.kit.db import Connection
from service.kit.problems import InvalidInput
from service.links import codes
from service.links.catalogue import checks, show, store
from service.links.catalogue.checks import Fault, Faulty, Grounds
from service.links.catalogue.schemas import LinkPatch, LinkRow, NewLink, Values
from service.links.coupons import store as coupons
from service.links.problems import CodeNotAvailable
from service.programs import store as partners
from service.programs.problems import UnknownPartner
from service.settings import Settings


async def grounds(db: Connection, workspace_id: UUID, settings: Settings) -> Grounds:
    """What the workspace's links are checked against."""
    row = await get_workspace(db, workspace_id)
    return Grounds(row.destination_hosts, row.link_hosts, settings.link_host)


async def add(db: Connection, workspace_id: UUID, data: NewLink, settings: Settings) -> LinkRow:
    """A new link. Raises InvalidInput, CodeNotAvailable, UnknownPartner, UnknownCoupon."""
    values = _valued(data, await grounds(db, workspace_id, settings), None)
    if data.code is not None and codes.is_reserved(values.code):
        raise CodeNotAvailable("choose another code")
    if values.host is not None and await store.is_host_of_others(db, workspace_id, values.host):
        raise InvalidInput("a host that can't be used", errors=[HOST_OF_OTHERS])
    await _belongs(db, workspace_id, values)
    link_id = ids.new()
    await store.add_link(db, workspace_id, link_id, encoded(values))
    return await store.get_link(db, workspace_id, link_id)


HOST_OF_OTHERS: Fault = {"path": "host", "message": "is not available for links"}


async def change(
    db: Connection, workspace_id: UUID, row: LinkRow, data: LinkPatch, settings: Settings
) -> LinkRow:
    """The link with what was sent; only that is checked. Raises as `add`."""
    given = {name: value for name, value in structs.asdict(data).items() if value is not UNSET}
    retired = {"active": False, "retired": True}.get(given.pop("status", ""), row.status == "retired")
    whole = structs.replace(sent(row), **given)
    # Network and address are one thing: whichever changes, both are looked at.
    pairs = {"network", "tracking_id"} if given.keys() & {"url", "network", "tracking_id"} else set()
    values = _valued(whole, await grounds(db, workspace_id, settings), given.keys() | pairs)
    if given.keys() & {"partner_id", "coupon_id"}:
        await _belongs(db, workspace_id, values)
    elsewhere = bool(given.keys() & {"url", "targets"})
    await store.save_link(db, workspace_id, row.id, encoded(values), retired, elsewhere)
    return await store.get_link(db, workspace_id, row.id)


def sent(row: LinkRow) -> NewLink:
    """A link as if it were sent anew."""
    plain = {name: getattr(row, name) for name in NewLink.__struct_fields__ if hasattr(row, name)}
    return NewLink(
        **{
            **plain,
            "partner_id": ids.show_or_none("prt", row.partner_id),
            "campaign_id": ids.show_or_none("cmp", row.campaign_id),
            "coupon_id": ids.show_or_none("cpn", row.coupon_id),
            "targets": [show.target(one) for one in row.targets],
            "utm": show.utm(row.utm),
        }
    )


def encoded(values: Values) -> dict[str, Any]:
    """The values as jsonb."""
    found: dict[str, Any] = msgspec.to_builtins(values)
    return found


def _valued(data: NewLink, grounds: Grounds, only: Any) -> Values:
    try:
        return checks.values(data, grounds, only)
    except Faulty as error:
        raise InvalidInput("a link that can't be", errors=error.faults) from error


async def _belongs(db: Connection, workspace_id: UUID, values: Values) -> None:
    """A link's partner and coupon are there, and the coupon is no other partner's."""
    if values.partner_id is not None:
        found = await partners.known_partners(db, workspace_id, [values.partner_id])
        if not found:
            raise UnknownPartner(f"there is no {ids.show('prt', values.partner_id)!r}")
    if values.coupon_id is not None:
        coupon = await coupons.get_coupon(db, workspace_id, values.coupon_id)
        if coupon.partner_id not in (None, values.partner_id):
            errors = [{"path": "coupon_id", "message": "is another partner's coupon"}]
            raise InvalidInput("a link and its coupon are one partner's", errors=errors)
