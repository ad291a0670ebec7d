"""Programs that have advocates."""

from uuid import UUID

from service.advocacy.problems import NoAdvocacy
from service.advocacy.terms import store
from service.kit.db import Connection
from service.programs.problems import UnknownProgram


async def must_have_advocates(db: Connection, workspace_id: UUID, program_id: UUID) -> None:
    """Raises UnknownProgram, also where it is archived, and NoAdvocacy where it is of another kind."""
    kind = await store.kind_of(db, workspace_id, program_id)
    if kind is None:
        raise UnknownProgram
    if kind != "advocacy":
        raise NoAdvocacy("the program is of another kind")
