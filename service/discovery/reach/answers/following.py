"""What is kept names nobody who was erased."""

from service.discovery.reach.answers import store
from service.influencers.events import InfluencersErased
from service.kit.db import Connection


async def forget(db: Connection, event: InfluencersErased) -> None:
    """Answers can be computed anew; who is in one of them is not looked for.

    Who opted out, or was merged, is in no answer that is found: it is another question then.
    """
    await store.hold_erased(db, event.workspace_id, event.ids)
    await store.drop_answers(db, event.workspace_id)
