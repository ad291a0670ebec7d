"""Making, changing and listing a partner's links, by the same checks as the brand's."""

from uuid import UUID

from msgspec import structs

from service.accounts.callers import Caller
from service.kit import etag, ids
from service.kit.db import Connection
from service.links.catalogue import actions, store
from service.links.catalogue.schemas import LinkPatch, LinkRow, Listed, NewLink
from service.links.problems import UnknownLink
from service.partner.links.schemas import NewPartnerLink, PartnerLink, PartnerLinkPatch
from service.partner.links.showing import shown
from service.partner.problems import MadeByTheBrand, PartnerPaused
from service.programs.store import get_partner
from service.settings import Settings


async def add(db: Connection, caller: Caller, data: NewPartnerLink, settings: Settings) -> LinkRow:
    """A new link of the partner's. Raises PartnerPaused, and as the brand's `add`."""
    if (await get_partner(db, caller.workspace_id, caller.partner)).status != "active":
        raise PartnerPaused("ask the brand; your links go on leading to where they lead")
    new = NewLink(**structs.asdict(data), partner_id=ids.show("prt", caller.partner))
    row = await actions.add(db, caller.workspace_id, new, settings)
    await store.mark_by_partner(db, caller.workspace_id, row.id)
    return row


async def change(
    db: Connection,
    caller: Caller,
    link_id: UUID,
    data: PartnerLinkPatch,
    if_match: str | None,
    settings: Settings,
) -> LinkRow:
    """The link with what was sent. Raises MadeByTheBrand, PreconditionFailed, and as the brand's `change`."""
    row = await lock(db, caller, link_id)
    etag.match(if_match, row.version)
    return await actions.change(db, caller.workspace_id, row, LinkPatch(**structs.asdict(data)), settings)


async def lock(db: Connection, caller: Caller, link_id: UUID) -> LinkRow:
    """A link that the partner made. Raises UnknownLink, MadeByTheBrand."""
    row = await store.lock_link(db, caller.workspace_id, link_id)
    if row.partner_id != caller.partner:
        raise UnknownLink
    if not await store.made_by_partners(db, caller.workspace_id, [link_id]):
        raise MadeByTheBrand("ask the brand to change it, or make one of your own")
    return row


async def get(db: Connection, caller: Caller, link_id: UUID) -> LinkRow:
    """A link of the partner's. Raises UnknownLink."""
    row = await store.get_link(db, caller.workspace_id, link_id)
    if row.partner_id != caller.partner:
        raise UnknownLink
    return row


async def page(
    db: Connection, caller: Caller, wanted: Listed, before: UUID | None, limit: int, settings: Settings
) -> list[tuple[UUID, PartnerLink]]:
    """The newest first, older than `before`, each with its key."""
    rows = await store.list_links(db, caller.workspace_id, wanted, before, limit)
    own = {*await store.made_by_partners(db, caller.workspace_id, [row.id for row in rows])}
    return [(row.id, shown(row, row.id in own, settings)) for row in rows]
