"""Inviting to act for a partner, and ending that somebody does."""

from datetime import timedelta
from uuid import UUID

import msgspec
from msgspec import Struct

from service.accounts import audit, tokens
from service.accounts.callers import Caller
from service.accounts.partners import store as access
from service.accounts.partners.people import store
from service.accounts.partners.people.schemas import (
    ActingRow,
    PartnerInvitation,
    PartnerInvitationRow,
    PartnerInvitationView,
    PartnerPerson,
)
from service.accounts.problems import InvitationEnded, UnknownInvitation
from service.accounts.schemas import email_key
from service.kit import ids
from service.kit.db import Connection, Database

LIFETIME = timedelta(days=14)
# The hosted page, which accepts it.
PATH = "/p/join/{}"


class InvitedPartner(Struct):
    """An invitation and the path of its link, which is known only now."""

    row: PartnerInvitationRow
    path: str


async def invite(db: Connection, workspace_id: UUID, partner_id: UUID, email: str) -> InvitedPartner:
    """A new invitation in place of an open one of the partner to the same address."""
    token = tokens.random_text(40)
    key = email_key(email)
    await store.replace_invitation(db, workspace_id, partner_id, key)
    row = await store.add_invitation(
        db, workspace_id, ids.new(), partner_id, email.strip(), key, tokens.digest(token), LIFETIME
    )
    return InvitedPartner(row, PATH.format(token))


async def revoke(db: Connection, caller: Caller, partner_id: UUID, invitation_id: UUID) -> None:
    """Takes an invitation back. Raises UnknownInvitation, InvitationEnded."""
    row = await store.get_invitation(db, caller.workspace_id, partner_id, invitation_id)
    if row.status == "accepted":
        raise InvitationEnded("it is accepted: remove the person instead")
    if await store.revoke_invitation(db, caller.workspace_id, partner_id, invitation_id) is not None:
        subject = ids.show("prt", partner_id)
        details = {"invitation_id": ids.show("inv", invitation_id)}
        await audit.record(db, caller, "partner.invitation_revoked", subject, details)


async def look(database: Database, token: str) -> PartnerInvitationView:
    """What an invitation's token leads to. Raises UnknownInvitation."""
    async with database.connection() as db:
        place = await access.find_invitation(db, tokens.digest(token))
    if place is None:
        raise UnknownInvitation("no invitation has this link")
    async with database.transaction(place.workspace_id, place.partner_id) as db:
        row = await store.get_place(db, place.workspace_id, place.id)
    return PartnerInvitationView(**msgspec.structs.asdict(row))


async def remove(db: Connection, caller: Caller, partner_id: UUID, person_id: UUID) -> None:
    """Somebody acts for the partner no longer: sessions, keys and invitations end. Raises UnknownPerson."""
    removed = await store.remove(db, caller.workspace_id, partner_id, person_id)
    await store.end_sessions(db, caller.workspace_id, partner_id, removed.email_key)
    await store.end_keys(db, caller.workspace_id, partner_id, person_id)
    await store.replace_invitation(db, caller.workspace_id, partner_id, removed.email_key)
    subject = ids.show("prt", partner_id)
    await audit.record(
        db, caller, "partner.person_removed", subject, {"person_id": ids.show("ppl", person_id)}
    )


async def forget(db: Connection, workspace_id: UUID, partner_id: UUID) -> None:
    """Takes everybody who acted for a partner out of the database."""
    await store.forget_users(db, workspace_id, partner_id)
    await store.forget_invitations(db, workspace_id, partner_id)
    await store.forget_sessions(db, workspace_id, partner_id)
    await store.forget_keys(db, workspace_id, partner_id)


def person(row: ActingRow) -> PartnerPerson:
    """Somebody as the API shows them."""
    shown = None if row.own else ids.show("ppl", row.id)
    return PartnerPerson(shown, row.own, row.email, row.sessions, row.keys, row.created_at)


def invitation(row: PartnerInvitationRow) -> PartnerInvitation:
    """An invitation as the API shows it."""
    outer = {"id": ids.show("inv", row.id), "partner_id": ids.show("prt", row.partner_id)}
    return PartnerInvitation(**{**msgspec.structs.asdict(row), **outer})
