"""How well probabilities of three classes hold on texts of known class."""

import numpy as np
from msgspec import Struct

from scoring.arrays import Floats, Integers
from scoring.sentiment.classes import ABSTAIN, CLASSES, NEGATIVE, NEUTRAL, POSITIVE
from scoring.sentiment.training import decided, evened

_BINS = 10


class Figures(Struct, frozen=True):
    """rows: how many texts; macro_f1, accuracy: of the likeliest class, nothing abstained; polar_accuracy: of
    positive against negative, among texts that are one of the two (None without any); abstained: their share;
    macro_f1_kept: of the rest; calibration_error: mean distance of confidence and hits, classes evened out as
    in training (ECE, ten bins)."""

    rows: int
    macro_f1: float
    accuracy: float
    polar_accuracy: float | None
    abstained: float
    macro_f1_kept: float
    calibration_error: float


def figures(likely: Floats, classes: Integers, language: str) -> Figures:
    """The figures of probabilities [N, 3] beside the true classes [N].

    >>> likely = np.array([[0.9, 0.05, 0.05], [0.1, 0.2, 0.7], [0.2, 0.4, 0.4]])
    >>> found = figures(likely, np.array([0, 2, 1]), "en")
    >>> found.accuracy, found.abstained, found.polar_accuracy
    (1.0, 0.3333, 1.0)
    """
    best, outcome = likely.argmax(axis=1), decided(likely)
    kept = outcome != ABSTAIN
    polar = classes != NEUTRAL
    said = likely[:, POSITIVE] > likely[:, NEGATIVE]
    return Figures(
        rows=len(classes),
        macro_f1=round(macro_f1(classes, best), 4),
        accuracy=round(float(np.mean(best == classes)), 4),
        polar_accuracy=round(float(np.mean(said[polar] == (classes[polar] == POSITIVE))), 4)
        if polar.any()
        else None,
        abstained=round(float(np.mean(~kept)), 4),
        macro_f1_kept=round(macro_f1(classes[kept], best[kept]), 4),
        calibration_error=round(_calibration_error(likely, classes, language), 4),
    )


def macro_f1(truth: Integers, said: Integers) -> float:
    """The mean over the classes that occur of 2 hits / (said + true).

    >>> macro_f1(np.array([0, 0, 2, 1]), np.array([0, 2, 2, 1]))
    0.7777777777777777
    """
    scores = []
    for number in range(len(CLASSES)):
        true, claimed = truth == number, said == number
        if total := int(true.sum() + claimed.sum()):
            scores.append(2.0 * int((true & claimed).sum()) / total)
    return float(np.mean(scores)) if scores else 0.0


def _calibration_error(likely: Floats, classes: Integers, language: str) -> float:
    held = np.bincount(classes, minlength=len(CLASSES)).astype(np.float64)
    weight = evened(held, language)[classes]
    confidence, hit = likely.max(axis=1), likely.argmax(axis=1) == classes
    bins = np.minimum((confidence * _BINS).astype(np.int64), _BINS - 1)
    gaps = np.bincount(bins, weight * (confidence - hit), minlength=_BINS)
    return float(np.abs(gaps).sum() / weight.sum())
