"""A page of a partner's programs."""

from collections.abc import Sequence
from uuid import UUID

from service.accounts.callers import Caller
from service.accounts.partners import store as access
from service.accounts.partners.people import store as people
from service.accounts.problems import PeopleOnly
from service.kit import clock, ids
from service.kit.db import Connection
from service.partner.programs import store
from service.partner.programs.schemas import PartnerProgram
from service.partner.programs.showing import Member, shown
from service.partner.store import records
from service.programs.acceptance import store as acceptance
from service.programs.catalogue.schemas import ListedPrograms
from service.programs.catalogue.store import list_programs, terms_of
from service.programs.store import get_partner

NEWEST = 2**31 - 1
# Versions that are announced are among the newest.
VERSIONS = 1_000


async def member(db: Connection, caller: Caller, program_ids: Sequence[UUID]) -> Member:
    """The partner as the terms of these programs look at it."""
    row = await get_partner(db, caller.workspace_id, caller.partner)
    known_as = [ids.show("prt", one) for one in await records(db, caller.workspace_id, caller.partner)]
    found = await acceptance.accepted(db, caller.workspace_id, caller.partner, program_ids)
    accepted = {(each.program_id, each.version): each.accepted_at for each in found}
    return Member(row.program_id, row.group, row.status, known_as, await clock.now(db), accepted)


async def page(
    db: Connection, caller: Caller, wanted: ListedPrograms, before: UUID | None, limit: int
) -> list[tuple[UUID, PartnerProgram]]:
    """The newest first, older than `before`, each with its key."""
    rows = await list_programs(db, caller.workspace_id, wanted, before, limit)
    who = await member(db, caller, [row.id for row in rows])
    joined = {
        each.program_id: each.joined_at
        for each in await store.joined(db, caller.workspace_id, caller.partner)
    }
    found = []
    for row in rows:
        versions = await terms_of(db, caller.workspace_id, row.id, NEWEST, VERSIONS)
        found.append((row.id, shown(row, who, joined.get(row.id), versions)))
    return found


async def person(db: Connection, caller: Caller) -> str:
    """Who is logged in: by their own outer id, or by the partner's for the partner's own address. Raises
    PeopleOnly."""
    session = None if caller.session_id is None else await access.find_session(db, caller.session_id)
    if session is None:
        raise PeopleOnly
    found = await people.find_acting(db, caller.workspace_id, caller.partner, session.email_key)
    return ids.show("prt", caller.partner) if found is None else ids.show("ppl", found)
