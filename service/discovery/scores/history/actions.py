"""Keeping what a page of scores has shown, and making it again."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
import numpy as np

from scoring.ranking import Ranked
from scoring.rows import from_plain, take, to_plain
from service.discovery.models.loading import of_version
from service.discovery.models.ranker import CIRCUMSTANCES, Circumstances
from service.discovery.scores.history import store
from service.discovery.scores.history.problems import ModelGone
from service.discovery.scores.history.schemas import Context, KeptScores, RecordRow
from service.discovery.scores.loading import Ordered, read_populations
from service.discovery.scores.parts import PARTS
from service.discovery.scores.ranking import rank
from service.kit.db import Connection

# Scores are shown with six decimals.
EQUAL = 1e-6


async def keep(
    db: Connection,
    workspace_id: UUID,
    run_id: UUID,
    made: Ordered,
    ranked: Sequence[Ranked[UUID]],
    as_of: datetime,
) -> None:
    """Keeps the inputs and scores of a page that is about to be shown."""
    position = {key: at for at, key in enumerate(made.rows.keys)}
    await store.add_records(
        db,
        workspace_id,
        run_id,
        [one.key for one in ranked],
        [one.rank for one in ranked],
        [inputs_of(made, position[one.key]) for one in ranked],
        [one.fit.vetoes for one in ranked],
        [kept(one) for one in ranked],
        as_of,
    )


def inputs_of(made: Ordered, position: int) -> dict[str, Any]:
    """The inputs of one candidate, by part, as plain data."""
    size = len(made.rows.keys)
    return {name: to_plain(take(inputs, [position], size)) for name, inputs in made.inputs.items()}


def kept(ranked: Ranked[UUID]) -> KeptScores:
    """What was shown of one candidate."""
    return KeptScores(fit=ranked.fit, **ranked.scores)


async def replay(db: Connection, workspace_id: UUID, record: RecordRow, context: Context) -> KeptScores:
    """The scores by the inputs and the model of then. Raises ModelGone, ModelRefused."""
    ranker = await of_version(db, workspace_id, context.model_version)
    if ranker is None:
        raise ModelGone(f"{context.model_version} is not a model of this version")
    try:
        inputs = {part.name: from_plain(part.inputs_type, record.inputs[part.name]) for part in PARTS}
        if ranker.learned is not None:
            inputs[CIRCUMSTANCES] = from_plain(Circumstances, record.inputs[CIRCUMSTANCES])
        populations = read_populations(context.populations)
    except (KeyError, ValueError, msgspec.ValidationError) as error:
        raise ModelGone("what was kept of that day can no longer be read") from error
    struck = {name: np.array([True]) for name in record.vetoes}
    made = rank([record.influencer_id], inputs, populations, struck, context.asked, record.as_of, ranker)
    return kept(made.at(0, record.rank))


def differences(shown: KeptScores, again: KeptScores) -> list[str]:
    """The names of the scores that are not equal."""
    return [
        name
        for name in KeptScores.__struct_fields__
        if not _equal(getattr(shown, name).score, getattr(again, name).score)
        or not _equal(getattr(shown, name).confidence, getattr(again, name).confidence)
    ]


def _equal(one: float | None, other: float | None) -> bool:
    if one is None or other is None:
        return one is other
    return abs(one - other) <= EQUAL
