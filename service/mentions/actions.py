"""What is done with mentions by people, and what follows from others' events."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from msgspec import UNSET, structs

from service.accounts import audit
from service.accounts.callers import Caller
from service.accounts.members import store as members
from service.influencers.events import InfluencersErased, InfluencersMerged
from service.kit import clock, ids
from service.kit.db import Connection
from service.mentions import store
from service.mentions.handling import handle
from service.mentions.items import read_items
from service.mentions.queries.matching import match
from service.mentions.reports import MentionReport
from service.mentions.schemas import MentionFault, MentionPatch, MentionRow
from service.mentions.taking import Taken, take
from service.settings import Settings


async def take_items(
    db: Connection, settings: Settings, workspace_id: UUID, items: list[dict[str, Any]]
) -> list[Taken | list[MentionFault]]:
    """Takes the good items in and says of each what became of it."""
    read = read_items(items, await clock.now(db))
    good = [one for one in read if isinstance(one, MentionReport)]
    taken = iter(await take(db, settings, workspace_id, good) if good else [])
    return [next(taken) if isinstance(one, MentionReport) else one for one in read]


async def change(db: Connection, caller: Caller, mention_id: UUID, patch: MentionPatch) -> MentionRow:
    """Labels, assigns, answers, tags. Raises UnknownMention, UnknownMember."""
    row = await store.lock_mention(db, caller.workspace_id, mention_id)
    assignee = None
    if patch.assignee is not UNSET and patch.assignee is not None:
        assignee = ids.read("usr", patch.assignee)
        await members.get_member(db, caller.workspace_id, assignee)
    handled = handle(row, patch, assignee, caller.name, await clock.now(db))
    changed = [name for name, value in structs.asdict(handled).items() if value != getattr(row, name)]
    if not changed:
        return row
    await store.save_handling(db, caller.workspace_id, mention_id, *structs.astuple(handled))
    await store.follow_searched(db, caller.workspace_id, [mention_id])
    await match(db, caller.workspace_id, [mention_id])
    await audit.record(db, caller, "mention.changed", ids.show("men", mention_id), {"fields": changed})
    return await store.get_mention(db, caller.workspace_id, mention_id)


async def unsay(db: Connection, workspace_id: UUID, mention_ids: Sequence[UUID]) -> None:
    """Takes words and authors out of mentions, which count on: nothing finds them by what they said."""
    gone = await store.unsay(db, workspace_id, sorted(mention_ids)) if mention_ids else []
    if gone:
        nobody: list[str | None] = [None] * len(gone)
        await store.put_searched(db, workspace_id, gone, [""] * len(gone), nobody, nobody)
        await match(db, workspace_id, gone)


async def forget(db: Connection, event: InfluencersErased) -> None:
    """Handles the event: what erased people wrote goes with them."""
    await store.delete_of_influencers(db, event.workspace_id, event.ids)


async def follow_merge(db: Connection, event: InfluencersMerged) -> None:
    """Handles the event: what the merged wrote is the kept one's."""
    await store.move_to_influencer(db, event.workspace_id, event.merged, event.kept)
    await store.move_searched(db, event.workspace_id, event.merged, event.kept)
