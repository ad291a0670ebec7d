"""The people of some audiences as a plan counts them: groups of the same memberships, or each alone.

Most people follow one or two accounts of a list, so that a short list has few groups; of long lists almost
every person has a combination of her own, and grouping would cost more than it saves.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numba import njit
from numpy.typing import NDArray
from pyroaring import BitMap

from graph.audiences import Ordinals, ordinals
from graph.blocks import Block, Offsets, blocks

Masks = NDArray[np.uint64]
Weights = NDArray[np.float64 | np.uint8]
Shares = NDArray[np.float64]

# One bit per audience in a 64-bit number.
LONGEST = 63


@dataclass(frozen=True, slots=True)
class People:
    """weight: float64[G], people of each group times their target weight; or where each person stands alone
    and counts whole, a bit per person in uint8[ceil(G / 8)], which the processor's cache holds.

    members: uint32[M], per audience its groups; audience i has members[bounds[i]:bounds[i + 1]].
    """

    weight: Weights
    members: Ordinals
    bounds: Offsets

    @property
    def total(self) -> float:
        """The weight of everybody."""
        return float(
            np.bitwise_count(self.weight).sum() if self.weight.dtype == np.uint8 else self.weight.sum()
        )

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
    >>> found.weight.tolist(), found.members.tolist(), found.bounds.tolist()
    ([2.0, 1.0, 1.0], [0, 2, 1, 2], [0, 2, 4])
    """
    if len(audiences) > LONGEST:
        return _alone(audiences, target, whole and target is None)
    masks, count = grouped(audiences)
    has = [np.flatnonzero(masks >> np.uint64(place) & np.uint64(1)) for place in range(len(audiences))]
    bounds = np.cumsum([0, *(groups.size for groups in has)])
    members = np.concatenate([*has, np.zeros(0, dtype=np.int64)]).astype(np.uint32)
    weight = count.astype(np.float64)
    if target is not None:
        weight *= mean_shares(members, bounds, masks.size, np.array(target, dtype=np.float64))
    return People(weight, members, bounds)


def grouped(audiences: Sequence[BitMap]) -> tuple[Masks, NDArray[np.int64]]:
    """The distinct combinations of memberships, bit i for audience i, and how many people have each."""
    found, counts = [np.zeros(0, dtype=np.uint64)], [np.zeros(0, dtype=np.int64)]
    for block in blocks(audiences):
        masks, count = np.unique(_masks(block), return_counts=True)
        found.append(masks)
        counts.append(count)
    masks, place = np.unique(np.concatenate(found), return_inverse=True)
    total = np.bincount(place, np.concatenate(counts), masks.size).astype(np.int64)
    return masks[masks > 0], total[masks > 0]


def _masks(block: Block) -> Masks:
    return _mark(block.members, block.bounds, block.width)


def _alone(audiences: Sequence[BitMap], target: Sequence[float] | None, bits: bool) -> People:
    """Everybody by position: the ordinal where most are somebody, else the rank among those who are."""
    parts = [ordinals(members) for members in audiences]
    bounds = np.cumsum([0, *(part.size for part in parts)])
    members = np.concatenate(parts)
    end = int(members.max(initial=0)) + 1
    if members.size < end:
        distinct, place = np.unique(members, return_inverse=True)
        members, end = place.astype(np.uint32), distinct.size
    if bits:
        return People(_bits(members, end), members, bounds)
    if target is None:
        return People(np.bincount(members, minlength=end).clip(max=1).astype(np.float64), members, bounds)
    return People(mean_shares(members, bounds, end, np.array(target, dtype=np.float64)), members, bounds)


@njit(nogil=True, cache=True)
def _bits(members: Ordinals, end: int) -> NDArray[np.uint8]:
    bits = np.zeros((end + 7) // 8, dtype=np.uint8)
    for member in members:
        bits[member >> np.uint32(3)] |= np.uint8(1) << np.uint8(member & np.uint32(7))
    return bits


@njit(nogil=True, cache=True)
def _mark(members: Ordinals, bounds: Offsets, width: int) -> Masks:
    masks = np.zeros(width, dtype=np.uint64)
    for audience in range(bounds.size - 1):
        bit = np.uint64(1) << np.uint64(audience)
        for at in range(bounds[audience], bounds[audience + 1]):
            masks[members[at]] |= bit
    return masks


@njit(nogil=True, cache=True)
def mean_shares(members: Ordinals, bounds: Offsets, size: int, shares: Shares) -> Shares:
    """Per group the mean of its audiences' shares, float64[size]; 0 of a group without any."""
    total, times = np.zeros(size), np.zeros(size)
    for audience in range(bounds.size - 1):
        for at in range(bounds[audience], bounds[audience + 1]):
            total[members[at]] += shares[audience]
            times[members[at]] += 1
    for group in range(size):
        if times[group]:
            total[group] /= times[group]
    return total
