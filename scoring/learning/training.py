"""From finished collaborations to a model: usable rows, evaluation, final fit, artefact and card."""

from collections.abc import Callable, Mapping
from datetime import datetime

import numpy as np
from msgspec import Struct

from scoring.arrays import Floats
from scoring.learning import artefact
from scoring.learning.card import TARGET, Card, kinds_of, known_shares
from scoring.learning.estimator import LearnedFit
from scoring.learning.features import FEATURES, Features
from scoring.learning.outcomes import Outcomes, better, usable, usual
from scoring.learning.promotion import LEAST_OUTCOMES, decide, weight
from scoring.learning.validation import evaluate

Progress = Callable[[int, int], None]


class TooFewOutcomes(ValueError):
    """Fewer finished collaborations than a model may be trained on: the cold start stays."""

    def __init__(self, found: int) -> None:
        super().__init__(
            f"{found} finished collaborations can be learned from; a learned fit needs {LEAST_OUTCOMES}."
            " The cold start stays."
        )
        self.found = found


class Trained(Struct, frozen=True):
    """A model with its bytes and its card."""

    model: LearnedFit
    data: bytes
    card: Card


def train(
    features: Features,
    outcomes: Outcomes,
    cold_start: Floats,
    *,
    version: str,
    trained_at: datetime,
    dated: Mapping[str, float],
    progress: Progress | None = None,
) -> Trained:
    """Trains on N collaborations, of which those without a cost or a count are left out.

    `cold_start` float64[N]: the weighted fit of each; `dated`: see Card. The card's decision says
    whether the model may rank. Raises TooFewOutcomes, NothingToLearn.
    """
    rows = np.flatnonzero(usable(outcomes))
    if len(rows) < LEAST_OUTCOMES:
        raise TooFewOutcomes(len(rows))
    features, outcomes, cold_start = features.rows(rows), outcomes.rows(rows), cold_start[rows]
    success = better(outcomes, usual(outcomes))
    evaluation = evaluate(features, outcomes, cold_start, progress)
    model = LearnedFit().fit(features, success, outcomes.influencer)
    data = artefact.dump(model)
    card = Card(
        version=version,
        trained_at=trained_at,
        target=TARGET,
        outcomes=len(rows),
        influencers=len(np.unique(outcomes.influencer)),
        from_at=float(outcomes.at.min()),
        to_at=float(outcomes.at.max()),
        kinds=kinds_of(outcomes),
        features=FEATURES,
        dated=dict(dated),
        known=known_shares(features.scores),
        calibration=model.calibration_,
        weight=weight(len(rows)),
        evaluation=evaluation,
        decision=decide(len(rows), evaluation),
        sklearn=artefact.sklearn_version(),
        sha256=artefact.digest(data),
    )
    return Trained(model, data, card)
