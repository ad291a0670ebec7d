"""Making and changing partners, and what an erasure takes from them."""

from collections.abc import Sequence
from uuid import UUID

from msgspec import UNSET, structs

from service.accounts.partners.people import actions as acting
from service.influencers.events import InfluencersErased
from service.influencers.problems import UnknownInfluencer
from service.kit import events, ids, outbox
from service.kit.db import Connection
from service.kit.text import fold_tr
from service.programs import store
from service.programs.applications import store as applications
from service.programs.catalogue import store as programs
from service.programs.embedding import store as embedding
from service.programs.events import PartnersForgotten
from service.programs.names import email_key, slug
from service.programs.notices import store as notices
from service.programs.preferences import store as preferences
from service.programs.problems import PartnerMerged, UnknownProgram
from service.programs.schemas import NewPartner, PartnerPatch, PartnerRow


async def add(db: Connection, workspace_id: UUID, data: NewPartner) -> PartnerRow:
    """A new partner. Raises UnknownInfluencer, UnknownProgram; PartnerExists comes from the constraint."""
    influencer_id = await _influencer(db, workspace_id, data.influencer_id)
    program_id = await _program(db, workspace_id, data.program_id)
    partner_id = ids.new()
    await store.add_partner(
        db,
        workspace_id,
        partner_id,
        program_id,
        influencer_id,
        data.name,
        slug(data.name),
        fold_tr(data.name),
        data.email,
        email_key(data.email),
        data.group,
    )
    await store.note_partner(db, workspace_id, partner_id)
    return await store.get_partner(db, workspace_id, partner_id)


async def change(db: Connection, row: PartnerRow, workspace_id: UUID, data: PartnerPatch) -> PartnerRow:
    """The partner with what was sent. Raises UnknownInfluencer, UnknownProgram, PartnerMerged."""
    if row.merged_into is not None:
        raise PartnerMerged(f"it is {ids.show('prt', row.merged_into)} now")
    given = {name: value for name, value in structs.asdict(data).items() if value is not UNSET}
    if "influencer_id" in given:
        given["influencer_id"] = await _influencer(db, workspace_id, given["influencer_id"])
    if "program_id" in given:
        given["program_id"] = await _program(db, workspace_id, given["program_id"])
    row = structs.replace(row, **given)
    await store.save_partner(
        db,
        workspace_id,
        row.id,
        row.program_id,
        row.influencer_id,
        row.name,
        slug(row.name),
        fold_tr(row.name),
        row.email,
        email_key(row.email),
        row.group,
        row.status,
        "influencer_id" in given,
    )
    await store.note_partner(db, workspace_id, row.id)
    return await store.get_partner(db, workspace_id, row.id)


async def _influencer(db: Connection, workspace_id: UUID, text: str | None) -> UUID | None:
    if text is None:
        return None
    influencer_id = ids.read("inf", text)
    if await store.known_influencer(db, workspace_id, influencer_id) is None:
        raise UnknownInfluencer(f"there is no {text!r}")
    return influencer_id


async def _program(db: Connection, workspace_id: UUID, text: str | None) -> UUID | None:
    """Nobody joins a program that is archived."""
    if text is None:
        return None
    program_id = ids.read("prg", text)
    if await programs.status_of(db, workspace_id, program_id) in (None, "archived"):
        raise UnknownProgram(f"there is no {text!r} to join")
    return program_id


async def forget(db: Connection, event: InfluencersErased) -> None:
    """Handles the event: the partner's record stays for what was paid, without name and address."""
    for address in await applications.forget_of_influencers(db, event.workspace_id, event.ids):
        await outbox.forget(db, event.workspace_id, address)
    family = await store.partners_of(db, event.workspace_id, event.ids)
    await _forget(db, event.workspace_id, family)


async def forget_people(db: Connection, workspace_id: UUID, partner_ids: Sequence[UUID]) -> None:
    """The same for partners who are erased as somebody else: an advocate, who is a customer. What they
    applied with goes too, and mails to them that have not left."""
    family = await store.family_of(db, workspace_id, partner_ids)
    addresses = await store.addresses_of(db, workspace_id, family)
    addresses += await applications.forget_of_partners(db, workspace_id, family)
    for address in addresses:
        await outbox.forget(db, workspace_id, address)
    await _forget(db, workspace_id, family)


async def _forget(db: Connection, workspace_id: UUID, partner_ids: Sequence[UUID]) -> None:
    forgotten = await store.forget_partners(db, workspace_id, partner_ids)
    for partner_id in forgotten:
        await store.note_partner(db, workspace_id, partner_id)
        await store.forget_groups(db, workspace_id, partner_id)
        await preferences.forget_preferences(db, workspace_id, partner_id)
        await embedding.forget_names(db, workspace_id, partner_id)
        await acting.forget(db, workspace_id, partner_id)
    await notices.forget_notices(db, workspace_id, forgotten)
    await events.emit(db, PartnersForgotten(workspace_id, forgotten))
