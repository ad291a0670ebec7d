"""Unique followers from bottom-k hash samples: one hash for all audiences, so samples are of the same people.

Of all audiences everybody with a hash below the smallest of the samples' largest hashes is known, with all
memberships: a uniform sample of the people in any of them (theta sketches; Dasgupta, Lang, Rhodes and Thaler
2016). As the sizes are known, the repeats alone are estimated: sum N_i x (d - 1) / d, with d the memberships
per sampled person (a ratio estimate; Cochran 1977, chapter 6).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from pyroaring import BitMap

from graph.audiences import Hashes, HashSample
from graph.estimates import Estimate, exactly, missing
from graph.sample_intervals import weighted_count, wilson

BASIS = "hash_samples"
# Hashes are 64-bit numbers; shares of them are what counts.
SPAN = 2.0**64


@dataclass(frozen=True, slots=True)
class Common:
    """The people of whom all memberships are known.

    hashes: uint64[R], rising; depth: int64[R], audiences of each; kept: per audience the hashes below the
    threshold; share: of all people, those with a hash below it; total: sum of the audiences' sizes.
    """

    hashes: Hashes
    depth: NDArray[np.int64]
    kept: tuple[Hashes, ...]
    share: float
    total: float

    @property
    def scale(self) -> float:
        """People for each sampled one: memberships in the audiences for each membership in the sample."""
        return self.total / max(int(self.depth.sum()), 1)

    def members(self) -> list[BitMap]:
        """Per audience the sampled people, as positions in `hashes`.

        Overlap, reach and plans of these are of people who stand for `scale` people each.
        """
        return [BitMap(np.searchsorted(self.hashes, kept).tolist()) for kept in self.kept]


def common(samples: Sequence[HashSample]) -> Common:
    """What samples of different depth have in common.

    >>> short = HashSample(np.array([1 << 62, 1 << 63], dtype=np.uint64), 40)
    >>> whole = HashSample(np.array([1 << 62, 3 << 62], dtype=np.uint64), 2)
    >>> found = common([short, whole])
    >>> found.depth.tolist(), found.share
    ([2], 0.5)
    """
    ends = [int(each.hashes[-1]) for each in samples if not each.whole]
    threshold = min(ends, default=None)
    # The largest hash itself only says where the sample ends: with it the estimate would lean upwards.
    kept = tuple(_below(each.hashes, threshold) for each in samples)
    hashes, depth = np.unique(np.concatenate(kept), return_counts=True)
    share = 1.0 if threshold is None else threshold / SPAN
    return Common(hashes, depth, kept, share, float(sum(each.size for each in samples)))


def _below(hashes: Hashes, threshold: int | None) -> Hashes:
    return hashes if threshold is None else hashes[: np.searchsorted(hashes, np.uint64(threshold))]


def unique_followers(samples: Sequence[HashSample]) -> Estimate:
    """People in any of the audiences, with a 95% interval; n: people of whom all memberships are known.

    Null with the reason `too_few_sampled` and certain bounds where nobody is.
    """
    found = common(samples)
    floor = float(max(each.size for each in samples))
    people = len(found.hashes)
    if found.share == 1.0:
        return exactly(float(people), people)
    if not people:
        return missing(BASIS, "too_few_sampled", floor, found.total)
    repeats = float(found.depth.sum() - people)
    least, most = weighted_count(repeats, _variance(found), 1.0)
    low, high = (max(floor, found.total - found.scale * each) for each in (most, least))
    return Estimate(max(floor, found.total - found.scale * repeats), low, high, people, BASIS)


def _variance(found: Common) -> float:
    """Of the repeats at a given number of memberships: residuals of d - 1 on d, drawn without return."""
    ratio = 1 - len(found.hashes) / float(found.depth.sum())
    residuals = (found.depth - 1) - ratio * found.depth
    return float((residuals**2).sum()) * (1 - found.share)


def unique_shares(samples: Sequence[HashSample]) -> list[Estimate]:
    """Per audience the share of it that is in no other, with a 95% interval; n: people of it sampled."""
    found = common(samples)
    return [_unique_share(found, kept) for kept in found.kept]


def _unique_share(found: Common, kept: Hashes) -> Estimate:
    n = len(kept)
    if not n:
        return missing(BASIS, "no_followers" if found.share == 1.0 else "too_few_sampled", 0.0, 1.0)
    share = float(np.mean(found.depth[np.searchsorted(found.hashes, kept)] == 1))
    if found.share == 1.0:
        return exactly(share, n)
    low, high = wilson(share, n / (1 - found.share))
    return Estimate(share, low, high, n, BASIS)
