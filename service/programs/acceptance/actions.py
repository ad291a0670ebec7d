"""Accepting terms: a version is accepted once, and stays so."""

from uuid import UUID

from service.kit import ids
from service.kit.db import Connection
from service.programs.acceptance import store
from service.programs.acceptance.problems import NotTheseTerms
from service.programs.acceptance.schemas import AcceptedTerms, TermsToAccept
from service.programs.problems import UnknownProgram


async def open_terms(db: Connection, workspace_id: UUID, partner_id: UUID) -> TermsToAccept | None:
    """The first of the terms in force and those announced that the partner has not accepted."""
    for row in await store.standings(db, workspace_id, partner_id, None):
        if row.accepted_at is None:
            program_id = ids.show("prg", row.program_id)
            return TermsToAccept(program_id, row.program, row.version, row.valid_from, row.in_force)
    return None


async def accept(
    db: Connection,
    workspace_id: UUID,
    partner_id: UUID,
    by: str,
    version: int,
    program_id: UUID | None = None,
) -> AcceptedTerms:
    """Accepts a version; of the partner's own program, which `program_id` may name. Raises UnknownProgram,
    NotTheseTerms. A second time answers as the first."""
    rows = await store.standings(db, workspace_id, partner_id, program_id)
    if not rows:
        raise UnknownProgram
    if version not in {row.version for row in rows}:
        raise NotTheseTerms("show the terms again", terms_versions=[row.version for row in rows])
    program = rows[0].program_id
    await store.add(db, workspace_id, program, partner_id, version, by, None)
    found = await store.accepted(db, workspace_id, partner_id, [program])
    at = next(row.accepted_at for row in found if row.version == version)
    return AcceptedTerms(ids.show("prg", program), version, at)
