"""Random reverse-reachable sets: who could have won a random node, in one throw of all dice.

Borgs et al. 2014; Tang, Shi, Xiao, Influence Maximization in Near-Linear Time (IMM), 2015: the spread of S
is W x the chance that S meets such a set, W the weight of all nodes, the root drawn by weight. Arcs of one p
into a node are skipped geometrically: Guo et al., Influence Maximization Revisited (SUBSIM), 2020.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike

from graph.build import Floats, Indices
from graph.jit import Bytes, Counts
from graph.models import Incoming, Model
from graph.rrkernels import count_hits, sample

# Sets, and members of sets, between two looks at progress and cancel: a fraction of a second of either.
CHUNK = 32_768
_PIECE = 1 << 21
# Bytes of a set of one member: see Collection._reserve.
_SMALLEST_SET = 20


class BadWeights(ValueError):
    """Weights of nodes that are no weights: another number of them, negative, not finite, all 0."""


class OutOfMemory(ValueError):
    """Not even one set fits into the memory that was allowed."""


@dataclass(frozen=True, slots=True, eq=False)
class Source:
    """Where sets come from: set number i depends on (model, weights, seed, i) alone.

    total: the weight of all nodes; roots: float64[N], running sums of the weights, empty where all weigh 1.
    """

    incoming: Incoming
    size: int
    total: float
    roots: Floats
    seed: np.uint64

    @classmethod
    def of(cls, model: Model, seed: int, weights: ArrayLike | None = None) -> "Source":
        """`weights`: float[N], what it is worth to win each node; None: 1 each. Raises BadWeights."""
        size = model.graph.size
        roots = np.zeros(0) if weights is None else np.cumsum(node_weights(weights, size))
        total = float(size if weights is None else roots[-1])
        return cls(Incoming.of(model), size, total, roots, np.uint64(seed % 2**64))

    def reseeded(self, seed: int) -> "Source":
        """The same with other random numbers."""
        return replace(self, seed=np.uint64(seed % 2**64))


def node_weights(weights: ArrayLike, size: int) -> Floats:
    """float64[N]. Raises BadWeights."""
    each = np.asarray(weights, dtype=np.float64)
    if each.shape != (size,) or not np.isfinite(each).all() or (each < 0).any() or not each.sum() > 0:
        raise BadWeights("weights are one a node, finite, not negative and not all 0")
    return each


class Collection:
    """Sets as flat arrays: set i is members[offsets[i]:offsets[i + 1]]. Grows up to a limit of bytes.

    The limit counts members and offsets, and again as much for the index by node that a choice needs.

    >>> from graph.build import build
    >>> from graph.models import independent_cascade
    >>> chain = independent_cascade(build(["a", "b"], ["b", "c"]), 1.0)
    >>> sets = Collection(Source.of(chain, seed=7), most_bytes=10**6)
    >>> for _ in sets.grow(4): pass
    >>> sets.count, sets.offsets.tolist(), sets.members[: sets.used].tolist()
    (4, [0, 3, 5, 8, 9], [2, 1, 0, 1, 0, 2, 1, 0, 0])
    """

    def __init__(self, source: Source, most_bytes: int) -> None:
        self.source = source
        self.most_bytes = most_bytes
        self.count = 0
        self.offsets = np.zeros(1, dtype=np.int64)
        self.members = np.zeros(0, dtype=np.int32)
        self.full = False
        self._seen = np.zeros(source.size, dtype=np.uint8)

    @property
    def used(self) -> int:
        """Members of all sets."""
        return int(self.offsets[self.count])

    def grow(self, count: int) -> Iterator[int]:
        """Draws sets until there are `count`, or until the limit (then `full`); yields how many there are."""
        # A set has a member at least; more sets than that could never be held, and need no room.
        asked, count = count, min(count, self.most_bytes // _SMALLEST_SET)
        while self.count < count and not self.full:
            self._reserve(count)
            stop = min(count, self.count + CHUNK)
            if stop >= len(self.offsets):
                more = np.empty(min(count, 2 * stop) + 1 - len(self.offsets), np.int64)
                self.offsets = np.concatenate((self.offsets, more))
            room = self.members[: self.used + self.source.size + _PIECE]
            self.count = _sample(self.source, self.count, stop, 0, self.offsets, room, self._seen)
            yield self.count
        self.full = self.full or count < asked

    def cut(self, count: int) -> None:
        """Forgets all but the first `count` sets."""
        self.count = count

    def _reserve(self, count: int) -> None:
        """Room for one more set of any size at least; as much as `count` sets of the mean size want."""
        needed = self.used + self.source.size
        # Four bytes a member here and four in the index, eight an offset, four bytes of marks and gains.
        most = (self.most_bytes - 12 * count) // 8
        if needed <= len(self.members):
            return
        if needed > most:
            self.full = True
            if not self.count:
                raise OutOfMemory(f"{self.most_bytes:,} bytes are too few for {count:,} sets")
            return
        wanted = int(self.used / max(1, self.count) * count * 1.05)
        size = min(most, max(needed + _PIECE, min(wanted, 4 * needed)))
        grown = np.empty(size, dtype=np.int32)
        grown[: self.used] = self.members[: self.used]
        self.members = grown


class Witness:
    """Sets that a choice has not seen: drawn, counted and forgotten, so that they need no room.

    `drawn`: how many so far; the sets of one source are never drawn twice.
    """

    def __init__(self, source: Source) -> None:
        self.source = source
        self.drawn = 0
        self._members = np.empty(source.size + _PIECE, dtype=np.int32)
        self._seen = np.zeros(source.size, dtype=np.uint8)

    def hits(self, seeds: Indices, count: int) -> Iterator[Counts]:
        """Draws `count` new sets; yields int64[K] as it goes: how many each of K seeds was the first to meet.

        The last array is the answer; a set counts for the first of the seeds, in their order, that is in it.
        """
        ranks = np.full(self.source.size, len(seeds), dtype=np.int32)
        ranks[seeds] = np.arange(len(seeds), dtype=np.int32)
        found = np.zeros(len(seeds), dtype=np.int64)
        stop = self.drawn + count
        while self.drawn < stop:
            base, offsets = self.drawn, np.zeros(CHUNK + 1, dtype=np.int64)
            last = min(stop, base + CHUNK)
            self.drawn = _sample(self.source, base, last, base, offsets, self._members, self._seen)
            count_hits(offsets, self._members, self.drawn - base, ranks, found)
            yield found


def _sample(
    source: Source, first: int, stop: int, base: int, offsets: Counts, members: Indices, seen: Bytes
) -> int:
    into = source.incoming
    graph = (into.indptr, into.sources, into.limits, into.skips, into.linear)
    return int(sample(*graph, source.roots, source.seed, first, stop, base, offsets, members, seen))
