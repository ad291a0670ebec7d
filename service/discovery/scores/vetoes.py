"""Who is out whatever the scores. A veto that others' data decide is a `Strike`, listed in STRIKES."""

from collections.abc import Awaitable, Callable, Collection, Mapping
from uuid import UUID

import numpy as np

from scoring.arrays import Flags
from service.discovery.scores.columns import Candidates
from service.discovery.scores.schemas import Asked
from service.kit.db import Connection

Strike = Callable[[Connection, UUID, Asked, list[UUID]], Awaitable[Collection[UUID]]]
"""`strike(db, workspace_id, asked, keys)`: those of the influencers whom the veto strikes."""

STRIKES: dict[str, Strike] = {}


async def struck_by_others(
    db: Connection, workspace_id: UUID, asked: Asked, keys: list[UUID]
) -> dict[str, Collection[UUID]]:
    """Whom the vetoes on others' data strike, by veto."""
    return {name: await strike(db, workspace_id, asked, keys) for name, strike in STRIKES.items()}


def vetoes(rows: Candidates, asked: Asked, struck: Mapping[str, Collection[UUID]]) -> dict[str, Flags]:
    """Per veto the candidates that it strikes; vetoes that strike nobody are left out."""
    named = {"brief_influencer": set(asked.vetoed), **{name: set(ids) for name, ids in struck.items()}}
    by_id = {name: [key in ids for key in rows.keys] for name, ids in named.items() if ids}
    found = {"opt_out": rows.opted_out, **by_id, "brief_category": rows.excluded}
    return {name: np.array(flags, dtype=np.bool_) for name, flags in found.items() if any(flags)}
