"""The learned fit beside the cold start's: (1 - w) x weighted mean + w x learned fit.

numpy alone: a ranking without a promoted model does not pay for scikit-learn's import.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from scoring.arrays import Floats
from scoring.scores import Term, rounded

PREFIX = "learned_"
BASE = f"{PREFIX}base"


@dataclass(frozen=True, slots=True)
class Learned:
    """What a promoted model says of N candidates.

    weight: its share w of the fit; score: float64[N], 0..100, NaN where it says nothing;
    explain(position): the name, value and reference of each feature (None for words) and the points that it
    brings, after a first one of the name "base"; the points sum to the score.
    """

    weight: float
    score: Floats
    explain: Callable[[int], list[tuple[str, float | None, float | None, float]]]

    def blended(self, mean: Floats) -> Floats:
        """float64[N]; a fit that is null stays null, one of which the model says nothing stays as it is.

        >>> taught = Learned(0.25, np.array([100.0, np.nan, 50.0]), lambda position: [])
        >>> taught.blended(np.array([60.0, 60.0, np.nan]))
        array([70., 60., nan])
        """
        known = np.isfinite(self.score)
        return np.where(
            known, (1 - self.weight) * mean + self.weight * np.where(known, self.score, 0.0), mean
        )

    def rest(self, position: int) -> float:
        """The weighted mean's share of a candidate's fit."""
        return 1.0 - self.weight if np.isfinite(self.score[position]) else 1.0

    def terms(self, position: int) -> tuple[Term, ...]:
        """The learned part's terms, which sum to its share of the fit."""
        if not np.isfinite(self.score[position]):
            return ()
        return tuple(
            Term(f"{PREFIX}{name}", _shown(raw), _shown(reference), rounded(self.weight * points))
            for name, raw, reference, points in self.explain(position)
        )


def _shown(value: float | None) -> float | None:
    return None if value is None or not np.isfinite(value) else rounded(value)
