"""A ranking: all candidates in order, and the page of it that is shown."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar
from uuid import UUID

import numpy as np

from scoring.arrays import Flags, Floats, Integers
from scoring.model import WEIGHTS, Model
from scoring.scores import CONFIDENCE_FLOOR, Column, FitScore, Score

Key = TypeVar("Key", str, bytes, int, UUID)


@dataclass(frozen=True, slots=True)
class Ranked(Generic[Key]):
    """One candidate as shown: its place from 1, its fit, and all scores by name, null ones too."""

    key: Key
    rank: int
    fit: FitScore
    scores: dict[str, Score]


@dataclass(frozen=True, slots=True)
class Ranking(Generic[Key]):
    """order: int64[N], positions of the candidates, best first, null last; fit, columns: by position."""

    keys: Sequence[Key]
    order: Integers
    fit: Column
    columns: Mapping[str, Column]
    vetoes: Mapping[str, Flags]
    as_of: datetime
    model: Model

    def page(self, offset: int, limit: int) -> list[Ranked[Key]]:
        """The candidates at places offset + 1 to offset + limit, with terms."""
        places = range(offset, min(offset + limit, len(self.order)))
        return [self.at(int(self.order[place]), place + 1) for place in places]

    def at(self, position: int, place: int) -> Ranked[Key]:
        """One candidate by its position in the columns, shown at a place."""
        score = self.fit.at(position, self.as_of, self.model.version)
        fit = FitScore(
            score=score.score,
            confidence=score.confidence,
            terms=score.terms,
            reason=score.reason,
            as_of=score.as_of,
            model_version=score.model_version,
            low_confidence=bool(self.fit.confidence[position] < CONFIDENCE_FLOOR - 1e-9),
            vetoes=tuple(name for name, struck in self.vetoes.items() if struck[position]),
        )
        scores = {name: self._score(name, position) for name in WEIGHTS}
        return Ranked(self.keys[position], place, fit, scores)

    def _score(self, name: str, position: int) -> Score:
        if name in self.columns:
            return self.columns[name].at(position, self.as_of, self.model.version)
        return Score(None, 0.0, (), "not_computed", self.as_of, self.model.version)


def ordered(score: Floats, keys: Sequence[Key]) -> Integers:
    """Positions by falling score, null last, equal scores by key.

    >>> ordered(np.array([np.nan, 50.0, 80.0, 50.0]), ["a", "c", "d", "b"]).tolist()
    [2, 3, 1, 0]
    """
    falling = np.where(np.isnan(score), np.inf, -score)
    order = np.argsort(falling, kind="stable")
    placed = falling[order]
    edges = np.flatnonzero(placed[1:] != placed[:-1]) + 1
    starts, ends = np.concatenate([[0], edges]), np.concatenate([edges, [len(order)]])
    tied = ends - starts > 1
    for start, end in zip(starts[tied].tolist(), ends[tied].tolist(), strict=True):
        order[start:end] = sorted(order[start:end].tolist(), key=keys.__getitem__)
    return order
