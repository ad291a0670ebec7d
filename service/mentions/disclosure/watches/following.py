"""What watches do when posts come in: remember whose, and ask for a job, in the same transaction."""

from uuid import UUID

from service.influencers.events import InfluencersChanged, InfluencersMerged, MergeUndone
from service.kit.db import Connection
from service.kit.jobs import enqueue, this_transaction
from service.mentions.disclosure.watches import store

JOB = "mentions.check_disclosure"


async def follow_changes(db: Connection, event: InfluencersChanged) -> None:
    """Handles the event: posts of these influencers may be new or other than before."""
    if await store.add_marks(db, event.workspace_id, event.ids):
        await ask(db, event.workspace_id)


async def follow_merges(db: Connection, event: InfluencersMerged | MergeUndone) -> None:
    """Handles the events: posts belong to somebody else now, whom other watches may mean."""
    if await store.add_marks(db, event.workspace_id, [event.kept, *event.merged]):
        await ask(db, event.workspace_id)


async def ask(db: Connection, workspace_id: UUID) -> UUID:
    """One job a transaction, whatever happens in it."""
    return await enqueue(db, workspace_id, JOB, dedupe=await this_transaction(db))
