"""What ranks: the cold start, or the blend of it and a promoted model. A run keeps what it was made with."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

from scoring import whatif
from scoring.arrays import Floats
from scoring.learning.blend import Learned
from scoring.model import COLD_START, Model
from scoring.ranking import Ranked
from scoring.scores import Column
from service.kit import ids

if TYPE_CHECKING:
    from scoring.learning.estimator import LearnedFit
    from scoring.learning.features import Features

Words = NDArray[np.object_]
CIRCUMSTANCES = "circumstances"
"""The name of a learned fit's own inputs beside those of the scores' parts."""

_JOIN = "+"


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What a learned fit asks of candidates beside their scores: float64[N] and words, None where unknown.

    price: the cheapest that is valid for the scored account's platform, in the workspace's currency and its
    minor units; format: what that price is for.
    """

    price: Floats
    platform: Words
    tier: Words
    format: Words


@dataclass(frozen=True, slots=True)
class Ranker:
    """`learned` None: the cold start. weight: the learned fit's share."""

    version: str = COLD_START.version
    learned: "LearnedFit | None" = None
    weight: float = 0.0

    @property
    def model(self) -> Model:
        """The version, and the scores that it computes."""
        return Model(self.version, COLD_START.computes)

    def says(self, columns: Mapping[str, Column], circumstances: Circumstances) -> Learned | None:
        """The learned fit of candidates; None where the cold start ranks. An expensive step for many."""
        if self.learned is None:
            return None
        from scoring.learning.predicting import learned

        return learned(self.learned, features(columns, circumstances), self.weight)

    def mean_of(
        self, ranked: Ranked[UUID], weights: Mapping[str, float], around: Circumstances
    ) -> whatif.Mean:
        """The blend before cap and vetoes of one candidate, if some scores were other than they are."""

        def mean(changed: Mapping[str, float]) -> float | None:
            scores = {name: score.score for name, score in ranked.scores.items()} | dict(changed)
            cold = whatif.weighted(scores, weights)
            taught = self.says({name: _one(score) for name, score in scores.items()}, around)
            return cold if cold is None or taught is None else float(taught.blended(np.array([cold]))[0])

        return mean


def _one(score: float | None) -> Column:
    """A column of one candidate; what a learned fit reads of it is the score."""
    if score is None:
        return Column.empty(1, "not_computed")
    return Column(np.array([score]), np.ones(1), np.zeros(1, dtype=np.int8), lambda position: ())


COLD = Ranker()


def version_of(model_id: UUID) -> str:
    """The version of a blend: the cold start's and the model's, as both decide."""
    return f"{COLD_START.version}{_JOIN}{ids.show('mdl', model_id)}"


def model_of(version: str) -> UUID | None:
    """The model of a version. Raises ValueError where the version is of another cold start."""
    base, _, model = version.partition(_JOIN)
    if base != COLD_START.version:
        raise ValueError(f"{base} is not the cold start of this version")
    return ids.read("mdl", model) if model else None


def features(columns: Mapping[str, Column], circumstances: Circumstances) -> "Features":
    """Scores and circumstances as the learned fit takes them."""
    from scoring.learning.features import SCORES, Features

    return Features(
        scores=np.column_stack([columns[name].score for name in SCORES]),
        price=circumstances.price,
        platform=circumstances.platform.tolist(),
        tier=circumstances.tier.tolist(),
        format=circumstances.format.tolist(),
    )
