"""What edges do when profiles change: remember whom, and ask for a job, in the same transaction."""

from collections.abc import Sequence
from uuid import UUID

from msgspec import Struct

from service.discovery.edges import store
from service.influencers.events import InfluencersChanged, InfluencersErased, InfluencersMerged, MergeUndone
from service.kit.db import Connection
from service.kit.jobs import enqueue, this_transaction

JOB = "discovery.follow_edges"


class FollowEdges(Struct):
    """`changed`: the graph itself has changed, beside whatever influencers wait to be looked at."""

    changed: bool


async def follow_changes(db: Connection, event: InfluencersChanged) -> None:
    """Handles the event: posts, handles, categories or an opt-out may be other than before."""
    await _remember(db, event.workspace_id, event.ids)


async def follow_merges(db: Connection, event: InfluencersMerged | MergeUndone) -> None:
    """Handles the events: a person's accounts do not speak for each other."""
    await look_again(db, event.workspace_id)


async def follow_erasure(db: Connection, event: InfluencersErased) -> None:
    """Handles the event: nodes and edges go with the accounts, and so do those that only name them."""
    await store.drop_outside_nodes(db, event.workspace_id, event.ids)
    await look_again(db, event.workspace_id)


async def look_again(db: Connection, workspace_id: UUID) -> None:
    """The graph has changed: authority is computed anew after this transaction."""
    await _ask(db, workspace_id, changed=True)


async def _remember(db: Connection, workspace_id: UUID, influencer_ids: Sequence[UUID]) -> None:
    await store.add_changes(db, workspace_id, influencer_ids)
    await _ask(db, workspace_id, changed=False)


async def _ask(db: Connection, workspace_id: UUID, *, changed: bool) -> None:
    """One job a transaction, whatever happens in it."""
    key = f"{await this_transaction(db)} {changed}"
    await enqueue(db, workspace_id, JOB, FollowEdges(changed), dedupe=key)
