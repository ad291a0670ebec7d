"""What each feature brings to one prediction: exact Shapley values against a reference row.

v(S) is the prediction of a row that has its own values in S and the reference's elsewhere; a feature's points
are its mean contribution over all orders in which features can be put in (Shapley 1953; with one reference
row: "baseline Shapley", Sundararajan and Najmi 2020). With nine features those are at most 512 rows, which
are predicted at once; features that are as in the reference bring nothing and cost nothing.
"""

from collections.abc import Callable
from math import factorial

import numpy as np

from scoring.arrays import Floats, Integers

Predict = Callable[[Floats], Floats]


def contributions(predict: Predict, row: Floats, reference: Floats) -> tuple[float, Floats]:
    """(prediction of the reference, float64[K]: each feature's part); they sum to that of the row.

    >>> row, reference = np.array([2.0, 3.0, 5.0]), np.zeros(3)
    >>> base, parts = contributions(lambda x: x[:, 0] * x[:, 1] + x[:, 2], row, reference)
    >>> base, parts.tolist()
    (0.0, [3.0, 3.0, 5.0])
    """
    moved = np.flatnonzero(~((row == reference) | (np.isnan(row) & np.isnan(reference))))
    masks = np.arange(1 << len(moved))
    inside = (masks[:, None] >> np.arange(len(moved))) & 1 == 1
    rows = np.tile(reference, (len(masks), 1))
    rows[:, moved] = np.where(inside, row[moved], reference[moved])
    value = np.asarray(predict(rows), dtype=np.float64)
    parts = np.zeros(len(row))
    for at, feature in enumerate(moved.tolist()):
        parts[feature] = _mean_gain(value, masks, inside.sum(axis=1), at, len(moved))
    return float(value[0]), parts


def _mean_gain(value: Floats, masks: Integers, sizes: Integers, at: int, count: int) -> float:
    """The mean of v(S + feature) - v(S), each S weighted by the orders in which just S stands before."""
    without = masks[(masks >> at) & 1 == 0]
    orders = np.array([factorial(k) * factorial(count - k - 1) for k in range(count)]) / factorial(count)
    return float(np.sum(orders[sizes[without]] * (value[without | 1 << at] - value[without])))
