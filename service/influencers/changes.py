"""Telling the others that profiles have changed."""

from collections.abc import Sequence
from uuid import UUID

from service.influencers.events import InfluencersChanged
from service.influencers.profiles import store
from service.kit import events
from service.kit.db import Connection


async def changed(db: Connection, workspace_id: UUID, influencers: Sequence[UUID]) -> None:
    """These profiles were written."""
    if influencers:
        await events.emit(db, InfluencersChanged(workspace_id, list(influencers)))


async def touched(db: Connection, workspace_id: UUID, influencers: Sequence[UUID]) -> None:
    """Something that hangs on these profiles was written: `updated_since` has to find them."""
    if influencers:
        await store.touch(db, workspace_id, influencers)
        await changed(db, workspace_id, influencers)
