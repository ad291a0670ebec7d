"""Following changes of profiles, and asking for texts to be read."""

from uuid import UUID

from service.discovery.content import store
from service.discovery.content.jobs import READ_TEXTS, ReadTexts
from service.influencers.events import InfluencersChanged, InfluencersErased
from service.kit.db import Connection
from service.kit.jobs import enqueue, this_transaction


async def follow_changes(db: Connection, event: InfluencersChanged) -> None:
    """Who left is forgotten at once; what others say is read soon, by a job."""
    gone = await store.drop_gone(db, event.workspace_id, event.ids)
    if gone:
        await store.count_changes(db, event.workspace_id, gone)
    await ask_for_reading(db, event.workspace_id)


async def forget(db: Connection, event: InfluencersErased) -> None:
    """Rows go with the influencers'; where they were many, the rest is learnt anew without them."""
    await store.count_changes(db, event.workspace_id, len(event.ids))
    await ask_for_reading(db, event.workspace_id)


async def ask_for_reading(db: Connection, workspace_id: UUID, *, learn: bool = False) -> UUID:
    """The id of the job: one for all that a transaction asks for."""
    dedupe = f"{'learn' if learn else 'read'} {await this_transaction(db)}"
    return await enqueue(db, workspace_id, READ_TEXTS, ReadTexts(learn), dedupe=dedupe)
