"""Comments per like, and between which bounds peers have it: bought likes come without words.

Peers are the accounts of a platform. Where fewer than 50 have a ratio nobody's is out of bounds.
"""

from collections.abc import Mapping, Sequence

import numpy as np
from msgspec import Struct
from numpy.typing import ArrayLike

from scoring.arrays import Floats, floats
from scoring.peers import MINIMUM_PEERS

LOW, HIGH = 0.05, 0.95


class Bounds(Struct, frozen=True):
    """5% and 95% quantile of comments per like of n accounts."""

    low: float
    high: float
    n: int


class Ratios(Struct, frozen=True):
    """Bounds by platform. Encodes with msgspec: kept beside a run, it can be replayed."""

    platforms: dict[str, Bounds]

    def of(self, platforms: Sequence[str]) -> tuple[Floats, Floats]:
        """Low and high of each candidate's platform, NaN where there are none."""
        known = {name: (one.low, one.high) for name, one in self.platforms.items()}
        pairs = [known.get(name, (np.nan, np.nan)) for name in platforms]
        table = np.array(pairs, dtype=np.float64).reshape(-1, 2)
        return table[:, 0], table[:, 1]


def fit(catalogue: Mapping[str, ArrayLike]) -> Ratios:
    """Bounds of the ratios that the accounts of each platform have (platform -> ratios, NaN is left out).

    >>> found = fit({"x": np.linspace(0, 1, 101), "youtube": [0.1]})
    >>> round(found.platforms["x"].low, 3), round(found.platforms["x"].high, 3), "youtube" in found.platforms
    (0.05, 0.95, False)
    """
    made = {}
    for platform, column in sorted(catalogue.items()):
        values = floats(column)
        values = values[np.isfinite(values)]
        if len(values) >= MINIMUM_PEERS:
            low, high = np.quantile(values, (LOW, HIGH))
            made[platform] = Bounds(float(low), float(high), len(values))
    return Ratios(made)
