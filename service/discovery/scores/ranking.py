"""The one way from inputs to a ranking: a page, an influencer, a shortlist and a search all go through it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from scoring import fit
from scoring.arrays import Flags
from scoring.model import COLD_START
from scoring.ranking import Ranking
from service.discovery.scores.parts import PARTS
from service.discovery.scores.schemas import Asked

MODEL = COLD_START


def rank(
    keys: Sequence[UUID],
    inputs: Mapping[str, Any],
    populations: Mapping[str, Any],
    vetoes: Mapping[str, Flags],
    asked: Asked,
    as_of: datetime,
) -> Ranking[UUID]:
    """All candidates at once, by inputs and population of each part; terms are made for who is shown."""
    columns = {part.name: part.score(inputs[part.name], populations.get(part.name)) for part in PARTS}
    return fit.rank(keys, columns, as_of=as_of, weights=asked.weights, vetoes=vetoes, model=MODEL)
