"""The learned fit as an estimator: gradient boosting that never falls with a score nor rises with the price,
calibrated on rows that it was not fitted on."""

from typing import TYPE_CHECKING, Any

import numpy as np
from sklearn.base import BaseEstimator

from scoring.arrays import Floats, Integers
from scoring.learning.calibration import Curve, calibrate
from scoring.learning.features import CATEGORICAL, FEATURES, MONOTONIC, Features, matrix, vocabulary

if TYPE_CHECKING:
    from sklearn.ensemble import HistGradientBoostingClassifier

# Small trees, many of them, slowly: some hundred noisy rows bear no more.
SETTINGS: dict[str, Any] = {
    "learning_rate": 0.05,
    "max_iter": 100,
    "max_leaf_nodes": 6,
    "min_samples_leaf": 20,
    "l2_regularization": 1.0,
}
FOLDS = 5


class NothingToLearn(ValueError):
    """One influencer's collaborations alone, or none that is better than another."""


class LearnedFit(BaseEstimator):  # type: ignore[misc]
    """P(better than usual) of collaborations.

    `booster_` HistGradientBoostingClassifier; `vocabulary_` word lists by feature; `calibration_`, `knots_`,
    `levels_` the calibration (kind, x, y of a Curve); `reference_` float64[9], the training medians (of
    words: the most frequent), against which a prediction is explained.

    >>> scores = np.linspace(0, 100, 200)[:, None] * np.ones(5)
    >>> known = Features(scores, np.full(200, 9.0), ["x"] * 200, ["nano"] * 200, ["reel"] * 200)
    >>> success = (scores[:, 0] > 50).astype(float)
    >>> chance = LearnedFit().fit(known, success, np.arange(200)).probability(known)
    >>> bool(np.all(np.diff(chance) >= 0)), bool(chance[0] < 0.1), bool(chance[-1] > 0.9)
    (True, True, True)
    """

    def __init__(self, random_state: int = 0) -> None:
        self.random_state = random_state

    def fit(self, features: Features, success: Floats, influencer: Integers) -> "LearnedFit":
        """Fits on N rows; an influencer's rows never are on both sides of the calibration's folds.

        Raises NothingToLearn where there are not both successes and failures of at least two influencers.
        """
        if len(np.unique(success)) < 2 or len(np.unique(influencer)) < 2:
            raise NothingToLearn("needs successes and failures, of at least two influencers")
        self.vocabulary_ = vocabulary(features)
        x = matrix(features, self.vocabulary_)
        odds, known = self._unseen(x, success, influencer)
        if len(np.unique(known)) < 2:
            raise NothingToLearn("needs influencers who had both, or several who had either")
        curve = calibrate(odds, known)
        self.calibration_, self.knots_, self.levels_ = curve.kind, list(curve.x), list(curve.y)
        self.booster_ = self._booster().fit(_filled(x), success)
        self.reference_ = _reference(x)
        self.features_ = list(FEATURES)
        return self

    def probability(self, features: Features) -> Floats:
        """float64[N] in (0, 1)."""
        return self.probability_of(matrix(features, self.vocabulary_))

    def probability_of(self, x: Floats) -> Floats:
        """The same from rows of `features.matrix`."""
        curve = Curve(self.calibration_, tuple(self.knots_), tuple(self.levels_))
        return curve.probability(np.asarray(self.booster_.decision_function(x), dtype=np.float64))

    def _booster(self) -> "HistGradientBoostingClassifier":
        from sklearn.ensemble import HistGradientBoostingClassifier

        return HistGradientBoostingClassifier(
            monotonic_cst=list(MONOTONIC),
            categorical_features=list(CATEGORICAL),
            early_stopping=False,
            random_state=self.random_state,
            **SETTINGS,
        )

    def _unseen(self, x: Floats, success: Floats, influencer: Integers) -> tuple[Floats, Floats]:
        """Log-odds of rows by boosters that saw none of their influencers, and what became of them."""
        from sklearn.model_selection import GroupKFold

        odds = np.full(len(x), np.nan)
        parts = min(FOLDS, len(np.unique(influencer)))
        for inside, outside in GroupKFold(parts).split(x, groups=influencer):
            if len(np.unique(success[inside])) == 2:
                booster = self._booster().fit(_filled(x[inside]), success[inside])
                odds[outside] = booster.decision_function(x[outside])
        known = np.isfinite(odds)
        return odds[known], success[known]


def _filled(x: Floats) -> Floats:
    """A column of which nothing is known holds one value: there is no split on it, and no bin is needed."""
    return np.where(np.isfinite(x).any(axis=0), x, 0.0)


def _reference(x: Floats) -> Floats:
    """Medians of numbers and the most frequent words; NaN where nothing is known."""
    return np.array(
        [_most_frequent(x[:, at]) if at in CATEGORICAL else _median(x[:, at]) for at in range(x.shape[1])]
    )


def _median(column: Floats) -> float:
    known = column[np.isfinite(column)]
    return float(np.median(known)) if len(known) else float("nan")


def _most_frequent(column: Floats) -> float:
    values, counts = np.unique(column[np.isfinite(column)], return_counts=True)
    return float(values[np.argmax(counts)]) if len(values) else float("nan")
