"""Net sentiment of many groups of mentions at once, corrected for how a model errs in each language.

As in net.py, for groups (days, platforms) that share the model's errors: in each draw the error rates are
the same for all groups. Labels of people are taken as they are.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from scoring.arrays import Floats

LEVEL: Final = 0.95
CLASSES: Final = 3
OUTCOMES: Final = 4
NEGATIVE, POSITIVE = 0, 2
# Jeffreys' prior: an outcome that was never seen is rare, not impossible.
_PRIOR: Final = 0.5
_STEPS: Final = 500
# A step smaller than this changes no figure that is shown.
_SETTLED: Final = 1e-7
MOST_DRAWS: Final = 1_000
# So many corrected shares in all, a few tenths of a second; then fewer draws of each group.
_WORK: Final = 40_000
_LEAST_DRAWS: Final = 200


@dataclass(frozen=True)
class Nets:
    """Net sentiment of G groups, each [G]; NaN where nothing is known.

    raw, corrected, low, high: (P - N) / (P + N); raw_all, corrected_all, low_all, high_all: (P - N) / all
    with a class. The interval holds the truth in 95 of 100 cases.
    """

    raw: Floats
    corrected: Floats
    low: Floats
    high: Floats
    raw_all: Floats
    corrected_all: Floats
    low_all: Floats
    high_all: Floats


def nets(outcomes: Floats, confusion: Floats, known: Floats, *, seed: int = 0) -> Nets:
    """Net sentiment of groups.

    Parameters:
        outcomes: what the model said of each group's mentions, by kind: negative, neutral, positive, not
            sure,
            [G, K, 4]. A kind is what the model errs alike in: a language.
        confusion: of texts of each known class, how many got each outcome, [K, 3, 4], counts; all zero:
            not known,
            and this kind is left out of what is corrected.
        known: mentions that people labelled negative, neutral, positive, [G, 3].

    Raises: ValueError for other shapes, negative or endless counts.

    >>> seen = np.array([[[80, 10, 5, 5], [10, 70, 10, 10], [5, 10, 80, 5]]])
    >>> said = np.array([[[150, 400, 350, 100]], [[0, 0, 0, 0]]])
    >>> found = nets(said, seen, np.array([[0, 0, 0], [3, 0, 1]]))
    >>> found.raw.round(2).tolist(), found.corrected.round(2).tolist()
    ([0.4, -0.5], [0.57, -0.5])
    >>> bool(found.low[0] < found.corrected[0] < found.high[0]), float(found.low[1])
    (True, -0.5)
    """
    counted, seen, truth = _checked(outcomes, confusion, known)
    usable = seen.sum(axis=2).all(axis=1)
    raw = counted[:, :, :CLASSES].sum(axis=1) + truth
    counted, seen = counted[:, usable], seen[usable]
    sizes = counted.sum(axis=2)
    rates = seen / np.maximum(seen.sum(axis=2, keepdims=True), 1e-300)
    found = np.moveaxis(counted / np.maximum(sizes, 1e-300)[:, :, None], 2, 0)
    shares = likeliest(found, np.moveaxis(rates[None], (2, 3), (0, 1)))
    point = np.moveaxis((shares * sizes).sum(axis=2), 0, 1) + truth
    drawn = _draws(counted, sizes, seen, truth, shares, seed)
    low, high = _interval(_net(drawn), _net(point))
    low_all, high_all = _interval(_net_all(drawn), _net_all(point))
    return Nets(
        *(_net(raw), _net(point), low, high),
        *(_net_all(raw), _net_all(point), low_all, high_all),
    )


def likeliest(found: Floats, rates: Floats) -> Floats:
    """The shares of the classes [3, ...] that make the found shares of outcomes [4, ...] likeliest, by
    rates [3, 4, ...] (expectation maximisation, Saerens et al. 2002)."""
    shares = np.full((CLASSES, *found.shape[1:]), 1.0 / CLASSES)
    for _ in range(_STEPS):
        expected = (shares[:, None] * rates).sum(axis=0)
        moved = shares * (rates * (found / np.maximum(expected, 1e-300))).sum(axis=1)
        moved /= np.maximum(moved.sum(axis=0), 1e-300)
        step = float(np.abs(moved - shares).max(initial=0.0))
        shares = moved
        if step < _SETTLED:
            break
    return shares


def nearest(found: Floats, rates: Floats, weights: Floats) -> Floats:
    """The shares [3, ...] whose outcomes lie nearest to the found ones, by weighted squares.

    In one step and not some hundred: near the likeliest shares, with the inverse of their outcomes as
    weights, both are the same. On the triangle of shares the least is inside or on an edge.
    """
    first, second, off = rates[0] - rates[2], rates[1] - rates[2], found - rates[2]
    aa, ab, bb = (_dot(weights, *pair) for pair in ((first, first), (first, second), (second, second)))
    ya, yb = _dot(weights, first, off), _dot(weights, second, off)
    determinant = np.maximum(aa * bb - ab * ab, 1e-300)
    a, b = (ya * bb - yb * ab) / determinant, (yb * aa - ya * ab) / determinant
    edges = [
        (np.zeros_like(a), _clipped(yb, bb)),
        (_clipped(ya, aa), np.zeros_like(a)),
        (third := _clipped(ya - yb - ab + bb, aa - 2 * ab + bb), 1 - third),
    ]
    inside = (a >= 0) & (b >= 0) & (a + b <= 1)
    least = np.full(a.shape, np.inf)
    for x, y in edges:
        value = x * x * aa + 2 * x * y * ab + y * y * bb - 2 * x * ya - 2 * y * yb
        better = ~inside & (value < least)
        a, b, least = np.where(better, x, a), np.where(better, y, b), np.where(better, value, least)
    return np.array([a, b, 1 - a - b])


def _draws(counted: Floats, sizes: Floats, seen: Floats, truth: Floats, shares: Floats, seed: int) -> Floats:
    """Counts of the classes as they could be as well, [B, G, 3]: the mentions and the labelled texts drawn
    anew."""
    number = int(np.clip(_WORK // max(sizes.size, 1), _LEAST_DRAWS, MOST_DRAWS))
    rng = np.random.default_rng(seed)
    mentions = rng.standard_gamma(counted + _PRIOR, size=(number, *counted.shape))
    rates = rng.standard_gamma(seen + _PRIOR, size=(number, *seen.shape))
    rates /= rates.sum(axis=3, keepdims=True)
    # The classes and outcomes stand first: a step is a few operations on long rows.
    found = np.moveaxis(mentions, 3, 0)
    found = found / found.sum(axis=0)
    mean = np.moveaxis(seen / seen.sum(axis=2, keepdims=True), (1, 2), (0, 1))
    expected = (shares[:, None] * mean[:, :, None]).sum(axis=0)
    drawn = nearest(
        found, np.moveaxis(rates[:, None], (3, 4), (0, 1)), 1 / np.maximum(expected, 1e-4)[:, None]
    )
    made: Floats = np.moveaxis((drawn * sizes).sum(axis=3), 0, 2) + truth
    return made


def _dot(weights: Floats, one: Floats, other: Floats) -> Floats:
    made: Floats = (weights * one * other).sum(axis=0)
    return made


def _clipped(above: Floats, below: Floats) -> Floats:
    made: Floats = np.clip(above / np.maximum(below, 1e-300), 0.0, 1.0)
    return made


def _net(counts: Floats) -> Floats:
    polar = counts[..., POSITIVE] + counts[..., NEGATIVE]
    return _over(counts, polar)


def _net_all(counts: Floats) -> Floats:
    return _over(counts, counts.sum(axis=-1))


def _over(counts: Floats, whole: Floats) -> Floats:
    with np.errstate(invalid="ignore", divide="ignore"):
        made: Floats = np.where(whole > 0, (counts[..., POSITIVE] - counts[..., NEGATIVE]) / whole, np.nan)
    return made


def _interval(drawn: Floats, point: Floats) -> tuple[Floats, Floats]:
    low, high = np.full(len(point), np.nan), np.full(len(point), np.nan)
    asked = ~np.isnan(point) & ~np.isnan(drawn).all(axis=0)
    if asked.any():
        tails = ((1 - LEVEL) / 2, (1 + LEVEL) / 2)
        low[asked], high[asked] = np.nanquantile(drawn[:, asked], tails, axis=0)
    return np.fmin(low, point), np.fmax(high, point)


def _checked(outcomes: Floats, confusion: Floats, known: Floats) -> tuple[Floats, Floats, Floats]:
    made = tuple(np.asarray(each, dtype=np.float64) for each in (outcomes, confusion, known))
    counted, seen, truth = made
    groups, kinds = len(truth), len(seen)
    wanted = ((groups, kinds, OUTCOMES), (kinds, CLASSES, OUTCOMES), (groups, CLASSES))
    if tuple(each.shape for each in made) != wanted:
        raise ValueError(f"shapes {wanted} are needed, not {tuple(each.shape for each in made)}")
    if not all(np.isfinite(each).all() and (each >= 0).all() for each in made):
        raise ValueError("counts must be finite and not negative")
    return counted, seen, truth
