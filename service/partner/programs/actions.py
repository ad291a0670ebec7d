"""A page of a partner's programs."""

from uuid import UUID

from service.accounts.callers import Caller
from service.kit import clock, ids
from service.kit.db import Connection
from service.partner.programs import store
from service.partner.programs.schemas import PartnerProgram
from service.partner.programs.showing import Member, shown
from service.partner.store import records
from service.programs.catalogue.schemas import ListedPrograms
from service.programs.catalogue.store import list_programs, terms_of
from service.programs.store import get_partner

NEWEST = 2**31 - 1
# Versions that are announced are among the newest.
VERSIONS = 1_000


async def member(db: Connection, caller: Caller) -> Member:
    """The partner as terms look at it."""
    row = await get_partner(db, caller.workspace_id, caller.partner)
    known_as = [ids.show("prt", one) for one in await records(db, caller.workspace_id, caller.partner)]
    return Member(row.program_id, row.group, row.status, known_as, await clock.now(db))


async def page(
    db: Connection, caller: Caller, wanted: ListedPrograms, before: UUID | None, limit: int
) -> list[tuple[UUID, PartnerProgram]]:
    """The newest first, older than `before`, each with its key."""
    rows = await list_programs(db, caller.workspace_id, wanted, before, limit)
    who = await member(db, caller)
    joined = {
        each.program_id: each.joined_at
        for each in await store.joined(db, caller.workspace_id, caller.partner)
    }
    found = []
    for row in rows:
        versions = await terms_of(db, caller.workspace_id, row.id, NEWEST, VERSIONS)
        found.append((row.id, shown(row, who, joined.get(row.id), versions)))
    return found
