"""Who follows whom, turned round block by block: per person the audiences, in memory that a block bounds.

Bitmaps hold ordinals in chunks of 2^16, so a block of whole chunks is cut out without looking at the rest;
inside a block the counters stay in the processor's cache, which a scatter over all people at once would not.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from pyroaring import BitMap

from graph.audiences import Ordinals, ordinals
from graph.jit import kernel

CHUNK = 1 << 16
# Memberships per block that are worth a block of their own: 8 M take 32 MB here and 16 MB turned round.
MEMBERSHIPS = 8_000_000
# The longest block in people, unless the caller's own state of a person is large: 8 MB of offsets.
PEOPLE = 1 << 20

Owners = NDArray[np.uint16 | np.uint32]
Offsets = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Block:
    """The memberships of the people `start` .. `start + width - 1`.

    members: uint32[M], audience after audience, as positions in the block; audience i has
    members[bounds[i]:bounds[i + 1]].
    """

    start: int
    width: int
    members: Ordinals
    bounds: Offsets

    @property
    def nbytes(self) -> int:
        """Memory of the block turned both ways."""
        turned = self.members.size * np.dtype(owner_type(len(self.bounds) - 1)).itemsize
        return int(self.members.nbytes + self.bounds.nbytes + turned + 8 * (self.width + 1))

    def turned(self) -> tuple[Offsets, Owners]:
        """Per person the audiences, rising: person p has owners[offsets[p]:offsets[p + 1]]."""
        owners = np.empty(self.members.size, dtype=owner_type(len(self.bounds) - 1))
        return _turn(self.members, self.bounds, self.width, owners), owners


def owner_type(audiences: int) -> type[np.uint16] | type[np.uint32]:
    """The smallest type that numbers so many audiences."""
    return np.uint16 if audiences <= CHUNK else np.uint32


def blocks(audiences: Sequence[BitMap], longest: int = PEOPLE) -> Iterator[Block]:
    """All memberships, from the lowest ordinals to the highest; blocks without any are left out.

    longest: people of a block at most, whole chunks.

    >>> [(block.start, block.members.tolist()) for block in blocks([BitMap([1]), BitMap([1, 70_000_000])])]
    [(0, [1, 1]), (69992448, [7552])]
    """
    end = max((members.max() + 1 for members in audiences if members), default=0)
    width = min(block_width(sum(len(members) for members in audiences), end), longest)
    everybody = BitMap.union(*audiences) if audiences else BitMap()
    start = 0
    while start < end:
        # The next person at or after `start`: a gap of empty chunks costs nothing.
        first = next(everybody.iter_equal_or_larger(start), end)
        start = first - first % CHUNK
        if start >= end:
            return
        yield _cut(audiences, start, min(width, end - start))
        start += width


def block_width(memberships: int, end: int) -> int:
    """People per block: whole chunks with about MEMBERSHIPS in them.

    >>> block_width(100_000_000, 5_000_000), block_width(10, 5_000_000)
    (393216, 1048576)
    """
    chunks = int(MEMBERSHIPS * end / max(memberships, 1)) // CHUNK
    return CHUNK * min(max(chunks, 1), PEOPLE // CHUNK)


def _cut(audiences: Sequence[BitMap], start: int, width: int) -> Block:
    window = BitMap()
    window.add_range(start, start + width)
    parts = [ordinals(members & window) for members in audiences]
    bounds = np.zeros(len(parts) + 1, dtype=np.int64)
    np.cumsum([part.size for part in parts], out=bounds[1:])
    members = np.concatenate(parts) - np.uint32(start)
    return Block(start, width, members, bounds)


@kernel
def _turn(members: Ordinals, bounds: Offsets, width: int, owners: Owners) -> Offsets:
    offsets = np.zeros(width + 1, dtype=np.int64)
    for person in members:
        offsets[person + 1] += 1
    for person in range(width):
        offsets[person + 1] += offsets[person]
    place = offsets[:-1].copy()
    for audience in range(bounds.size - 1):
        for at in range(bounds[audience], bounds[audience + 1]):
            person = members[at]
            owners[place[person]] = audience
            place[person] += 1
    return offsets
