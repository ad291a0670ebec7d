"""Intervals by the profile likelihood: of one figure, with all else at its most likely.

Likelihoods are functions of points, float64[P, D] -> float64[P], so that derivatives are one call.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import stdtrit

Floats = NDArray[np.float64]
Likelihood = Callable[[Floats], Floats]
# How far below the peak an interval ends: half of the 95% quantile of chi-square with one degree of freedom
# (Wilks 1938).
ALLOWED = 1.920729410347062
_STEP = 1e-3
_ROUNDS = 40
_TOLERANCE = 1e-3


@dataclass(frozen=True, slots=True)
class Model:
    """A likelihood, where to start, and between which bounds its parameters lie; the first is the figure.
    allowed: how far below the peak the 95% interval ends."""

    likelihood: Likelihood
    start: Floats
    lows: Floats
    highs: Floats
    allowed: float = ALLOWED


@dataclass(frozen=True, slots=True)
class Peak:
    """The most likely point of a model."""

    model: Model
    point: Floats
    height: float


def of_few(n: int) -> float:
    """The same as ALLOWED for the mean of a normal sample of n, spread unknown (Student's t).

    >>> round(of_few(15), 3), round(of_few(10_000), 3)
    (2.131, 1.921)
    """
    t = float(stdtrit(n - 1, 0.975))
    return 0.5 * n * math.log1p(t * t / (n - 1))


def climbed(model: Model, start: Floats | None = None, fixed: int = 0) -> Peak:
    """The peak over all but the first `fixed` parameters: Newton's steps, damped where they do not climb."""
    point = np.clip(model.start if start is None else start, model.lows, model.highs)
    free = np.arange(fixed, len(point))
    height, damping = float(model.likelihood(point[None])[0]), 1e-4
    if not len(free):
        return Peak(model, point, height)
    stale = True
    for _ in range(_ROUNDS):
        if stale:
            slope, bend = _derivatives(model.likelihood, point, free)
        inside = _may_move(point[free], slope, model.lows[free], model.highs[free])
        if not inside.any():
            break
        step = _step(slope[inside], bend[np.ix_(inside, inside)], damping)
        tried = point.copy()
        tried[free[inside]] += np.clip(step, -1.5, 1.5)
        tried = np.clip(tried, model.lows, model.highs)
        reached = float(model.likelihood(tried[None])[0])
        stale = reached > height
        if stale:
            gained, point, height, damping = reached - height, tried, reached, damping * 0.1
            if gained < _TOLERANCE * 0.1:
                break
        elif np.abs(step).max() < 1e-6 or damping > 1e6:
            break
        else:
            damping = max(damping * 10, 1e-3)
    return Peak(model, point, height)


def _may_move(point: Floats, slope: Floats, lows: Floats, highs: Floats) -> NDArray[np.bool_]:
    """Which parameters are not pressed against a bound."""
    made: NDArray[np.bool_] = ~(((point <= lows) & (slope <= 0)) | ((point >= highs) & (slope >= 0)))
    return made


def _step(slope: Floats, bend: Floats, damping: float) -> Floats:
    """Newton's step uphill, with the bend made negative definite."""
    values, vectors = np.linalg.eigh(-bend)
    firm = np.maximum(np.abs(values), 1e-6) * (1 + damping) + damping
    made: Floats = vectors @ ((vectors.T @ slope) / firm)
    return made


def _derivatives(likelihood: Likelihood, point: Floats, free: NDArray[np.intp]) -> tuple[Floats, Floats]:
    """Slope and bend by differences, in one call."""
    size = len(free)
    shifts = np.zeros((size, len(point)))
    shifts[np.arange(size), free] = _STEP
    rows, columns = np.triu_indices(size, 1)
    pairs = point + shifts[rows] + shifts[columns]
    points = np.concatenate((point[None], point + shifts, point - shifts, pairs))
    values = likelihood(points)
    here, plus, minus = values[0], values[1 : size + 1], values[size + 1 : 2 * size + 1]
    bend = np.zeros((size, size))
    both = (values[2 * size + 1 :] - plus[rows] - plus[columns] + here) / _STEP**2
    bend[rows, columns] = bend[columns, rows] = both
    # One-sided mixed differences lean by a third derivative times the step, far below what a step needs.
    bend[np.arange(size), np.arange(size)] = (plus + minus - 2 * here) / _STEP**2
    return (plus - minus) / (2 * _STEP), bend


def interval(models: list[Model], forgiven: float = 0.0) -> tuple[Peak, float, float]:
    """The best model's peak, and the 95% interval of the first parameter; an infinite end is beyond a bound.

    Of several models the likelihood of a figure is that of the model that suits it best: not knowing the
    shape widens the interval. forgiven: by how much less a second model may suit and still be asked for the
    whole of its interval.
    """
    peaks = [climbed(model) for model in models]
    best = max(peaks, key=lambda peak: peak.height)
    near = [(peak, max(peak.height, best.height - forgiven) - peak.model.allowed) for peak in peaks]
    lows = [_end(peak, least, -1) for peak, least in near if peak.height > least]
    highs = [_end(peak, least, 1) for peak, least in near if peak.height > least]
    return best, min(lows), max(highs)


def _end(peak: Peak, floor: float, side: int) -> float:
    """Where a model's profile falls to the floor, on one side: secants on the root of the fall, which is
    nearly a line."""
    model, wanted = peak.model, math.sqrt(peak.height - floor)
    centre = float(peak.point[0])
    bound = float(model.highs[0] if side > 0 else model.lows[0])
    inner, inner_root, outer, outer_root = centre, 0.0, math.nan, math.nan
    step, near = _first_step(peak, wanted), peak
    for _ in range(_ROUNDS):
        tried = inner + side * step
        if math.isnan(outer) and (tried - bound) * side >= 0:
            tried = bound
        start = near.point.copy()
        start[0] = tried
        near = climbed(model, start, fixed=1)
        root = math.sqrt(max(peak.height - near.height, 0.0))
        if abs(root - wanted) < _TOLERANCE * wanted:
            return tried
        if root < wanted:
            if tried == bound:
                return side * math.inf
            slope = (root - inner_root) / abs(tried - inner) if tried != inner else 0.0
            inner, inner_root = tried, max(root, inner_root)
        else:
            outer, outer_root = tried, root
            slope = 0.0
        if math.isnan(outer):
            step = min((wanted - inner_root) / slope * 1.02, 2 * step) if slope > 0 else 2 * step
        else:
            share = (wanted - inner_root) / (outer_root - inner_root)
            step = abs(outer - inner) * min(max(share, 0.05), 0.95)
            if abs(outer - inner) < 1e-6:
                return outer
    return inner


def _first_step(peak: Peak, wanted: float) -> float:
    """How far the floor is if the profile were a parabola."""
    _, bend = _derivatives(peak.model.likelihood, peak.point, np.arange(len(peak.point)))
    try:
        spread = float(np.linalg.inv(-bend)[0, 0])
    except np.linalg.LinAlgError:
        spread = 0.0
    return min(max(wanted * math.sqrt(2 * spread), 1e-3), 2.0) if spread > 0 else 0.2
