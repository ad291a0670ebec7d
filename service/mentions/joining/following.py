"""What joining does when profiles change and mentions come in: ask for a job, in the same transaction."""

from uuid import UUID

from msgspec import Struct

from service.influencers.events import InfluencersChanged, InfluencersMerged, MergeUndone
from service.kit.db import Connection
from service.kit.jobs import enqueue
from service.mentions.events import MentionsTaken
from service.mentions.joining import store

JOB = "mentions.join"


class Join(Struct):
    """Influencers whose older mentions are looked for, and mentions whose text may name somebody."""

    influencers: list[UUID]
    mentions: list[UUID]


async def follow_changes(db: Connection, event: InfluencersChanged) -> None:
    """Handles the event: handles may be known now, or have opted out."""
    await _ask(db, event.workspace_id, event.ids)


async def follow_merges(db: Connection, event: InfluencersMerged | MergeUndone) -> None:
    """Handles the events: accounts are somebody else's now."""
    await _ask(db, event.workspace_id, [event.kept, *event.merged])


async def follow_mentions(db: Connection, event: MentionsTaken) -> None:
    """Handles the event: mentions by known influencers that name somebody become edges."""
    found = await store.naming(db, event.workspace_id, [*event.created, *event.updated])
    if found:
        await enqueue(db, event.workspace_id, JOB, Join([], found))


async def _ask(db: Connection, workspace_id: UUID, influencers: list[UUID]) -> None:
    if influencers and await store.has_mentions(db, workspace_id):
        await enqueue(db, workspace_id, JOB, Join(influencers, []))
