"""Writing a plan's members."""

from collections.abc import Sequence
from uuid import UUID

import msgspec

from service.discovery.plans import store
from service.discovery.plans.schemas import Member
from service.kit.db import Connection


async def put(db: Connection, workspace_id: UUID, plan_id: UUID, members: Sequence[Member]) -> None:
    """Writes the members, or what is said of them anew."""
    if members:
        columns = zip(*(msgspec.structs.astuple(each) for each in members), strict=True)
        await store.put_members(db, workspace_id, plan_id, *map(list, columns))


async def unite(db: Connection, workspace_id: UUID, kept: UUID, merged: Sequence[UUID]) -> None:
    """Members of plans who were merged are the kept profile; where both are in a plan, they stay two."""
    await store.drop_doubles(db, workspace_id, kept, merged)
    await store.move_members(db, workspace_id, kept, merged)


def bare(influencer_id: UUID) -> Member:
    """A member of whom nothing is said yet."""
    return Member(influencer_id, None, None, None, None, None, None, None, None, None, False)
