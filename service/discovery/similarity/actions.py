"""A comparison of audiences, from what is stored to the answer."""

import asyncio
from collections.abc import Sequence
from uuid import UUID

from service.discovery.scores.schemas import CardRow
from service.discovery.scores.show import card
from service.discovery.scores.store import cards
from service.discovery.shortlists.comparing.schemas import AudienceRow
from service.discovery.shortlists.comparing.store import audiences
from service.discovery.similarity.comparing import compared, matrix, pairs_of
from service.discovery.similarity.schemas import AudienceSide, AudienceSimilarity
from service.influencers.problems import UnknownInfluencer
from service.kit import clock, ids
from service.kit.db import Connection


async def compare_audiences(
    db: Connection, workspace_id: UUID, keys: Sequence[UUID], codes: int
) -> AudienceSimilarity:
    """The audiences of influencers, each with each. Raises UnknownInfluencer."""
    people = {row.id: row for row in await cards(db, workspace_id, list(keys), [None] * len(keys))}
    # Who opted out is compared with no one.
    unknown = [key for key in keys if key not in people or people[key].opted_out]
    if unknown:
        raise UnknownInfluencer(f"there is no {ids.show('inf', unknown[0])!r}")
    stored = {row.influencer_id: row for row in await audiences(db, workspace_id, list(keys))}
    rows = [stored.get(key) for key in keys]
    now = await clock.now(db)

    def decide() -> AudienceSimilarity:
        found = compared(rows)
        sides = [_side(people[key], row) for key, row in zip(keys, rows, strict=True)]
        shown = pairs_of([ids.show("inf", key) for key in keys], found, codes, now)
        return AudienceSimilarity(now, sides, matrix(found.pairs), shown)

    return await asyncio.to_thread(decide)


def _side(person: CardRow, row: AudienceRow | None) -> AudienceSide:
    if row is None:
        return AudienceSide(card(person), None, None, None, None, [])
    return AudienceSide(
        influencer=card(person),
        account_id=ids.show("acc", row.account_id),
        as_of=row.as_of,
        source=row.source,
        sample_size=row.sample_size,
        dimensions=sorted(set(row.dimensions)),
    )
