"""The best decreasing curve through points, by pooling adjacent violators.

Barlow, Bartholomew, Bremner, Brunk: Statistical Inference under Order Restrictions, 1972.
"""

import numpy as np

from scoring.arrays import Floats, Integers

# Down to so few points numpy pools whole runs at once; the rest is quicker one by one.
FEW = 256


def decreasing(x: Floats, y: Floats, weight: Floats | None = None) -> tuple[Floats, Floats]:
    """Knots of the least-squares non-increasing function of x.

    Between knots the curve is linear and outside it is flat, so `numpy.interp` reads it.

    Parameters: x, y, weight (default 1): float64[M], M >= 1, finite. Points at the same x are averaged first.
    Returns: knots of x, ascending, and their levels, non-increasing.

    >>> knots, levels = decreasing(np.array([1.0, 2.0, 3.0]), np.array([5.0, 1.0, 3.0]))
    >>> knots.tolist(), levels.tolist()
    ([1.0, 2.0, 3.0], [5.0, 2.0, 2.0])
    """
    places, inverse = np.unique(x, return_inverse=True)
    weights = np.bincount(inverse, weights=weight, minlength=len(places)).astype(np.float64)
    sums = np.bincount(inverse, weights=y if weight is None else y * weight)
    blocks = _pool(*(column.tolist() for column in _pool_runs(sums.astype(np.float64), weights)))
    return _knots(places, blocks)


def _pool_runs(sums: Floats, weights: Floats) -> tuple[Floats, Floats, Integers]:
    """Sums, weights and numbers of places with runs of rising means pooled: each ends in one block anyway."""
    counts = np.ones(len(sums), dtype=np.int64)
    while len(sums) > FEW:
        rising = sums[:-1] * weights[1:] <= sums[1:] * weights[:-1]
        if not rising.any():
            break
        starts = np.flatnonzero(np.concatenate([[True], ~rising]))
        sums, weights, counts = (np.add.reduceat(column, starts) for column in (sums, weights, counts))
    return sums, weights, counts


def _pool(sums: list[float], weights: list[float], counts: list[int]) -> list[tuple[float, float, int]]:
    """Blocks (sum, weight, number of places), each with a lower mean than the one before it."""
    blocks: list[tuple[float, float, int]] = []
    for total, weight, places in zip(sums, weights, counts, strict=True):
        while blocks and blocks[-1][0] * weight <= total * blocks[-1][1]:
            before, heavier, more = blocks.pop()
            total, weight, places = total + before, weight + heavier, places + more
        blocks.append((total, weight, places))
    return blocks


def _knots(places: Floats, blocks: list[tuple[float, float, int]]) -> tuple[Floats, Floats]:
    at: list[float] = []
    levels: list[float] = []
    first = 0
    for total, weight, count in blocks:
        ends = {first, first + count - 1}
        at.extend(float(places[end]) for end in sorted(ends))
        levels.extend([total / weight] * len(ends))
        first += count
    return np.array(at), np.array(levels)
