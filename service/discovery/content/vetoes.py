"""The veto on brand safety: words of a list in somebody's texts."""

from collections.abc import Collection
from uuid import UUID

from service.discovery.content import store
from service.discovery.scores.schemas import Asked
from service.discovery.word_lists import lists
from service.discovery.word_lists import store as word_lists
from service.kit.db import Connection

VETO = "brand_safety"


async def strike(db: Connection, workspace_id: UUID, asked: Asked, keys: list[UUID]) -> Collection[UUID]:
    """Those in whose texts a word of a vetoing category was found."""
    categories = await vetoing_categories(db, workspace_id, asked)
    return await store.struck(db, workspace_id, keys, sorted(categories)) if categories else []


async def vetoing_categories(db: Connection, workspace_id: UUID, asked: Asked) -> set[str]:
    """As the brief says; where it says nothing, as the workspace's lists do."""
    changed = await word_lists.changed_lists(db, workspace_id)
    if asked.safety is None:
        return lists.vetoing(changed)
    return set(asked.safety) & {view.category for view in lists.views(changed) if view.enabled}
