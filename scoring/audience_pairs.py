"""How alike audiences are, each pair of N: the overlap of their distributions (FORMULAS 2, mode exact).

100 prod m_d^w_d over the dimensions that both know, m_d = max(.02, sum min(p, q)), weights as in the audience
match. What a distribution does not list is a bucket "other" that matches only with "other". Interests may sum
to more than 1: the overlap is then a share of the larger of both sums, so that identical audiences are 100.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from scoring.arrays import Codes, Flags, Floats
from scoring.audience import MATCH_FLOOR, SAMPLE_PRIOR, UNKNOWN_SAMPLE, WEIGHTS
from scoring.distributions import Distributions
from scoring.scores import CODE, CONFIDENCE_FLOOR, REASONS, Score, Term, rounded


@dataclass(frozen=True, slots=True)
class Overlap:
    """A dimension of all pairs: float64[N, N] share in common, and which pairs know it."""

    dimension: str
    weight: float
    share: Floats
    both: Flags


@dataclass(frozen=True, slots=True)
class Pairs:
    """All pairs of N audiences. score: float64[N, N], NaN where `reason` (into REASONS) is not 0."""

    score: Floats
    confidence: Floats
    reason: Codes
    overlaps: tuple[Overlap, ...]

    def at(self, one: int, other: int, as_of: datetime, model_version: str) -> Score:
        """A pair as a score: `base` of 100, then what each dimension takes; raw = the share in common."""
        code = int(self.reason[one, other])
        return Score(
            score=None if code else rounded(self.score[one, other]),
            confidence=rounded(self.confidence[one, other]),
            terms=() if code else self._terms(one, other),
            reason=REASONS[code] or None,
            as_of=as_of,
            model_version=model_version,
        )

    def _terms(self, one: int, other: int) -> tuple[Term, ...]:
        known = [overlap for overlap in self.overlaps if overlap.both[one, other]]
        shares = [float(overlap.share[one, other]) for overlap in known]
        parts = [
            overlap.weight * float(_logarithm(np.array(share)))
            for overlap, share in zip(known, shares, strict=True)
        ]
        loss, total = 100.0 - float(self.score[one, other]), sum(parts)
        return (
            Term("base", None, None, 100.0),
            *(
                Term(overlap.dimension, rounded(share), 1.0, rounded(-loss * part / total) if total else 0.0)
                for overlap, share, part in zip(known, shares, parts, strict=True)
            ),
        )


def compare(dimensions: Sequence[Distributions], *, weights: Mapping[str, float] = WEIGHTS) -> Pairs:
    """All pairs of N audiences.

    Confidence: over the dimensions that either knows, the weighted mean of the smaller mass times the smaller
    n/(n+200), 0 where only one of them knows it; below .3 a pair is null. Symmetric to the last bit.
    Raises ValueError for no or unknown dimensions, one that comes twice, and columns of other lengths.

    >>> from scoring.distributions import gather
    >>> cells = [(0, "TR", 0.8), (0, "DE", 0.2), (1, "TR", 0.6), (1, "DE", 0.4)]
    >>> compare([gather("country", 2, cells)]).score.round(1).tolist()
    [[100.0, 80.0], [80.0, 100.0]]
    """
    size = _checked(dimensions, weights)
    weight, logarithm, asked, confidence = (np.zeros((size, size)) for _ in range(4))
    overlaps = []
    for each in sorted(dimensions, key=lambda distributions: distributions.dimension):
        overlap = Overlap(each.dimension, weights[each.dimension], _overlap(each), _pairs(each.known))
        known = np.where(overlap.both, overlap.weight, 0.0)
        weight += known
        logarithm += known * _logarithm(overlap.share)
        asked += overlap.weight * (each.known[:, None] | each.known[None, :])
        confidence += known * _certainty(each)
        overlaps.append(overlap)
    return _settled(weight, logarithm, confidence / np.where(asked > 0, asked, 1.0), tuple(overlaps))


def _settled(weight: Floats, logarithm: Floats, confidence: Floats, overlaps: tuple[Overlap, ...]) -> Pairs:
    known = weight > 0
    reason = np.where(known, 0, CODE["no_distribution"]).astype(np.int8)
    reason[known & (confidence < CONFIDENCE_FLOOR - 1e-9)] = CODE["low_confidence"]
    points = 100 * np.exp(logarithm / np.where(known, weight, 1.0))
    return Pairs(np.where(reason == 0, points, np.nan), confidence, reason, overlaps)


def _overlap(each: Distributions) -> Floats:
    """Share in common of each pair. Code by code, among those who list it: most codes are of few."""
    size = len(each.known)
    common = np.zeros((size, size))
    for column in each.named.T:
        rows = np.flatnonzero(column)
        common[np.ix_(rows, rows)] += np.minimum.outer(column[rows], column[rows])
    other, whole = each.other, np.maximum(each.mass, 1.0)
    common += np.minimum.outer(other, other)
    return common / np.maximum.outer(whole, whole)


def _logarithm(share: Floats) -> Floats:
    # Sums of the same shares may end a last bit away from 1.
    whole = np.where(share > 1.0 - 1e-12, 1.0, share)
    logarithm: Floats = np.log(np.maximum(whole, MATCH_FLOOR))
    return logarithm


def _certainty(each: Distributions) -> Floats:
    """How well the less known of a pair is known: float64[N, N]."""
    people = np.where(np.isfinite(each.sample), np.maximum(each.sample, 0.0), UNKNOWN_SAMPLE)
    factor, mass = people / (people + SAMPLE_PRIOR), np.minimum(each.mass, 1.0)
    return np.minimum.outer(mass, mass) * np.minimum.outer(factor, factor)


def _pairs(known: Flags) -> Flags:
    return known[:, None] & known[None, :]


def _checked(dimensions: Sequence[Distributions], weights: Mapping[str, float]) -> int:
    names = [each.dimension for each in dimensions]
    if not names or len(set(names)) < len(names):
        raise ValueError("at least one dimension, and none twice")
    unknown = sorted(set(names) - set(weights))
    if unknown:
        raise ValueError(f"unknown audience dimension {unknown[0]!r}")
    sizes = {len(column) for each in dimensions for column in (each.shares, each.known, each.sample)}
    if len(sizes) > 1:
        raise ValueError("all dimensions must be of the same audiences")
    return sizes.pop()


def shared(each: Distributions, one: int, other: int, most: int) -> list[tuple[str, float, float]]:
    """The codes that a pair has most in common, with both shares: at most `most`, equal ones by name.

    >>> from scoring.distributions import gather
    >>> cells = [(0, "TR", 0.7), (0, "DE", 0.3), (1, "TR", 0.5), (1, "FR", 0.5)]
    >>> shared(gather("country", 2, cells), 0, 1, most=3)
    [('TR', 0.7, 0.5)]
    """
    common = np.minimum(each.shares[one], each.shares[other])
    order = np.argsort(-common, kind="stable")[:most]
    return [
        (each.codes[at], float(each.shares[one, at]), float(each.shares[other, at]))
        for at in order.tolist()
        if common[at] > 0
    ]


def vectors(dimensions: Sequence[Distributions], *, weights: Mapping[str, float] = WEIGHTS) -> Floats:
    """Audiences as vectors whose cosine is their weighted Bhattacharyya coefficient, for neighbour searches.

    Per dimension the roots of the shares, of the bucket too, times the root of the weight over the weights of
    what that audience knows. Returns float64[N, D], rows of length 1, or of 0 where nothing is known.

    >>> from scoring.distributions import gather
    >>> cells = [(0, "TR", 1.0), (1, "DE", 1.0), (2, "TR", 0.5), (2, "DE", 0.5)]
    >>> made = vectors([gather("country", 3, cells)])
    >>> (made @ made.T).round(2).tolist()
    [[1.0, 0.0, 0.71], [0.0, 1.0, 0.71], [0.71, 0.71, 1.0]]
    """
    size = _checked(dimensions, weights)
    ordered = sorted(dimensions, key=lambda distributions: distributions.dimension)
    total = sum((weights[each.dimension] * each.known for each in ordered), np.zeros(size))
    blocks = []
    for each in ordered:
        whole = np.column_stack([each.named, each.other]) / np.maximum(each.mass, 1.0)[:, None]
        part = np.where(each.known, weights[each.dimension] / np.where(total > 0, total, 1.0), 0.0)
        blocks.append(np.sqrt(whole * part[:, None]))
    return np.hstack(blocks)
