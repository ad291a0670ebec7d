"""All SQL of the pages: whose a program is, before anybody has said who they are."""

from uuid import UUID

from msgspec import Struct

from service.kit.db import Connection, sql
from service.programs.problems import UnknownProgram


class FoundProgram(Struct):
    """The workspace of a program, and the language that its brand speaks."""

    workspace_id: UUID
    id: UUID
    locale: str


@sql("select workspace_id, id, locale from entry.find_program($1)", missing=UnknownProgram)
async def find_program(db: Connection, program_id: UUID) -> FoundProgram: ...
