"""The one way from inputs to a ranking: a page, an influencer, a shortlist and a search all go through it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from scoring import fit
from scoring.arrays import Flags
from scoring.ranking import Ranking
from service.discovery.models.ranker import CIRCUMSTANCES, COLD, Ranker
from service.discovery.scores.parts import PARTS
from service.discovery.scores.schemas import Asked

# Of the single scores; a fit says its own (a learned part may be blended in).
MODEL = COLD.model


def rank(
    keys: Sequence[UUID],
    inputs: Mapping[str, Any],
    populations: Mapping[str, Any],
    vetoes: Mapping[str, Flags],
    asked: Asked,
    as_of: datetime,
    ranker: Ranker = COLD,
) -> Ranking[UUID]:
    """All candidates at once, by inputs and population of each part; terms are made for who is shown.

    A ranker that has learned needs its own inputs too, the candidates' circumstances.
    """
    columns = {part.name: part.score(inputs[part.name], populations.get(part.name)) for part in PARTS}
    taught = None if ranker.learned is None else ranker.says(columns, inputs[CIRCUMSTANCES])
    return fit.rank(
        keys,
        columns,
        as_of=as_of,
        weights=asked.weights,
        vetoes=vetoes,
        model=ranker.model,
        learned=taught,
    )
