"""Edges that posts tell of: whom an influencer's captions mention, and whom its paid posts tag."""

from collections.abc import Sequence
from uuid import UUID

from service.discovery.edges import store
from service.discovery.edges.ends import is_handle, nodes_of
from service.discovery.edges.schemas import End
from service.influencers.identity import clean_handle
from service.kit.db import Connection


async def derive(db: Connection, workspace_id: UUID, key: bytes, influencer_ids: Sequence[UUID]) -> int:
    """Brings the edges of these influencers' posts up to date; how many came, went or changed hands.

    Whatever is asked for twice is done once: the edges are what the posts say now.
    """
    linked = await store.adopt_nodes(db, workspace_id, influencer_ids)
    linked += await store.adopt_numbered(db, workspace_id, influencer_ids)
    linked += await store.absorb_nodes(db, workspace_id, influencer_ids)
    said = await store.mentioned_by(db, workspace_id, influencer_ids)
    told = [(each, name) for each in said if (name := _named(each.handle))]
    mentioning = await store.mentioning_accounts(db, workspace_id, influencer_ids)
    await store.add_account_nodes(db, workspace_id, mentioning)
    ends = [End(each.platform, name, None) for each, name in told]
    nodes = await nodes_of(db, workspace_id, key, ends, strict=False)
    known = [(each, node) for (each, _), node in zip(told, nodes, strict=True) if node is not None]
    return linked + await store.rewrite_from_posts(
        db,
        workspace_id,
        influencer_ids,
        [each.platform for each, _ in known],
        [each.handle for each, _ in known],
        [node for _, node in known],
    )


def _named(text: str) -> str | None:
    """The handle that a mention names, if it can be one."""
    cleaned = clean_handle(text)
    return cleaned if cleaned and is_handle(cleaned) else None
