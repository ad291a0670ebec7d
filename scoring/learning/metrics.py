"""How good probabilities are: log-loss, and the calibration error beside what chance alone makes of it."""

from typing import NamedTuple

import numpy as np

from scoring.arrays import Floats, Integers

# Fewer rows a bin, and the error of a perfect model is mostly chance: .4 / sqrt(rows), .04 at a hundred.
ROWS_A_BIN = 100
MOST_BINS = 10
FEWEST_BINS = 2

# Of a standard normal, above it lies one in a hundred.
ONE_IN_A_HUNDRED = 2.326

# No probability is certain: a single surprise would cost everything.
CERTAIN = 1e-6


class CalibrationError(NamedTuple):
    """ece: mean |share of successes - mean probability| over equally filled bins, weighted by rows.

    chance: the same of a perfectly calibrated model, by the scatter of its successes alone; bins: how many.
    """

    ece: float
    chance: float
    bins: int


def losses(success: Floats, probability: Floats) -> Floats:
    """float64[N]: -ln of the probability of what happened."""
    p = np.clip(probability, CERTAIN, 1 - CERTAIN)
    return np.asarray(-(success * np.log(p) + (1 - success) * np.log1p(-p)), dtype=np.float64)


def log_loss(success: Floats, probability: Floats) -> float:
    """Their mean. Lower is better; NaN of nothing.

    >>> round(log_loss(np.array([1.0, 0.0]), np.array([0.5, 0.5])), 4)
    0.6931
    """
    return float(np.mean(losses(success, probability))) if len(success) else float("nan")


def lower_bound(differences: Floats, group: Integers) -> float:
    """The mean's bound that chance alone exceeds once in a hundred times; NaN of less than two groups.

    Rows of one group (an influencer's collaborations) are alike and count together (Liang and Zeger 1986).

    >>> rows = np.array([0.1, 0.3] * 50)
    >>> lower_bound(rows, np.arange(100)) > 0.17, lower_bound(rows, np.arange(100) % 2) < 0
    (True, True)
    """
    _, code = np.unique(group, return_inverse=True)
    if not len(differences) or code.max() < 1:
        return float("nan")
    mean = float(np.mean(differences))
    sums = np.bincount(code, weights=differences - mean)
    groups = len(sums)
    error = float(np.sqrt(np.sum(sums**2) * groups / (groups - 1))) / len(differences)
    return mean - ONE_IN_A_HUNDRED * error


def calibration_error(success: Floats, probability: Floats) -> CalibrationError:
    """The expected calibration error (Naeini et al. 2015) over bins of equally many rows, as Nguyen and
    O'Connor (2015) fill them: 2 to 10 bins with at least a hundred rows each where there are that many.

    >>> calibration_error(np.array([0.0, 1.0] * 200), np.full(400, 0.5)).ece
    0.0
    """
    if not len(success):
        return CalibrationError(float("nan"), float("nan"), 0)
    count = int(np.clip(len(success) // ROWS_A_BIN, FEWEST_BINS, MOST_BINS))
    order = np.argsort(probability, kind="stable")
    parts: list[Integers] = [part for part in np.array_split(order, count) if len(part)]
    shared = _shared(success, probability)
    gaps = [abs(float(np.mean(shared[part]) - np.mean(probability[part]))) for part in parts]
    noise = [_scatter(probability[part]) for part in parts]
    rows = [len(part) for part in parts]
    return CalibrationError(
        float(np.average(gaps, weights=rows)), float(np.average(noise, weights=rows)), len(parts)
    )


def _shared(success: Floats, probability: Floats) -> Floats:
    """Equal probabilities share their successes, so that no order of them decides who fills which bin."""
    _, group = np.unique(probability, return_inverse=True)
    return (np.bincount(group, weights=success) / np.bincount(group))[group]


def _scatter(probability: Floats) -> float:
    """The mean absolute error of a share of successes: sqrt(2 / pi) standard errors."""
    variance = float(np.sum(probability * (1 - probability)))
    return float(np.sqrt(2 / np.pi) * np.sqrt(variance) / len(probability))
