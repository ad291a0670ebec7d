"""Approving and rejecting applications: once, with a mail that says so."""

from typing import Final
from uuid import UUID

from service.accounts import audit
from service.accounts.callers import Caller
from service.accounts.workspaces import store as workspaces
from service.kit import ids, mail, outbox
from service.kit.db import Connection
from service.programs import actions as partners_actions
from service.programs import store as partners
from service.programs.acceptance import store as acceptance
from service.programs.applications import store
from service.programs.applications.problems import ApplicationDecided
from service.programs.applications.schemas import ApplicationRow, Approval, Rejection
from service.programs.catalogue import store as programs
from service.programs.embedding import store as naming
from service.programs.notices import sending, wording
from service.programs.notices.schemas import Place
from service.programs.people import actions as people
from service.programs.people.schemas import NewPartnerInvitation
from service.programs.preferences import store as preferences
from service.programs.schemas import NewPartner, PartnerPatch, PartnerRow
from service.settings import Settings

DECIDED: Final = "application_decided"


async def approve(
    db: Connection, settings: Settings, caller: Caller, row: ApplicationRow, data: Approval
) -> ApplicationRow:
    """Makes the applicant a partner, or lets the one with their mailbox join; `row` is locked. A second time
    changes nothing. Raises ApplicationDecided, UnknownProgram."""
    if row.status != "open":
        return _decided(row, "approved")
    partner = await _partner(db, caller, row, data)
    await store.decide(db, caller.workspace_id, row.id, "approved", partner.id, None, caller.name)
    by = ids.show("app", row.id)
    await acceptance.add(
        db, caller.workspace_id, row.program_id, partner.id, row.terms_version, by, row.created_at
    )
    details = {"partner_id": ids.show("prt", partner.id)}
    await audit.record(db, caller, "application.approved", by, details)
    place = Place(caller.workspace_id, "partner", partner.id, DECIDED)
    link = sending.link(settings, place)
    invitation = NewPartnerInvitation(email=row.email, language=row.language)
    wanted = await _is_wanted(db, caller.workspace_id, row, partner.id)
    await sending.mark(db, caller.workspace_id, DECIDED, row.id, partner.id, sent=wanted)
    if wanted:
        await people.invite(
            db, settings, caller, partner, invitation, words=wording.APPROVED, unsubscribe=link
        )
    else:
        await people.invite(db, settings, caller, partner, invitation)
    return await store.get_application(db, caller.workspace_id, row.id)


async def reject(
    db: Connection, settings: Settings, caller: Caller, row: ApplicationRow, data: Rejection
) -> ApplicationRow:
    """Rejects it, with the reason that the applicant reads; `row` is locked. A second time changes nothing.
    Raises ApplicationDecided, UnsafeText."""
    if row.status != "open":
        return _decided(row, "rejected")
    workspace_id, shown = caller.workspace_id, ids.show("app", row.id)
    reason = " ".join(data.reason.split())
    await store.decide(db, workspace_id, row.id, "rejected", None, reason, caller.name)
    await audit.record(db, caller, "application.rejected", shown)
    wanted = await _is_wanted(db, workspace_id, row, row.partner_id)
    await sending.mark(db, workspace_id, DECIDED, row.id, None, sent=wanted)
    if wanted:
        brand = (await workspaces.get_workspace(db, workspace_id)).name
        program = (await programs.get_program(db, workspace_id, row.program_id)).name
        values = {"brand": brand, "program": program, "reason": reason}
        words = mail.compose(row.email, wording.REJECTED, row.language, **sending.lines(values))
        place = Place(workspace_id, "application", row.id, DECIDED)
        await mail.send(db, workspace_id, sending.stoppable(words, sending.link(settings, place)))
    return await store.get_application(db, workspace_id, row.id)


async def erase(db: Connection, caller: Caller, row: ApplicationRow) -> None:
    """Takes an application out of the database, and mails to the applicant that have not left yet."""
    await store.forget_application(db, caller.workspace_id, row.id)
    await outbox.forget(db, caller.workspace_id, row.email.lower())
    await audit.record(db, caller, "application.erased", ids.show("app", row.id))


def _decided(row: ApplicationRow, wanted: str) -> ApplicationRow:
    if row.status != wanted:
        raise ApplicationDecided(f"it was {row.status}", application_status=row.status)
    return row


async def _partner(db: Connection, caller: Caller, row: ApplicationRow, data: Approval) -> PartnerRow:
    """The partner of the applicant's mailbox in this program, made or joined where there is none."""
    workspace_id, program = caller.workspace_id, ids.show("prg", row.program_id)
    # Locked, so that an embed token for the same person at this moment makes no second partner.
    await programs.lock_program(db, workspace_id, row.program_id)
    found = next(iter(await naming.named(db, workspace_id, row.program_id, None, row.email_key)), None)
    if found is None:
        new = NewPartner(name=row.name, program_id=program, email=row.email, group=data.group)
        made = await partners_actions.add(db, workspace_id, new)
        await preferences.save_preferences(db, workspace_id, made.id, row.language, [])
        details = {"by": "application"}
        await audit.record(db, caller, "partner.created", ids.show("prt", made.id), details)
        return made
    partner = await partners.lock_partner(db, workspace_id, found.id)
    if partner.program_id is None:
        patch = PartnerPatch(program_id=program)
        partner = await partners_actions.change(db, partner, workspace_id, patch)
        shown = ids.show("prt", partner.id)
        await audit.record(db, caller, "partner.changed", shown, {"fields": ["program_id"]})
    return partner


async def _is_wanted(
    db: Connection, workspace_id: UUID, row: ApplicationRow, partner_id: UUID | None
) -> bool:
    if await sending.is_stopped(db, workspace_id, row.email_key, DECIDED):
        return False
    if partner_id is None:
        return True
    return DECIDED not in (await preferences.get_preferences(db, workspace_id, partner_id)).notices_off
