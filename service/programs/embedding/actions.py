"""A token for the brand's own site: the partner is found or made, then let in for a while."""

from datetime import timedelta
from uuid import UUID

from service.accounts import audit
from service.accounts.callers import Caller
from service.accounts.keys import store as keys
from service.accounts.keys.actions import create_key
from service.accounts.partners import embedding
from service.kit import clock, ids
from service.kit.db import Connection
from service.kit.problems import InvalidInput
from service.programs import actions
from service.programs import store as partners
from service.programs.catalogue import store as programs
from service.programs.embedding import store
from service.programs.embedding.naming import chosen
from service.programs.embedding.schemas import EmbedToken, NamedRow, NewEmbedToken
from service.programs.names import email_key
from service.programs.problems import UnknownProgram
from service.programs.schemas import NewPartner, PartnerPatch


async def give(db: Connection, caller: Caller, program_id: UUID, data: NewEmbedToken) -> EmbedToken:
    """A token, and the partner with it. Raises UnknownProgram, InvalidInput, NamesSeveral,
    PartnerArchived."""
    if data.email is None and data.external_id is None:
        message = "give an address, an external id, or both"
        raise InvalidInput(message, errors=[{"path": "email", "message": message}])
    if await store.status_of(db, caller.workspace_id, program_id) in (None, "archived"):
        raise UnknownProgram(f"there is no {ids.show('prg', program_id)!r} to join")
    found = await _found(db, caller, program_id, data)
    if found is None or found.program_id is None:
        # Locked and looked again, so that two pages that are opened at once make one partner.
        await programs.lock_program(db, caller.workspace_id, program_id)
        found = await _found(db, caller, program_id, data)
        partner_id = await _joined(db, caller, program_id, found, data)
    else:
        partner_id = found.id
    if data.external_id is not None:
        await store.name(db, caller.workspace_id, program_id, data.external_id, partner_id)
    return await _token(db, caller, partner_id, data, created=found is None)


async def _found(db: Connection, caller: Caller, program_id: UUID, data: NewEmbedToken) -> NamedRow | None:
    key = email_key(data.email)
    return chosen(await store.named(db, caller.workspace_id, program_id, data.external_id, key))


async def _joined(
    db: Connection, caller: Caller, program_id: UUID, found: NamedRow | None, data: NewEmbedToken
) -> UUID:
    program = ids.show("prg", program_id)
    if found is not None:
        if found.program_id is None:
            row = await partners.lock_partner(db, caller.workspace_id, found.id)
            await actions.change(db, row, caller.workspace_id, PartnerPatch(program_id=program))
            subject = ids.show("prt", found.id)
            await audit.record(db, caller, "partner.changed", subject, {"fields": ["program_id"]})
        return found.id
    if data.name is None:
        message = "is required for a partner who isn't there yet"
        raise InvalidInput(f"name {message}", errors=[{"path": "name", "message": message}])
    new = NewPartner(name=data.name, program_id=program, email=data.email, group=data.group)
    row = await actions.add(db, caller.workspace_id, new)
    await audit.record(db, caller, "partner.created", ids.show("prt", row.id), {"by": "embed token"})
    return row.id


async def _token(
    db: Connection, caller: Caller, partner_id: UUID, data: NewEmbedToken, *, created: bool
) -> EmbedToken:
    await keys.sweep_embed_tokens(db, caller.workspace_id, partner_id)
    ends = await clock.now(db) + timedelta(seconds=data.ttl_s)
    scopes = embedding.held(data.scopes)
    made = await create_key(
        db, caller.workspace_id, "embed", embedding.ROLE, scopes, ends, partner_id=partner_id
    )
    shown = sorted(set(data.scopes))
    return EmbedToken(made.id, made.secret, shown, ends, ids.show("prt", partner_id), created)
