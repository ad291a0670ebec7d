"""Forgetting people: what they wrote goes out of deliveries too, read or not."""

from uuid import UUID

from service.conversions.inbound.deliveries import store as deliveries
from service.influencers.events import InfluencersErased
from service.influencers.removals import store as removals
from service.kit.db import Connection
from service.mentions.sources.people import marks, people_in
from service.mentions.sources.reading import PREFIX, parsed

_AT_ONCE = 100


async def forget(db: Connection, event: InfluencersErased) -> None:
    """Handles the event: bodies in which erased people wrote are emptied."""
    workspace_id = event.workspace_id
    accounts = await removals.identities(db, workspace_id, event.ids)
    wanted = {
        mark
        for one in accounts
        for mark in marks(workspace_id, one.platform, one.platform_id, one.handle_folded)
    }
    if not wanted:
        return
    await deliveries.forget_people(db, workspace_id, sorted(wanted))
    last: UUID | None = None
    while rows := await deliveries.unread(db, workspace_id, last, _AT_ONCE):
        named = []
        for row in rows:
            if row.kind.startswith(PREFIX):
                found = await parsed(row, row.aliases)
                if wanted & set(people_in(workspace_id, found.reports)):
                    named.append(row.id)
        if named:
            await deliveries.forget_unread(db, workspace_id, named)
        last = rows[-1].id
