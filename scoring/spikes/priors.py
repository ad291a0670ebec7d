"""How alike hours, days and weeks are, chosen for each query by what explains its own counts best.

Each variance of the tree has a few levels; one after the other is set to the level of the highest evidence
(empirical Bayes by coordinates). A sharp rhythm gets a rough curve, a flat one a smooth one, and a weekend
like all other days costs nothing. `LEANING` draws towards the middle, so that a young query does not choose
by chance.
"""

from dataclasses import dataclass

import numpy as np

from scoring.arrays import Flags, Floats, Integers
from scoring.spikes import tree

# Variances of log levels. The curve all share has a free shape; only its roughness is chosen.
ROOT_SHIFT, ROOT_SMOOTH, KIND_SHIFT = 1.0, 1.0, 0.1
LEVELS: dict[str, tuple[float, ...]] = {
    "root_own": (0.0003, 0.005, 0.05, 0.3),
    "kind_smooth": (0.0005, 0.01, 0.1, 0.5),
    "kind_own": (0.0001, 0.004, 0.05),
    "day_shift": (0.0001, 0.001, 0.01, 0.03, 0.1),
    "day_smooth": (0.0001, 0.001, 0.01, 0.1),
    "day_own": (0.00001, 0.002, 0.02, 0.1),
}
NAMES = tuple(LEVELS)
START = (1, 1, 1, 2, 1, 1)
# Until each day of a week has been seen nobody knows how much days differ: wider, and only ever widened.
YOUNG = (2, 1, 1, 3, 1, 1)
OF_KINDS = (1, 2)
# Log odds against each level's distance from the start.
LEANING = 0.7


@dataclass(frozen=True, slots=True)
class Choice:
    """levels: int64[B, 6], which level of each variance a query has."""

    levels: Integers

    @classmethod
    def start(cls, young: Flags) -> "Choice":
        """Where a query starts; young: bool[B]."""
        return cls(np.where(young[:, None], np.array(YOUNG), np.array(START)).astype(np.int64))

    def priors(self) -> tree.Priors:
        return _priors(self.levels)


def _priors(levels: Integers) -> tree.Priors:
    picked = {name: np.array(LEVELS[name])[levels[:, column]] for column, name in enumerate(NAMES)}
    some = np.ones(len(levels))
    return tree.Priors(
        root=tree.kernel(some * ROOT_SHIFT, some * ROOT_SMOOTH, picked["root_own"]),
        kind=tree.kernel(some * KIND_SHIFT, picked["kind_smooth"], picked["kind_own"]),
        day=tree.kernel(picked["day_shift"], picked["day_smooth"], picked["day_own"]),
    )


def choose(start: Choice, young: Flags, weight: Floats, info: Floats, rounds: int) -> Choice:
    """Levels of higher evidence for working observations float64[B, 7, 24]: from `start` on, each round
    tries the next levels up and down of one variance after the other.

    young: bool[B]; their levels don't go down, and those of kinds of days stay.
    """
    highest = np.array([len(LEVELS[name]) - 1 for name in NAMES])
    capped = np.where(np.isin(np.arange(len(NAMES)), OF_KINDS), np.array(YOUNG), highest)
    low = np.where(young[:, None], np.array(YOUNG), 0)
    high = np.where(young[:, None], capped, highest)
    levels = np.clip(start.levels, low, high)
    best = _merit(levels, weight, info)
    for _ in range(rounds):
        before = levels.copy()
        for column in range(len(NAMES)):
            held = levels[:, column].copy()
            for step in (-1, 1):
                level = np.clip(held + step, low[:, column], high[:, column])
                best = _try(levels, column, level, best, weight, info)
        if (levels == before).all():
            break
    return Choice(levels)


def _try(
    levels: Integers, column: int, level: Integers, best: Floats, weight: Floats, info: Floats
) -> Floats:
    """Set levels[:, column] to `level` where that is better; the merits after that."""
    rows = np.flatnonzero(level != levels[:, column])
    tried = levels[rows]
    tried[:, column] = level[rows]
    merit = _merit(tried, weight[rows], info[rows])
    better = merit > best[rows]
    levels[rows[better], column] = level[rows[better]]
    after = best.copy()
    after[rows[better]] = merit[better]
    return after


def _merit(levels: Integers, weight: Floats, info: Floats) -> Floats:
    away = np.abs(levels - np.array(START)).sum(axis=1)
    merit: Floats = tree.evidence(_priors(levels), weight, info) - LEANING * away
    return merit
