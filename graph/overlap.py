"""Who shares how many people with whom: exact, all pairs in one walk over the people.

Counting per person the pairs of audiences that it is in costs the sum of d (d - 1) / 2 additions, d the
audiences of a person; intersecting bitmaps pair by pair costs a pass over both audiences for each pair.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from pyroaring import BitMap

from graph.blocks import Offsets, Owners, blocks
from graph.jit import kernel

Counts = NDArray[np.int64]
Shares = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Overlap:
    """The overlap of m audiences.

    shared: int64[m, m], people in both, symmetric, sizes on the diagonal. exclusive: int64[m], people in this
    audience alone. marginal: int64[m], people of this one that none before it has. depth: int64[m + 1],
    people in exactly so many audiences (depth[0] is 0). peak_bytes: the most memory that counting took,
    besides the audiences themselves.
    """

    shared: Counts
    exclusive: Counts
    marginal: Counts
    depth: Counts
    peak_bytes: int

    @property
    def sizes(self) -> Counts:
        """People in each audience."""
        return np.diagonal(self.shared)

    @property
    def total_followers(self) -> int:
        """Sum of the sizes: a person counts once per audience."""
        return int(self.sizes.sum())

    @property
    def unique_followers(self) -> int:
        """People in any audience: a person counts once."""
        return int(self.depth.sum())

    @property
    def jaccard(self) -> Shares:
        """|A and B| / |A or B|, float64[m, m]; NaN where both are empty."""
        sizes = self.sizes
        return _divided(self.shared, sizes[:, None] + sizes[None, :] - self.shared)

    @property
    def containment(self) -> Shares:
        """|A and B| / |A| in row A and column B; NaN in the row of an empty audience."""
        return _divided(self.shared, np.broadcast_to(self.sizes[:, None], self.shared.shape))

    @property
    def unique_share(self) -> Shares:
        """Share of each audience that no other has; NaN of an empty one."""
        return _divided(self.exclusive, self.sizes)


def overlap(audiences: Sequence[BitMap]) -> Overlap:
    """Counts all pairs, what each has alone, and what each adds in the order given.

    >>> found = overlap([BitMap([1, 2, 3]), BitMap([3, 4]), BitMap()])
    >>> found.shared.tolist(), found.exclusive.tolist(), found.marginal.tolist()
    ([[3, 1, 0], [1, 2, 0], [0, 0, 0]], [2, 1, 0], [3, 1, 0])
    >>> found.unique_followers, found.depth.tolist()
    (4, [0, 3, 1, 0])
    >>> float(found.jaccard[0, 1]), float(found.containment[1, 0])
    (0.25, 0.5)
    """
    size = len(audiences)
    shared = np.zeros((size, size), dtype=np.int64)
    exclusive, marginal = np.zeros(size, dtype=np.int64), np.zeros(size, dtype=np.int64)
    depth, peak = np.zeros(size + 1, dtype=np.int64), 0
    # Half of the memory traffic of int64, and a block has fewer than 2^32 people.
    pairs = np.zeros((size, size), dtype=np.uint32)
    for block in blocks(audiences):
        offsets, owners = block.turned()
        _count(offsets, owners, pairs, exclusive, marginal, depth)
        shared += pairs
        pairs[:] = 0
        peak = max(peak, block.nbytes)
    both = np.triu(shared) + np.triu(shared, 1).T
    return Overlap(both, exclusive, marginal, depth, peak + 2 * both.nbytes + pairs.nbytes)


def _divided(numerator: Counts, denominator: Counts) -> Shares:
    safe = np.where(denominator > 0, denominator, 1)
    return np.where(denominator > 0, numerator / safe, np.nan)


@kernel
def _count(
    offsets: Offsets,
    owners: Owners,
    pairs: NDArray[np.uint32],
    exclusive: Counts,
    marginal: Counts,
    depth: Counts,
) -> None:
    for person in range(offsets.size - 1):
        start, end = offsets[person], offsets[person + 1]
        if end == start:
            continue
        depth[end - start] += 1
        marginal[owners[start]] += 1
        if end - start == 1:
            exclusive[owners[start]] += 1
        for first in range(start, end):
            row = pairs[owners[first]]
            for second in range(first, end):
                row[owners[second]] += 1
