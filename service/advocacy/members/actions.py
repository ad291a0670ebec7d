"""Who joins, and how; what an advocate changes."""

from uuid import UUID

from msgspec import UNSET, structs

from service.advocacy.members import store
from service.advocacy.members.schemas import AdvocatePatch, AdvocateRow, NewAdvocate
from service.advocacy.problems import AdvocateExists, AdvocateInactive, MayNotJoin, NoAdvocacy
from service.advocacy.referrals import store as referrals
from service.advocacy.terms import store as terms
from service.advocacy.terms.actions import must_have_advocates
from service.advocacy.terms.shapes import Joining
from service.conversions.customers import keys_of
from service.conversions.reports import Buyer
from service.kit import clock, ids
from service.kit.db import Connection
from service.kit.problems import InvalidInput
from service.links.catalogue import actions as links
from service.links.catalogue.schemas import NewLink
from service.links.coupons import actions as coupons
from service.links.coupons.schemas import NewCoupon
from service.programs import actions as partners
from service.programs import store as partners_store
from service.programs.schemas import NewPartner, PartnerPatch
from service.settings import Settings


async def add(db: Connection, workspace_id: UUID, data: NewAdvocate, settings: Settings) -> AdvocateRow:
    """A new advocate, with link and code. A guest who joins keeps what was kept for them.

    Raises InvalidInput, UnknownProgram, UnknownInfluencer, NoAdvocacy, MayNotJoin, AdvocateExists; what the
    link, the code and the partner can't be as links, coupons and partners do.
    """
    program_id = ids.read("prg", data.program_id)
    _check(await _joining(db, workspace_id, program_id), data)
    keys = sorted(keys_of(workspace_id, data.shop.strip(), Buyer(data.external_id, data.email)))
    if not keys and data.influencer_id is None:
        errors = [{"path": "", "message": "email, external_id or influencer_id is needed"}]
        raise InvalidInput("nobody is named", errors=errors)
    guest = await _guest(db, workspace_id, program_id, keys)
    partner_id = await _partner(db, workspace_id, data, guest)
    link_id, coupon_id = await _given(db, workspace_id, data, partner_id, settings)
    status = "active" if data.join_on is None else "guest"
    joined_by = data.joined_by if data.join_on is None else None
    if guest is None:
        advocate_id = ids.new()
        await store.add_advocate(
            db,
            workspace_id,
            advocate_id,
            program_id,
            partner_id,
            data.member,
            joined_by,
            data.join_on,
            status,
            data.board_name,
            data.consent.at,
            data.consent.text,
            await referrals.that_brought(db, workspace_id, program_id, keys),
            link_id,
            coupon_id,
        )
        await store.add_keys(db, workspace_id, program_id, keys, advocate_id)
    else:
        advocate_id = guest.id
        await store.join(
            db,
            workspace_id,
            guest.id,
            data.member,
            joined_by,
            data.join_on,
            status,
            data.board_name,
            data.consent.at,
            data.consent.text,
            link_id,
            coupon_id,
        )
        await store.learn_keys(db, workspace_id, program_id, keys, guest.id)
    return await store.get_advocate(db, workspace_id, advocate_id)


async def _joining(db: Connection, workspace_id: UUID, program_id: UUID) -> Joining:
    await must_have_advocates(db, workspace_id, program_id)
    row = await terms.terms_at(db, workspace_id, program_id, await clock.now(db))
    if row is None:
        raise NoAdvocacy("the program has no advocacy terms yet")
    return row.terms.joining


def _check(joining: Joining, data: NewAdvocate) -> None:
    faults = []
    if data.member not in joining.members:
        faults.append({"path": "member", "message": f"may be {', '.join(joining.members)}"})
    if (way := data.join_on or data.joined_by) not in joining.ways:
        path = "joined_by" if data.join_on is None else "join_on"
        faults.append({"path": path, "message": f"{way} is none of {', '.join(joining.ways)}"})
    if faults:
        raise MayNotJoin(errors=faults)


async def _guest(
    db: Connection, workspace_id: UUID, program_id: UUID, keys: list[bytes]
) -> AdvocateRow | None:
    """The guest that somebody was so far. Raises AdvocateExists where they joined, or several are named."""
    named = {row.of_id for row in await store.named_by(db, workspace_id, program_id, keys)}
    if not named:
        return None
    found = await store.lock_advocate(db, workspace_id, min(named))
    if found.status != "guest" or found.join_on is not None or len(named) > 1:
        raise AdvocateExists(advocate_id=ids.show("adv", found.id))
    return found


async def _partner(db: Connection, workspace_id: UUID, data: NewAdvocate, guest: AdvocateRow | None) -> UUID:
    if guest is None:
        name = data.name or "-"
        new = NewPartner(name, data.program_id, data.influencer_id, data.email)
        return (await partners.add(db, workspace_id, new)).id
    row = await partners_store.lock_partner(db, workspace_id, guest.partner_id)
    patch = PartnerPatch(
        name=data.name or UNSET,
        program_id=data.program_id,
        influencer_id=data.influencer_id or UNSET,
        email=data.email or UNSET,
    )
    return (await partners.change(db, row, workspace_id, patch)).id


async def _given(
    db: Connection, workspace_id: UUID, data: NewAdvocate, partner_id: UUID, settings: Settings
) -> tuple[UUID | None, UUID | None]:
    """The personal link and code."""
    partner, coupon_id, link_id = ids.show("prt", partner_id), None, None
    if data.code is not None:
        coupon_id = (await coupons.add(db, workspace_id, NewCoupon(data.code, partner_id=partner))).id
    if data.url is not None:
        coupon = ids.show_or_none("cpn", coupon_id)
        new = NewLink(url=data.url, partner_id=partner, coupon_id=coupon)
        link_id = (await links.add(db, workspace_id, new, settings)).id
    return link_id, coupon_id


async def change(db: Connection, workspace_id: UUID, row: AdvocateRow, data: AdvocatePatch) -> AdvocateRow:
    """The advocate, whose row is locked, with what was sent. Raises MayNotJoin: a guest joins by
    POST /v1/advocates, with consent; AdvocateInactive: nobody is made of one who was erased; InvalidInput: a
    tier that the terms don't have."""
    if row.erased_at is not None:
        raise AdvocateInactive("they were erased")
    given = {name: value for name, value in structs.asdict(data).items() if value is not UNSET}
    if row.status == "guest" and given.get("status") in ("active", "paused"):
        raise MayNotJoin("a guest joins with consent", errors=[{"path": "status", "message": "is guest"}])
    if row.status == "guest":
        given.pop("status", None)
    if given.get("tier") is not None:
        await _check_tier(db, workspace_id, row.program_id, given["tier"])
    whole = structs.replace(row, **given)
    await store.save_advocate(db, workspace_id, row.id, whole.tier, whole.board_name, whole.status)
    return await store.get_advocate(db, workspace_id, row.id)


async def _check_tier(db: Connection, workspace_id: UUID, program_id: UUID, tier: str) -> None:
    """Where terms have no tiers, any name may be given by hand."""
    row = await terms.terms_at(db, workspace_id, program_id, await clock.now(db))
    names = [] if row is None else [each.name for each in row.terms.tiers]
    if names and tier not in names:
        errors = [{"path": "tier", "message": f"{tier} is none of {', '.join(names)}"}]
        raise InvalidInput("a tier that the program's terms don't have", errors=errors)
