"""What a finished collaboration brought, and whether that was better than usual.

The learned fit answers one question with a probability: will this collaboration bring more per cost than is
usual for its like? "More than the median" and not an amount, because conversions and engagements, currencies,
platforms and formats lie orders of magnitude apart, and because a probability has a log-loss and a
calibration. The median is always that of the training part: a test part must not tell where its middle is.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from scoring.arrays import Flags, Floats, Integers

# A median of fewer is that of chance: then the wider cell's counts.
MINIMUM_CELL = 20

Cell = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Outcomes:
    """N finished collaborations.

    influencer: int64[N], equal for one person; at: float64[N], seconds, when it was finished;
    kind: what was counted and in which currency the cost is ("conversions TRY"); platform, format: words;
    value: float64[N], the count per unit of cost, NaN where it can't be said (no cost, no count).
    """

    influencer: Integers
    at: Floats
    kind: Sequence[str]
    platform: Sequence[str | None]
    format: Sequence[str | None]
    value: Floats

    def rows(self, at: Integers) -> "Outcomes":
        """Some of the rows, in that order."""
        rows = at.tolist()
        return Outcomes(
            influencer=self.influencer[at],
            at=self.at[at],
            kind=[self.kind[row] for row in rows],
            platform=[self.platform[row] for row in rows],
            format=[self.format[row] for row in rows],
            value=self.value[at],
        )


def per_cost(count: Floats, cost: Floats) -> Floats:
    """What came back for each unit of cost; NaN where either is unknown, negative, or the cost is 0.

    >>> per_cost(np.array([4.0, 4.0, np.nan]), np.array([2.0, 0.0, 1.0])).tolist()
    [2.0, nan, nan]
    """
    usable = (count >= 0) & (cost > 0)
    return np.where(usable, count / np.where(usable, cost, 1.0), np.nan)


def usable(outcomes: Outcomes) -> Flags:
    """bool[N]: collaborations that can be learned from."""
    return np.isfinite(outcomes.value) & np.isfinite(outcomes.at)


def usual(outcomes: Outcomes) -> dict[Cell, float]:
    """The median of each cell that has MINIMUM_CELL rows, and of each kind, however few it has.

    Cells: (kind, platform, format), (kind, platform), (kind,).
    """
    members: dict[Cell, list[float]] = {}
    for cells, value in zip(_cells(outcomes), outcomes.value.tolist(), strict=True):
        for cell in cells:
            members.setdefault(cell, []).append(value)
    return {
        cell: float(np.median(values))
        for cell, values in members.items()
        if len(values) >= MINIMUM_CELL or len(cell) == 1
    }


def better(outcomes: Outcomes, medians: Mapping[Cell, float]) -> Floats:
    """float64[N]: 1 above the median of the narrowest known cell, 0 at it or below, NaN without one.

    >>> kinds, words, count = ["conversions TRY"] * 3, ["x"] * 3, np.arange(3.0)
    >>> made = Outcomes(np.arange(3), count, kinds, words, [None] * 3, count)
    >>> better(made, usual(made)).tolist()
    [0.0, 0.0, 1.0]
    """
    middle = np.array(
        [next((medians[cell] for cell in cells if cell in medians), np.nan) for cells in _cells(outcomes)]
    )
    return np.where(np.isfinite(middle), (outcomes.value > middle).astype(np.float64), np.nan)


def _cells(outcomes: Outcomes) -> Iterator[tuple[Cell, Cell, Cell]]:
    for kind, platform, form in zip(outcomes.kind, outcomes.platform, outcomes.format, strict=True):
        yield (kind, platform or "", form or ""), (kind, platform or ""), (kind,)
