"""A program as those see it who may join, and their applications."""

from uuid import UUID

from service.kit.db import Connection
from service.programs.applications.schemas import ApplicationReceived, NewApplication
from service.programs.pages.schemas import PublicProgram
from service.settings import Settings


async def public_program(
    db: Connection, workspace_id: UUID, program_id: UUID, language: str | None
) -> PublicProgram:
    """A program's page; without a language the workspace's. Raises UnknownProgram (archived ones too)."""
    raise NotImplementedError


async def apply(
    db: Connection, settings: Settings, workspace_id: UUID, program_id: UUID, data: NewApplication
) -> ApplicationReceived:
    """Takes an application in. Raises UnknownProgram, ApplicationsClosed, OtherTerms, InvalidInput (every
    failing field), BadAddress. Limits on senders and mailboxes are the handler's (`applications.limits`)."""
    raise NotImplementedError
