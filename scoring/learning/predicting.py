"""A loaded model's learned fit of candidates, and its explanation in points."""

import numpy as np

from scoring.arrays import Floats
from scoring.learning.blend import Learned
from scoring.learning.estimator import LearnedFit
from scoring.learning.features import CATEGORICAL, FEATURES, Features, matrix
from scoring.learning.shapley import contributions


def learned(model: LearnedFit, features: Features, weight: float) -> Learned:
    """The learned fit, 100 x the calibrated probability of being better than usual, of N candidates.

    >>> scores = np.linspace(0, 100, 100)[:, None] * np.ones(5)
    >>> known = Features(scores, np.full(100, 9.0), ["x"] * 100, ["nano"] * 100, ["reel"] * 100)
    >>> model = LearnedFit().fit(known, (scores[:, 0] > 50).astype(float), np.arange(100))
    >>> made = learned(model, known, 0.5)
    >>> points = [points for _, _, _, points in made.explain(99)]
    >>> bool(abs(sum(points) - made.score[99]) < 1e-9)
    True
    """
    x = matrix(features, model.vocabulary_)
    score = 100 * model.probability_of(x)

    def explain(position: int) -> list[tuple[str, float | None, float | None, float]]:
        return explained(model, x[position])

    return Learned(weight, score, explain)


def explained(model: LearnedFit, row: Floats) -> list[tuple[str, float | None, float | None, float]]:
    """(feature, value, training median, points); first "base", the score of the training medians."""
    reference = np.asarray(model.reference_, dtype=np.float64)
    base, parts = contributions(lambda x: 100 * model.probability_of(x), row, reference)
    rows: list[tuple[str, float | None, float | None, float]] = [("base", None, None, base)]
    for at, name in enumerate(FEATURES):
        word = at in CATEGORICAL
        raw, usual = (None, None) if word else (float(row[at]), float(reference[at]))
        rows.append((name, raw, usual, float(parts[at])))
    return rows
