"""A brief's words: its own, and those of its brand."""

from uuid import UUID

from scoring.content.text import Document, of_brief
from service.discovery.scores.schemas import Asked
from service.influencers.brands.store import brands_by_id
from service.kit.db import Connection


async def document_of(db: Connection, workspace_id: UUID, asked: Asked) -> Document:
    """The text that influencers are held against; empty where the brief and its brand say nothing."""
    brands = await brands_by_id(db, workspace_id, [asked.brand_id]) if asked.brand_id else []
    return of_brief(
        asked.description,
        asked.keywords,
        asked.hashtags,
        proposition=brands[0].proposition if brands else None,
        values=brands[0].values if brands else (),
    )
