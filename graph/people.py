"""The people of some audiences as a plan counts them: groups of the same memberships, or each alone.

Most people follow one or two accounts of a list, so that a short list has few groups; of long lists almost
every person has a combination of her own, and grouping would cost more than it saves.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from pyroaring import BitMap

from graph.audiences import Ordinals, ordinals
from graph.blocks import Offsets, blocks
from graph.jit import kernel
from graph.weights import Weights, set_bits

Masks = NDArray[np.uint64]
Shares = NDArray[np.float64]

# One bit per audience in a 64-bit number.
LONGEST = 63


@dataclass(frozen=True, slots=True)
class People:
    """weight: float64[G], people of each group times their target weight; or where each person stands alone
    and counts whole, a bit per person in uint8[ceil(G / 8)].

    audiences: of each its groups, or the bitmap, which is unpacked whenever it is read: to hold all ordinals
    of a long list takes gigabytes, and longer than to unpack those that are looked at again.
    """

    weight: Weights
    audiences: Sequence[Ordinals | BitMap]

    def groups(self, place: int) -> Ordinals:
        """The groups of an audience, rising."""
        found = self.audiences[place]
        return ordinals(found) if isinstance(found, BitMap) else found

    @property
    def memberships(self) -> int:
        """Groups of all audiences together."""
        return sum(len(each) for each in self.audiences)

    def numbers(self) -> Shares:
        """The weights as float64, one per group."""
        if self.weight.dtype == np.uint8:
            return np.unpackbits(self.weight.view(np.uint8), bitorder="little").astype(np.float64)
        return self.weight.astype(np.float64)


def gather(audiences: Sequence[BitMap], target: Sequence[float] | None = None, whole: bool = False) -> People:
    """Groups people by their memberships.

    target: per account the share of its audience that counts. whole: nobody will be reached by halves, so
    that a bit per person is enough.

    >>> found = gather([BitMap([1, 2, 3]), BitMap([3, 4])])
    >>> found.weight.tolist(), [each.tolist() for each in found.audiences]
    ([2.0, 1.0, 1.0], [[0, 2], [1, 2]])
    """
    if len(audiences) > LONGEST:
        return _alone(audiences, target, whole)
    masks, count = grouped(audiences)
    has = [
        np.flatnonzero(masks >> np.uint64(place) & np.uint64(1)).astype(np.uint32)
        for place in range(len(audiences))
    ]
    weight = count.astype(np.float64)
    return People(weight if target is None else weight * _mean_shares(has, target, masks.size), has)


def grouped(audiences: Sequence[BitMap]) -> tuple[Masks, NDArray[np.int64]]:
    """The distinct combinations of memberships, bit i for audience i, and how many people have each."""
    found, counts = [np.zeros(0, dtype=np.uint64)], [np.zeros(0, dtype=np.int64)]
    for block in blocks(audiences):
        masks, count = np.unique(_mark(block.members, block.bounds, block.width), return_counts=True)
        found.append(masks)
        counts.append(count)
    masks, place = np.unique(np.concatenate(found), return_inverse=True)
    total = np.bincount(place, np.concatenate(counts), masks.size).astype(np.int64)
    return masks[masks > 0], total[masks > 0]


def _alone(audiences: Sequence[BitMap], target: Sequence[float] | None, whole: bool) -> People:
    """Everybody by ordinal; ordinals of nobody have no weight."""
    end = max((each.max() + 1 for each in audiences if each), default=0)
    if target is not None:
        return People(_mean_shares(audiences, target, end), audiences)
    bits = np.zeros((end + 7) // 8, dtype=np.uint8)
    for each in audiences:
        set_bits(ordinals(each), bits)
    people = People(bits, audiences)
    return people if whole else People(people.numbers(), audiences)


def _mean_shares(audiences: Sequence[Ordinals | BitMap], target: Sequence[float], size: int) -> Shares:
    """Per group the mean of its audiences' shares, float64[size]; 0 of a group without any."""
    total, times = np.zeros(size), np.zeros(size)
    people = People(total, audiences)
    for place, share in enumerate(target):
        groups = people.groups(place)
        total[groups] += share
        times[groups] += 1
    return total / np.maximum(times, 1)


@kernel
def _mark(members: Ordinals, bounds: Offsets, width: int) -> Masks:
    masks = np.zeros(width, dtype=np.uint64)
    for audience in range(bounds.size - 1):
        bit = np.uint64(1) << np.uint64(audience)
        for at in range(bounds[audience], bounds[audience + 1]):
            masks[members[at]] |= bit
    return masks
