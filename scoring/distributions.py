"""Whole distributions of audiences, all codes of a dimension: what the pairs of audiences are compared by."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from scoring.arrays import Flags, Floats

OTHER = "other"


@dataclass(frozen=True, slots=True)
class Distributions:
    """One dimension of N audiences.

    codes: the K codes that anybody lists, rising; shares: float64[N, K], 0 where not listed; known: bool[N],
    who lists any; sample: float64[N], people behind it, NaN where nobody says.
    """

    dimension: str
    codes: tuple[str, ...]
    shares: Floats
    known: Flags
    sample: Floats

    @property
    def mass(self) -> Floats:
        """Sum of what is listed, float64[N]."""
        mass: Floats = self.shares.sum(axis=1)
        return mass

    @property
    def other(self) -> Floats:
        """What a known distribution does not list, or lists as `other`, float64[N]; 0 for those not known."""
        listed = self.shares[:, self.codes.index(OTHER)] if OTHER in self.codes else 0.0
        return np.where(self.known, np.maximum(0.0, 1.0 - self.mass) + listed, 0.0)

    @property
    def named(self) -> Floats:
        """The shares without those of `other`, float64[N, K or K - 1]."""
        return self.shares[:, [code != OTHER for code in self.codes]]


def gather(
    dimension: str,
    size: int,
    cells: Iterable[tuple[int, str, float]],
    samples: Iterable[tuple[int, float | None]] = (),
) -> Distributions:
    """Dense columns of `size` audiences from rows (position, code, share) and (position, sample size).

    Shares that are not above 0 say nothing, nor does a sample of nobody.

    >>> city = gather("city", 2, [(0, "34", 0.5), (1, "06", 0.2), (1, "34", 0.3)])
    >>> city.codes, city.shares.tolist(), city.other.round(2).tolist()
    (('06', '34'), [[0.0, 0.5], [0.2, 0.3]], [0.5, 0.5])
    """
    rows = [(at, code, share) for at, code, share in cells if share > 0]
    codes = tuple(sorted({code for _, code, _ in rows}))
    column = {code: place for place, code in enumerate(codes)}
    shares, sample = np.zeros((size, len(codes))), np.full(size, np.nan)
    for at, code, share in rows:
        shares[at, column[code]] = share
    for at, people in samples:
        sample[at] = np.nan if people is None else people
    known = (shares > 0).any(axis=1) & ~(sample <= 0)
    return Distributions(dimension, codes, shares, known, sample)
