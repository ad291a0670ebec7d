"""What items follow, and what they tell a search."""

from collections.abc import Sequence
from uuid import UUID

from service.discovery.shortlists import store as lists
from service.discovery.shortlists.items import store
from service.influencers.events import InfluencersMerged
from service.kit import ids
from service.kit.db import Connection


async def follow_merge(db: Connection, event: InfluencersMerged) -> None:
    """Items and comments of profiles that were merged are the kept profile's."""
    await store.copy_to_kept(db, event.workspace_id, event.kept, event.merged)
    await store.move_comments(db, event.workspace_id, event.kept, event.merged)
    touched = await store.remove_everywhere(db, event.workspace_id, event.merged)
    for shortlist_id in sorted(set(touched)):
        await lists.touch(db, event.workspace_id, shortlist_id)


async def for_search(db: Connection, workspace_id: UUID, shortlists: Sequence[str]) -> list[UUID]:
    """Whom the filter `exclude_shortlists` leaves out. Raises NotFound for what is no id."""
    return await store.on_lists(db, workspace_id, [ids.read("sho", each) for each in shortlists])
