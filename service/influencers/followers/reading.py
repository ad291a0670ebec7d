"""What is known of accounts' audiences, for overlap and reach."""

from collections.abc import Sequence
from datetime import datetime
from typing import Literal, NamedTuple
from uuid import UUID

from graph.audiences import Audience
from service.kit.db import Connection

Of = Literal["followers", "likers"]


class KnownSet(NamedTuple):
    """One account's audience set; `version` rises with each change of it."""

    account_id: UUID
    audience: Audience
    as_of: datetime
    source: str
    version: int


async def audience_sets(
    db: Connection, workspace_id: UUID, account_ids: Sequence[UUID], of: Of = "followers"
) -> dict[UUID, KnownSet]:
    """The sets of these accounts; accounts without one are absent."""
    return {}


async def linked_platforms(db: Connection, workspace_id: UUID) -> set[frozenset[str]]:
    """Pairs of platforms between which identities are linked."""
    return set()
