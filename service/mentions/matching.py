"""Which queries mentions match, as they come in."""

from collections.abc import Sequence
from uuid import UUID

from service.kit.db import Connection
from service.mentions.rows import MentionValues


async def match(db: Connection, workspace_id: UUID, rows: Sequence[MentionValues]) -> None:
    """Finds the active queries of each mention."""
