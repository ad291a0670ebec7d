"""Unique followers from independent uniform samples of the audiences.

A person is seen in the sample of an audience i with chance f_i = n_i / N_i. As E[Z_i / f_i] is 1 for a member
and 0 for everybody else, and samples of different audiences are independent,

    sum over p of 1 - prod_i (1 - Z_ip / f_i)

is an unbiased estimate of the people in any audience: inclusion and exclusion of all orders at once
(Horvitz and Thompson 1952; for two audiences Lincoln and Petersen's capture and recapture). With Z / f = I +
e its error is the sum over p of -prod_{i of p} (-e_ip), so that with c_i = (1 - f_i) / f_i its variance is
sum over p of prod c_i; fixed sample sizes take the part along each n_i off: sum_i c_i E_i^2 / N_i, where E_i
people are in audience i alone.

Limits. What people in r audiences add to the variance grows as (1/f)^r: once the people seen in three and
more samples carry the estimate while few of them were seen, its error can't be told from the samples, and
only the bounds that the pairs give are left.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from pyroaring import BitMap

from graph.audiences import Everybody, UniformSample
from graph.blocks import Offsets, Owners, blocks
from graph.estimates import Estimate, Z, exactly, missing
from graph.jit import kernel
from graph.sample_intervals import weighted_count

Shares = NDArray[np.float64]
# Fewer than this say little of the law that they fall by.
OFTEN = 10
_ROUNDING = 1e-9
BASIS = "uniform_samples"


@dataclass(frozen=True, slots=True)
class Matches:
    """What is seen of the people of two and more samples.

    fractions, sizes: float64[m]. repeated: sum of N_i minus the unique followers, estimated; `deep` of it
    from people seen three and more times. joint: sum over the people of two and more audiences of prod c_i,
    estimated. shared: float64[m], people of each audience that are in another; spread: the sum of squares of
    what each of its sampled people adds to that. known: people of audiences that are known whole; seen:
    int64[m + 1], all others by the number of samples they were seen in. matched: people seen more than once.
    pairs: people in both, summed over all pairs of audiences, and the variance of that.
    """

    fractions: Shares
    sizes: Shares
    repeated: float
    deep: float
    joint: float
    shared: Shares
    spread: Shares
    known: int
    seen: NDArray[np.int64]
    matched: int
    pairs: tuple[float, float]

    @property
    def total(self) -> float:
        """Sum of the sizes."""
        return float(self.sizes.sum())

    @property
    def variance(self) -> float:
        """Of `repeated`, at fixed sizes of the samples."""
        odds = (1 - self.fractions) / self.fractions
        shared = np.clip(self.shared, 0, self.sizes)
        single = odds * shared * (1 - shared / np.maximum(self.sizes, 1))
        return max(0.0, self.joint + float(single.sum()))

    @property
    def unseen(self) -> float:
        """What the next depth, of which nobody happened to be seen, is expected to add to `repeated`.

        The numbers seen once, twice, ... are continued as a binomial law would from the deepest two that were
        seen often. A person seen r times adds about -(-1/f)^r: rare, but heavy, and of either sign.
        """
        sampled = self.fractions[self.fractions < 1]
        size, depth = len(sampled), int(np.flatnonzero(self.seen).max(initial=0)) + 1
        if depth < 3 or depth > size:
            return 0.0
        often = max(2, int(np.flatnonzero(self.seen >= OFTEN).max(initial=0)))
        odds = self.seen[often] / max(self.seen[often - 1], 1) * often / (size - often + 1)
        falls = math.prod(odds * (size - step + 1) / step for step in range(often + 1, depth + 1))
        return float(self.seen[often] * falls * (-np.mean(1 / sampled - 1)) ** depth)


def matches(known: Sequence[Everybody | UniformSample]) -> Matches:
    """Walks over everybody who was sampled.

    >>> both = matches([UniformSample(BitMap([1, 2]), 4), UniformSample(BitMap([2, 3, 4]), 6)])
    >>> both.repeated, both.matched
    (4.0, 1)
    """
    size = len(known)
    fractions = np.array([1.0 if isinstance(each, Everybody) else each.fraction for each in known])
    sums, shared, seen = np.zeros(7), np.zeros((2, size)), np.zeros(size + 1, dtype=np.int64)
    for block in blocks([each.members for each in known]):
        offsets, owners = block.turned()
        _match(offsets, owners, fractions, sums, shared, seen)
    repeated, deep, joint, pairs, squares, whole, matched = sums.tolist()
    sizes = np.array([float(each.size) for each in known])
    return Matches(
        fractions=fractions,
        sizes=sizes,
        repeated=repeated,
        deep=deep,
        joint=joint,
        shared=shared[0],
        spread=shared[1],
        known=int(whole),
        seen=seen,
        matched=int(matched),
        pairs=(pairs, squares),
    )


def unique_followers(known: Sequence[Everybody | UniformSample]) -> Estimate:
    """People in any of the audiences, with a 95% interval; n: people sampled.

    Where the pairs alone confine the truth more closely than the estimate of all orders does, or contradict
    it, there is no value but these bounds, with the reason `too_few_matches`. Where so many are in several
    samples that the audiences can't be so large (of independent samples one time in 40; or they were not
    independent), there is none either, with the reason `too_many_matches`.
    Basis `exact` where every audience is known whole.
    """
    if all(isinstance(each, Everybody) for each in known):
        return exactly(float(len(BitMap.union(*(each.members for each in known)))) if known else 0.0)
    found = matches(known)
    n = float(sum(len(each.members) for each in known))
    bounds, value = pair_bounds(found), found.total - found.repeated
    high, low = (found.total - end for end in repeated_interval(found))
    floor, ceiling = confines(found)
    if high < floor * (1 - _ROUNDING):
        return Estimate(None, floor, ceiling, n, BASIS, "too_many_matches")
    clipped = min(max(floor, low), ceiling), max(floor, min(ceiling, high))
    inside = bounds[0] <= value <= bounds[1]
    if _noise(found, clipped if inside else (low, high), bounds):
        return Estimate(None, *bounds, n, BASIS, "too_few_matches")
    return Estimate(min(max(value, floor), ceiling), *clipped, n, BASIS)


def _noise(found: Matches, interval: tuple[float, float], bounds: tuple[float, float]) -> bool:
    """Of more than two audiences, whether the estimate says less than its pairs do.

    A sum of products of positive odds that comes out negative is all noise, as its variance is.
    """
    wider = interval[1] - interval[0] > bounds[1] - bounds[0]
    apart = interval[0] > bounds[1] or interval[1] < bounds[0]
    return len(found.sizes) > 2 and (found.joint < 0 or apart or wider)


def unique_shares(known: Sequence[Everybody | UniformSample]) -> list[Estimate]:
    """Per audience the share of it that is in no other, with a 95% interval; n: people of it sampled.

    Each sampled person adds 1 - prod over the other audiences of (1 - Z / f) to the share that is in another.
    """
    found = matches(known)
    if found.joint < 0:
        return [missing(BASIS, "too_few_matches", 0.0, 1.0) for _ in known]
    return [_unique_share(found, place, len(each.members)) for place, each in enumerate(known)]


def _unique_share(found: Matches, place: int, n: int) -> Estimate:
    total = float(found.shared[place] * found.fractions[place])
    others = np.delete(found.fractions, place)
    if n == 0:
        return missing(BASIS, "no_followers", 0.0, 1.0)
    if np.all(others == 1) and found.fractions[place] == 1:
        return exactly(1 - total / n, n)
    variance = max(0.0, float(found.spread[place]) - total * total / n)
    step = float(np.mean(1 / others)) if others.size else 0.0
    low, high = weighted_count(max(total, 0.0), variance, step)
    value, least, most = (min(max(1 - part / n, 0.0), 1.0) for part in (total, high, low))
    return Estimate(value, least, most, n, BASIS)


def confines(found: Matches) -> tuple[float, float]:
    """What holds whatever was drawn: at least the largest audience or all who were seen, at most the sum."""
    return max(float(found.sizes.max()), float(found.known + found.seen.sum())), found.total


def repeated_interval(found: Matches) -> tuple[float, float]:
    """The 95% interval of `repeated`: of a count of matches, or a normal one where deeper orders weigh."""
    error, unseen = math.sqrt(found.variance), Z * found.unseen
    if abs(found.deep) > error:
        low, high = found.repeated - Z * error, found.repeated + Z * error
    else:
        low, high = weighted_count(max(found.repeated, 0.0), found.variance, _step(found.fractions))
    # Known to its order of magnitude at best, so that its error is as large as itself.
    if unseen < 0:
        return found.repeated - math.hypot(found.repeated - low, unseen), high
    return low, found.repeated + math.hypot(high - found.repeated, unseen)


def _step(fractions: Shares) -> float:
    """What one more match adds: of a typical pair of samples, 1 / (f_i f_j)."""
    inverse = np.sort(1 / fractions)
    size = len(inverse)
    pairs = (inverse.sum() ** 2 - (inverse**2).sum()) / 2
    return float(pairs / (size * (size - 1) / 2))


def pair_bounds(found: Matches) -> tuple[float, float]:
    """Bounds from S1 = the sum of the sizes and S2 = the people in both of each pair, in its 95% interval.

    At least 2 S1 / (k + 1) - 2 S2 / (k (k + 1)) with k = 1 + floor(2 S2 / S1) (Dawson and Sankoff 1967), at
    most S1 - 2 S2 / m (Kwerel 1975): sharp where nothing else is known.
    """
    size, total = len(found.sizes), found.total
    pairs, variance = found.pairs
    least, most = weighted_count(pairs, variance, _step(found.fractions))
    floor, ceiling = confines(found)
    most = min(most, total * (size - 1) / 2)
    depth = 1 + math.floor(2 * most / total)
    low = 2 * total / (depth + 1) - 2 * most / (depth * (depth + 1))
    return max(floor, low), min(ceiling, total - 2 * least / size)


@kernel
def _match(
    offsets: Offsets,
    owners: Owners,
    fractions: Shares,
    sums: Shares,
    shared: Shares,
    seen: NDArray[np.int64],
) -> None:
    for person in range(offsets.size - 1):
        start, end = offsets[person], offsets[person + 1]
        if end == start:
            continue
        depth = 0
        for at in range(start, end):
            if fractions[owners[at]] == 1:
                depth = 0
                break
            depth += 1
        seen[depth] += 1
        if end - start > 1:
            _add(owners[start:end], fractions, depth, sums, shared)
    # Depth 0 stood for the people of audiences that are known whole: their part of the estimate is certain.
    sums[5] += seen[0]
    seen[0] = 0


@kernel
def _add(mine: Owners, fractions: Shares, depth: int, sums: Shares, shared: Shares) -> None:
    """One person of several samples; the products without one factor are taken anew, as factors may be 0."""
    missed, joint, total, square, alone = 1.0, 1.0, 0.0, 0.0, 0.0
    for at in range(mine.size):
        f = fractions[mine[at]]
        odds = (1 - f) / f
        rest = 1.0
        for other in range(mine.size):
            if other != at:
                rest *= 1 - 1 / fractions[mine[other]]
        missed *= 1 - 1 / f
        joint *= 1 + (odds - 1) / f
        total += 1 / f
        square += 1 / f / f
        alone += odds / f * rest
        shared[0, mine[at]] += (1 - rest) / f
        shared[1, mine[at]] += (1 - rest) ** 2
    pairs = (total * total - square) / 2
    sums[0] += total - 1 + missed
    if depth > 2:
        sums[1] += total - 1 + missed
    sums[2] += joint - missed - alone
    sums[3] += pairs
    sums[4] += pairs * pairs
    sums[6] += 1
