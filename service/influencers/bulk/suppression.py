"""Rows of people who opted out or were erased."""

from collections.abc import Sequence
from uuid import UUID

from service.influencers.bulk.schemas import Intake
from service.influencers.identity import Identity, marks
from service.influencers.removals import store
from service.kit.db import Connection


async def suppressed(db: Connection, intake: Intake, who: Sequence[Identity]) -> set[int]:
    """The places of those who must not come back."""
    return await left(db, intake.workspace_id, intake.key, who)


async def left(db: Connection, workspace_id: UUID, key: bytes, who: Sequence[Identity]) -> set[int]:
    """The places of those who opted out or were erased; `key`: identity.workspace_key.

    Costs nothing where nobody ever left.
    """
    if not who or not await store.has_tombstones(db, workspace_id):
        return set()
    by_mark: dict[bytes, list[int]] = {}
    for at, one in enumerate(who):
        for mark in marks(key, one):
            by_mark.setdefault(mark, []).append(at)
    found = await store.find_marks(db, workspace_id, list(by_mark))
    return {at for mark in found for at in by_mark[mark]}
