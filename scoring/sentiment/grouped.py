"""Net sentiment of many groups of mentions at once, corrected for how a model errs in each language.

As in net.py, for groups (days, platforms) that share the model's errors: in each draw the error rates are the same
for all groups. Labels of people are taken as they are.
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
_STEPS: Final = 400
# From the point, a draw is a short way off.
_STEPS_OF_DRAWS: Final = 60
MOST_DRAWS: Final = 1_000
# So many corrected shares in all (200 draws of 200 groups), about half a second.
_WORK: Final = 80_000
_LEAST_DRAWS: Final = 200


@dataclass(frozen=True)
class Nets:
    """Net sentiment of G groups, each [G]; NaN where nothing is known.

    raw, corrected, low, high: (P - N) / (P + N); raw_all, corrected_all, low_all, high_all: (P - N) / all with a
    class. The interval holds the truth in 95 of 100 cases.
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
        outcomes: what the model said of each group's mentions, by kind: negative, neutral, positive, not sure,
            [G, K, 4]. A kind is what the model errs alike in: a language.
        confusion: of texts of each known class, how many got each outcome, [K, 3, 4], counts; all zero: not known,
            and this kind is left out of what is corrected.
        known: mentions that people labelled negative, neutral, positive, [G, 3].

    Raises: ValueError for other shapes, negative or endless counts.

    >>> seen = np.array([[[80, 10, 5, 5], [10, 70, 10, 10], [5, 10, 80, 5]]])
    >>> found = nets(np.array([[[150, 400, 350, 100]], [[0, 0, 0, 0]]]), seen, np.array([[0, 0, 0], [3, 0, 1]]))
    >>> found.raw.round(2).tolist(), found.corrected.round(2).tolist()
    ([0.4, -0.5], [0.51, -0.5])
    >>> bool(found.low[0] < found.corrected[0] < found.high[0]), float(found.low[1])
    (True, -0.5)
    """
    counted, seen, truth = _checked(outcomes, confusion, known)
    usable = seen.sum(axis=2).all(axis=1)
    counted_usable, seen = counted[:, usable], seen[usable]
    sizes = counted_usable.sum(axis=2)
    raw = counted[:, :, :CLASSES].sum(axis=1) + truth
    with np.errstate(invalid="ignore", divide="ignore"):
        found = np.nan_to_num(counted_usable / sizes[:, :, None])
    rates = seen / seen.sum(axis=2, keepdims=True)
    flat = np.full((*sizes.shape, CLASSES), 1.0 / CLASSES)
    shares = _likeliest(found, rates[None], flat, _STEPS)
    point = (shares * sizes[:, :, None]).sum(axis=1) + truth
    drawn = _draws(counted_usable, sizes, seen, shares, truth, seed)
    low, high = _interval(_net(drawn), _net(point))
    low_all, high_all = _interval(_net_all(drawn), _net_all(point))
    return Nets(
        *(_net(raw), _net(point), low, high),
        *(_net_all(raw), _net_all(point), low_all, high_all),
    )


def _draws(
    counted: Floats, sizes: Floats, seen: Floats, shares: Floats, truth: Floats, seed: int
) -> Floats:
    """Counts of the classes as they could be as well, [B, G, 3]."""
    groups, kinds = sizes.shape
    rng = np.random.default_rng(seed)
    number = int(np.clip(_WORK // max(groups * kinds, 1), _LEAST_DRAWS, MOST_DRAWS))
    start = np.maximum(shares, 1e-3)
    drawn = np.empty((number, groups, CLASSES))
    for at in range(number):
        mentions = rng.standard_gamma(counted + _PRIOR)
        rates = rng.standard_gamma(seen + _PRIOR)
        mentions /= mentions.sum(axis=2, keepdims=True)
        rates /= rates.sum(axis=2, keepdims=True)
        made = _likeliest(mentions, rates[None], start, _STEPS_OF_DRAWS)
        drawn[at] = (made * sizes[:, :, None]).sum(axis=1) + truth
    return drawn


def _likeliest(found: Floats, rates: Floats, start: Floats, steps: int) -> Floats:
    """The shares [..., 3] that make the found shares of outcomes [..., 4] likeliest (expectation maximisation,
    Saerens et al. 2002)."""
    shares = start / start.sum(axis=-1, keepdims=True)
    for _ in range(steps):
        expected = (shares[..., None] * rates).sum(axis=-2)
        shares = shares * (rates * (found / np.maximum(expected, 1e-300))[..., None, :]).sum(axis=-1)
        shares = shares / np.maximum(shares.sum(axis=-1, keepdims=True), 1e-300)
    return shares


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
