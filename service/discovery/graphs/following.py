"""What graphs do when people are erased: ask for a job in the same transaction, and quote them no more."""

from service.discovery.graphs import store
from service.discovery.graphs.jobs import FORGET, READ, ForgetNodes
from service.influencers.events import InfluencersErased
from service.kit import jobs
from service.kit.db import Connection

# Of a job's result and problem, what files call people.
_QUOTED = ("refusals", "cycles", "twice")


async def follow_erasure(db: Connection, event: InfluencersErased) -> None:
    """Handles the event. Until the job has run, nodes that may be these people are shown to nobody.

    A derived graph holds numbers of nodes that go with the accounts.
    """
    await jobs.forget_members(db, event.workspace_id, READ, _QUOTED)
    if await store.uploaded(db, event.workspace_id):
        await jobs.enqueue(db, event.workspace_id, FORGET, ForgetNodes(list(event.ids)))
