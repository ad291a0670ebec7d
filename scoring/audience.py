"""Audience match: how far the known audience reaches the wanted shares (FORMULAS 2).

100 prod m_d^w_d over the requested dimensions that are known, m_d = max(.02, sum min(p, q) / sum p). Wanted
shares p are minimum shares; mode "exact" compares whole distributions, with a bucket "other" for what does
not sum to 1.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import isfinite

import numpy as np

from scoring.arrays import Flags, Floats
from scoring.scores import CODE, Column, Term, rounded

WEIGHTS: Mapping[str, float] = {
    "city": 0.20,
    "country": 0.15,
    "age": 0.25,
    "interests": 0.25,
    "gender": 0.15,
    "language": 0.10,
    "income": 0.10,
    "education": 0.10,
    "occupation": 0.10,
    "brand_affinity": 0.10,
}
MODES = ("minimum", "exact")

# One dimension that is missed altogether must not hide the others.
MATCH_FLOOR = 0.02
# A sample's share of the confidence is n / (n + 200); a sample of unknown size counts as 200.
SAMPLE_PRIOR = 200.0
UNKNOWN_SAMPLE = 200.0


@dataclass(frozen=True, slots=True)
class Shares:
    """One requested dimension for N candidates.

    wanted: code -> share, K codes. shares: float64[N, K], known shares of those codes in that order, 0 where
    not listed. mass: float64[N], the sum of everything known of this dimension (top-N lists stay below 1),
    NaN where nothing is. sample: float64[N], people behind the distribution, NaN where nobody says.
    """

    dimension: str
    wanted: Mapping[str, float]
    shares: Floats
    mass: Floats
    sample: Floats

    def check(self, size: int, weights: Mapping[str, float]) -> None:
        """Raise ValueError for an unknown dimension, wanted shares that ask for nothing, or a wrong shape."""
        wanted = self.wanted.values()
        if self.dimension not in weights:
            raise ValueError(f"unknown audience dimension {self.dimension!r}")
        if not all(isfinite(share) and share >= 0 for share in wanted) or sum(wanted) <= 0:
            raise ValueError(f"wanted shares of {self.dimension} must be numbers >= 0 with a sum above 0")
        if self.shares.shape != (size, len(self.wanted)) or {len(self.mass), len(self.sample)} != {size}:
            raise ValueError(f"the columns of {self.dimension} must have {size} rows")


@dataclass(frozen=True, slots=True)
class Match:
    """A dimension compared: matched share, wanted share, ln m, and what it adds to the confidence."""

    dimension: str
    weight: float
    matched: Floats
    wanted: float
    logarithm: Floats
    known: Flags
    confidence: Floats


def gather(
    dimension: str,
    wanted: Mapping[str, float],
    size: int,
    cells: Iterable[tuple[int, str, float]],
    totals: Iterable[tuple[int, float, float | None]],
) -> Shares:
    """Dense columns from rows. cells: (position, code, share), rows of other codes are skipped;
    totals: (position, known mass, sample size or None), one row per candidate with a distribution.

    >>> shares = gather("country", {"TR": 0.8}, 2, [(0, "TR", 0.72), (0, "DE", 0.1)], [(0, 0.9, None)])
    >>> shares.shares.tolist(), shares.mass.tolist()
    ([[0.72], [0.0]], [0.9, nan])
    """
    place = {code: column for column, code in enumerate(wanted)}
    shares = np.zeros((size, len(place)))
    mass, sample = np.full(size, np.nan), np.full(size, np.nan)
    for position, code, share in cells:
        if code in place:
            shares[position, place[code]] = share
    for position, known, people in totals:
        mass[position] = known
        sample[position] = np.nan if people is None else people
    return Shares(dimension, wanted, shares, mass, sample)


def score(
    dimensions: Sequence[Shares], *, size: int, mode: str = "minimum", weights: Mapping[str, float] = WEIGHTS
) -> Column:
    """Audience match of `size` candidates; confidence = sum of w x known mass x n/(n+200) over sum of w.

    >>> brief = [gather("country", {"TR": 0.8}, 2, [(0, "TR", 0.72)], [(0, 1.0, 1000)])]
    >>> column = score(brief, size=2)
    >>> column.score.round(4).tolist(), column.at(1, None, "").reason
    ([90.0, nan], 'no_distribution')
    """
    if mode not in MODES:
        raise ValueError(f"mode must be one of {MODES}, not {mode!r}")
    if not dimensions:
        return Column.empty(size, "not_requested")
    if len({shares.dimension for shares in dimensions}) < len(dimensions):
        raise ValueError("a dimension is requested twice")
    for shares in dimensions:
        shares.check(size, weights)
    # One order of summation, whatever the order of the request.
    ordered = sorted(dimensions, key=lambda shares: shares.dimension)
    matches = [_match(shares, weights[shares.dimension], mode) for shares in ordered]
    return _combine(matches, size)


def _match(shares: Shares, weight: float, mode: str) -> Match:
    matched, listed = np.zeros(len(shares.mass)), np.zeros(len(shares.mass))
    for column, share in enumerate(shares.wanted.values()):
        known = np.where(shares.shares[:, column] > 0, shares.shares[:, column], 0.0)
        matched += np.minimum(known, share)
        listed += known
    mass = np.fmax(shares.mass, listed)
    wanted = sum(shares.wanted.values(), 0.0)
    if mode == "exact":
        rest = max(0.0, 1.0 - wanted)
        matched += np.minimum(np.maximum(0.0, 1.0 - mass), rest)
        wanted += rest
    people = np.where(np.isfinite(shares.sample), shares.sample, UNKNOWN_SAMPLE)
    present = np.isfinite(mass) & (mass > 0) & (people > 0)
    people = np.where(present, people, 0.0)
    return Match(
        dimension=shares.dimension,
        weight=weight,
        matched=matched,
        wanted=wanted,
        logarithm=np.log(np.clip(matched / wanted, MATCH_FLOOR, 1.0)),
        known=present,
        confidence=np.where(present, np.minimum(mass, 1.0), 0.0) * (people / (people + SAMPLE_PRIOR)),
    )


def _combine(matches: Sequence[Match], size: int) -> Column:
    asked = sum(match.weight for match in matches)
    weight, logarithm, confidence = np.zeros(size), np.zeros(size), np.zeros(size)
    for match in matches:
        weight += np.where(match.known, match.weight, 0.0)
        logarithm += np.where(match.known, match.weight * match.logarithm, 0.0)
        confidence += match.weight * match.confidence
    known = weight > 0
    points = 100 * np.exp(logarithm / np.where(known, weight, 1.0))
    return Column.settle(
        score=points,
        confidence=confidence / asked,
        reason=np.where(known, 0, CODE["no_distribution"]).astype(np.int8),
        terms=lambda position: _terms(matches, points, position),
    )


def _terms(matches: Sequence[Match], points: Floats, position: int) -> tuple[Term, ...]:
    """`base` of 100, then per known dimension its part of the loss, by w ln m; no loss, no points."""
    known = [match for match in matches if match.known[position]]
    parts = [match.weight * float(match.logarithm[position]) for match in known]
    loss = 100.0 - float(points[position])
    total = sum(parts)
    base = Term("base", None, None, 100.0)
    return (
        base,
        *(
            Term(
                name=match.dimension,
                raw=rounded(match.matched[position]),
                reference=rounded(match.wanted),
                points=rounded(-loss * part / total) if total else 0.0,
            )
            for match, part in zip(known, parts, strict=True)
        ),
    )
