"""Mentions whose source tells no time: they keep the time of the first look at them."""

from collections.abc import Collection, Sequence
from uuid import UUID

from msgspec import structs

from service.kit.db import Connection
from service.mentions import store
from service.mentions.keys import mention_key
from service.mentions.reports import MentionReport


async def dated(
    db: Connection, workspace_id: UUID, reports: Sequence[MentionReport], undated: Collection[int]
) -> list[MentionReport]:
    """The reports, with those at the places `undated` as old as they are known to be.

    Who has neither id nor address is known by its time: there the arrival's counts.
    """
    found = list(reports)
    keys = {place: mention_key(found[place]) for place in undated}
    known = {
        row.key: row.published_at
        for row in await store.published(db, workspace_id, sorted(set(keys.values())))
    }
    for place, key in keys.items():
        found[place] = structs.replace(found[place], published_at=known.get(key, found[place].published_at))
    return found
