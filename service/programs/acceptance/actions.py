"""Accepting terms: a version is accepted once, and stays so."""

from uuid import UUID

from service.kit.db import Connection
from service.programs.acceptance.schemas import AcceptedTerms, TermsToAccept


async def open_terms(db: Connection, workspace_id: UUID, partner_id: UUID) -> TermsToAccept | None:
    """The first of the terms in force and those announced that the partner has not accepted."""
    raise NotImplementedError


async def accept(
    db: Connection,
    workspace_id: UUID,
    partner_id: UUID,
    by: str,
    version: int,
    program_id: UUID | None = None,
) -> AcceptedTerms:
    """Accepts a version; of the partner's own program unless one is named. Raises UnknownProgram,
    NotTheseTerms. A second time answers as the first."""
    raise NotImplementedError
