"""Brands and the influencers they chose, laid in the space: what is fitted on and what is left out."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from scoring.arrays import Floats, Integers
from scoring.brandfit.choice import Choices


def distinct_pairs(pairs: ArrayLike, brands: int, influencers: int) -> Integers:
    """Each pair once, in order; ValueError where it names a row that isn't there.

    >>> distinct_pairs([(1, 0), (0, 2), (1, 0)], 2, 3).tolist()
    [[0, 2], [1, 0]]
    """
    rows = np.asarray(pairs, dtype=np.int64).reshape(-1, 2)
    if np.any(rows < 0) or np.any(rows >= (brands, influencers)):
        raise ValueError(f"a pair names a row beyond {brands} brands or {influencers} influencers")
    return np.unique(rows, axis=0)


@dataclass(frozen=True)
class Laid:
    """Brands x float64[B, d] with bases float64[k, B, d], influencers y float64[N, d], pairs int64[M, 2]."""

    x: Floats
    bases: Floats
    y: Floats
    pairs: Integers

    def choices(self) -> Choices:
        """The brands that chose somebody, among all influencers here."""
        brands, rows = np.unique(self.pairs[:, 0], return_inverse=True)
        chosen = np.zeros((len(brands), len(self.y)))
        chosen[rows, self.pairs[:, 1]] = 1
        chosen /= chosen.sum(axis=1, keepdims=True)
        return Choices(self.x[brands], self.bases[:, brands], self.y, chosen)

    def of(self, pairs: Integers, influencers: Integers) -> "Laid":
        """These pairs among these influencers (ascending rows, with all that the pairs name)."""
        moved = np.column_stack([pairs[:, 0], np.searchsorted(influencers, pairs[:, 1])])
        return Laid(self.x, self.bases, self.y[influencers], moved)

    def rivals(self, most: int, rng: np.random.Generator) -> "Laid":
        """At most so many influencers, but all that were chosen."""
        chosen = np.unique(self.pairs[:, 1])
        others = np.setdiff1d(np.arange(len(self.y)), chosen)
        fill = rng.permutation(others)[: max(most - len(chosen), 0)]
        return self.of(self.pairs, np.sort(np.concatenate([chosen, fill])))

    def split(self, held: Integers) -> tuple["Laid", "Laid"]:
        """Without these brands and whom they chose; and these brands among whom they chose."""
        apart = np.isin(self.pairs[:, 0], held)
        theirs = np.unique(self.pairs[apart, 1])
        others = np.setdiff1d(np.arange(len(self.y)), theirs)
        kept = ~apart & ~np.isin(self.pairs[:, 1], theirs)
        return self.of(self.pairs[kept], others), self.of(self.pairs[apart], theirs)
