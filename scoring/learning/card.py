"""What has to be known of a model before anyone trusts it (Mitchell et al. 2019, "Model cards")."""

from datetime import datetime

import numpy as np
from msgspec import Struct

from scoring.arrays import Floats
from scoring.learning.evaluation import Evaluation
from scoring.learning.features import SCORES
from scoring.learning.outcomes import Outcomes
from scoring.learning.promotion import Decision

TARGET = (
    "more conversions (or engagements) per cost than the median of the training set's collaborations"
    " of the same kind, platform and format"
)


class Card(Struct, frozen=True):
    """A model's card. outcomes: finished collaborations learned from; influencers: distinct ones;
    from_at, to_at: seconds of the first and the last; weight: its share of a blended fit;
    dated: of each feature the share of rows whose value is of the collaboration's date, not of now;
    known: of each score the share of rows that have it; sha256: of the artefact's bytes;
    sklearn: the version that made it.
    """

    version: str
    trained_at: datetime
    target: str
    outcomes: int
    influencers: int
    from_at: float
    to_at: float
    kinds: dict[str, int]
    features: tuple[str, ...]
    dated: dict[str, float]
    known: dict[str, float]
    calibration: str
    weight: float
    evaluation: Evaluation
    decision: Decision
    sklearn: str
    sha256: str


def known_shares(scores: Floats) -> dict[str, float]:
    """Of each score the share of rows in which it is known.

    >>> known_shares(np.array([[1.0, np.nan, 2.0, 3.0, np.nan], [1.0, 2.0, 3.0, 4.0, np.nan]]))["audience"]
    0.5
    """
    return {name: round(float(np.mean(np.isfinite(scores[:, at]))), 4) for at, name in enumerate(SCORES)}


def kinds_of(outcomes: Outcomes) -> dict[str, int]:
    """How many collaborations of each kind there are."""
    names, counts = np.unique(np.array(outcomes.kind, dtype=object), return_counts=True)
    return dict(zip(names.tolist(), counts.tolist(), strict=True))
