"""What likeness is held against: the candidates of a run. Kept with the run, so that any influencer can be
placed among them later and gets the score that it had.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from msgspec import Struct

from scoring.arrays import Flags, Floats, Integers
from scoring.content.space import PARTS

# Up to here every candidate's place is kept, so percentiles are exact; beyond, as many places, between which
# is interpolated (off by less than .05), hold a run of any size in some kilobytes.
MOST_PLACES = 601
# Where values lie far apart all are kept.
ENDS = 100


class Spread(Struct, frozen=True):
    """Mean and standard deviation of a part's likeness among the candidates."""

    mean: float
    deviation: float


class Population(Struct, frozen=True):
    """parts: the spread of each part that the brief has. values: rising mean z of candidates, ranks: the
    mid-rank percentile (0..100) of each. Encodes with msgspec.
    """

    parts: dict[str, Spread]
    values: tuple[float, ...]
    ranks: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """A part of N influencers: likeness and z float64[N], NaN where unknown; reference: the mean likeness."""

    name: str
    likeness: Floats
    z: Floats
    reference: float


@dataclass(frozen=True, slots=True)
class Inputs:
    """What the score of N influencers is made of, each row by itself.

    parts: those that the brief has. percentile: float64[N], 0..100, NaN where no part is known. indexed:
    bool[N], whether the influencer's texts were read. asked: whether the brief has any words.
    """

    parts: list[Part]
    percentile: Floats
    indexed: Flags
    asked: bool


def fit(likeness: Mapping[str, Floats]) -> Population:
    """The population that N candidates are.

    >>> fit({"text": np.array([0.1, 0.3, np.nan])}).ranks
    (25.0, 75.0)
    """
    spreads = {name: _spread(likeness[name]) for name in PARTS if name in likeness}
    means = _mean(_standardised(likeness, spreads))
    values, counts = np.unique(np.round(means[np.isfinite(means)], 9), return_counts=True)
    ranks = (np.cumsum(counts) - counts / 2) / max(1, counts.sum()) * 100
    if len(values) > MOST_PLACES:
        kept = _kept(ranks)
        values, ranks = values[kept], ranks[kept]
    return Population(spreads, tuple(values.tolist()), tuple(ranks.tolist()))


def _kept(ranks: Floats) -> Integers:
    """Which of many places are kept: evenly by rank, and all at both ends."""
    even = np.searchsorted(ranks, np.linspace(ranks[0], ranks[-1], MOST_PLACES - 2 * ENDS))
    last = len(ranks) - 1
    return np.unique(np.concatenate([even, np.arange(ENDS), last - np.arange(ENDS)]))


def place(
    likeness: Mapping[str, Floats], population: Population, indexed: Flags, *, asked: bool = True
) -> Inputs:
    """Each influencer's place in a population: z per part, averaged over the known parts, as a percentile.

    >>> alike = {"text": np.array([0.1, 0.3, np.nan])}
    >>> place(alike, fit(alike), np.array([True, True, False])).percentile.tolist()
    [25.0, 75.0, nan]
    """
    size = len(indexed)
    common = {name: likeness[name] for name in PARTS if name in likeness and name in population.parts}
    z = _standardised(common, population.parts)
    means = _mean(z) if z else np.full(size, np.nan)
    known = np.isfinite(means) & bool(population.values)
    percentile = np.full(size, np.nan)
    if known.any():
        percentile[known] = np.interp(np.round(means[known], 9), population.values, population.ranks)
    parts = [Part(name, common[name], z[name], population.parts[name].mean) for name in common]
    return Inputs(parts, percentile, indexed, asked)


def _spread(values: Floats) -> Spread:
    known = values[np.isfinite(values)]
    if not len(known):
        return Spread(0.0, 0.0)
    return Spread(float(known.mean()), float(known.std()))


def _standardised(likeness: Mapping[str, Floats], spreads: Mapping[str, Spread]) -> dict[str, Floats]:
    """z per part; where all candidates are alike, nobody stands out."""
    found = {}
    for name, values in likeness.items():
        spread = spreads[name]
        flat = spread.deviation < 1e-9
        found[name] = np.where(flat, values * 0, (values - spread.mean) / (1 if flat else spread.deviation))
    return found


def _mean(z: Mapping[str, Floats]) -> Floats:
    """The mean over the parts that are known, NaN where none is."""
    if not z:
        return np.empty(0)
    together = np.stack(list(z.values()))
    known = np.isfinite(together)
    count = known.sum(axis=0)
    total = np.where(known, together, 0.0).sum(axis=0)
    return np.asarray(np.divide(total, count, out=np.full(total.shape, np.nan), where=count > 0))
