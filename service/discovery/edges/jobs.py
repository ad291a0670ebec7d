"""The job behind edges: reads posts that have changed, then computes authority anew."""

from service.discovery.authority.actions import note_activity, note_standing, rank_accounts
from service.discovery.authority.store import mark_stale
from service.discovery.edges import store
from service.discovery.edges.deriving import derive
from service.discovery.edges.following import JOB, FollowEdges
from service.influencers.identity import workspace_key
from service.kit.jobs import Work, job

# As many as are indexed at once: their posts fit in memory, and a cancel is heard between batches.
BATCH = 2_000


@job(JOB)
async def follow_edges(work: Work, payload: FollowEdges) -> None:
    """Takes whoever waits, a batch a transaction, so that what is cut short goes on where it was."""
    key = workspace_key(work.settings, work.workspace_id)
    looked_at = 0
    if payload.changed:
        async with work.transaction() as db:
            await mark_stale(db, work.workspace_id)
    while True:
        async with work.transaction() as db:
            ids = await store.take_changes(db, work.workspace_id, BATCH)
            if ids:
                written = await derive(db, work.workspace_id, key, ids)
                await note_activity(db, work.workspace_id, ids)
                await note_standing(db, work.workspace_id, ids, changed=written > 0)
        looked_at += len(ids)
        await work.progress(looked_at)
        if len(ids) < BATCH:
            break
    await rank_accounts(work)
