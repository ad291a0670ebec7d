"""A forest by its parents: depths, what lies below, who stands at the top; no step is one node's.

Ways up are doubled: in round r each node that is deep enough knows its ancestor 2^r above. So a chain of a
million costs 20 rounds, and a usual forest, some ten deep, four.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

Indices = NDArray[np.int32]
Counts = NDArray[np.int64]
NOBODY = -1
# From this share of nodes on a count over all nodes is faster than adding one by one.
_MANY = 1 / 8


class InCircles(ValueError):
    """Parents that lead in a circle; `nodes`: who stands on one."""

    def __init__(self, nodes: Indices) -> None:
        super().__init__(f"{len(nodes):,} in circles")
        self.nodes = nodes


@dataclass(frozen=True, eq=False)
class Forest:
    """Of each node: parents, int32[N], NOBODY for roots; depths, int64[N], 0 for roots (the generation that
    somebody belongs to); rungs: (nodes, their ancestors 2^r above) for r = 0, 1, ..."""

    parents: Indices
    depths: Counts
    rungs: tuple[tuple[Indices, Indices], ...]

    @property
    def roots(self) -> Indices:
        """Places of those whom nobody referred."""
        return np.flatnonzero(self.parents == NOBODY).astype(np.int32)

    @cached_property
    def sizes(self) -> Counts:
        """int64[N]: how many are below each, itself included."""
        return self.sums(np.ones(len(self.parents), dtype=np.int64))

    @cached_property
    def branches(self) -> Counts:
        """int64[N]: how many each one brought itself."""
        return np.bincount(self.parents[self.parents >= 0], minlength=len(self.parents)).astype(np.int64)

    @cached_property
    def tops(self) -> Indices:
        """int32[N]: the root above each; of a root itself."""
        tops = np.where(self.parents >= 0, self.parents, np.arange(len(self.parents), dtype=np.int32))
        for nodes, above in self.rungs:
            tops[nodes] = tops[above]
        return tops

    def sums(self, values: Counts) -> Counts:
        """Sums of whole numbers over each node and all below it: int64[N] -> int64[N].

        >>> grown(np.array([-1, 0, 1], dtype=np.int32)).sums(np.array([1, 10, 100])).tolist()
        [111, 110, 100]
        """
        sums = np.array(values, dtype=np.int64)
        for nodes, above in self.rungs:
            if len(nodes) < _MANY * len(sums) or sums.max() - sums.min() > 2**53 // len(sums):
                np.add.at(sums, above, sums[nodes])
            else:
                sums += np.bincount(above, sums[nodes], len(sums)).astype(np.int64)
        return sums


def grown(parents: Indices) -> Forest:
    """The forest of each node's parent, NOBODY for none. Raises InCircles.

    >>> made = grown(np.array([-1, 0, 0, 1], dtype=np.int32))
    >>> made.depths.tolist(), made.sizes.tolist(), made.branches.tolist(), made.tops.tolist()
    ([0, 1, 1, 2], [4, 2, 1, 1], [2, 1, 0, 0], [0, 0, 0, 0])
    """
    depths = (parents >= 0).astype(np.int64)
    rungs = []
    for nodes, above in _rungs(parents):
        rungs.append((nodes, above))
        depths[nodes] += depths[above]
    # The first rung only leads to parents, whose depths the next one needs: each rung adds what is above it.
    return Forest(parents, depths, tuple(rungs))


def _rungs(parents: Indices) -> Iterator[tuple[Indices, Indices]]:
    """Nodes that are 2^r deep or deeper, and their ancestors so far above."""
    above = parents.astype(np.int32, copy=True)
    nodes = np.flatnonzero(above >= 0).astype(np.int32)
    reach = 1
    while len(nodes):
        if reach > len(parents):
            raise InCircles(np.unique(above[nodes]))
        yield nodes, above[nodes]
        above[nodes] = above[above[nodes]]
        nodes = nodes[above[nodes] >= 0]
        reach *= 2
