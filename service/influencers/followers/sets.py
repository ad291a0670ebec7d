"""What a set is made of, and what a change makes of it. Pure."""

from datetime import datetime
from typing import NamedTuple

import numpy as np
from msgspec import Struct
from pyroaring import BitMap

from graph.audiences import Everybody, HashSample, UniformSample, hashed, ordinals
from service.influencers.followers.schemas import SetBasis, SetRow


class Made(Struct, frozen=True):
    """A set as it is to be written; `sample` is there for a hash sample."""

    basis: SetBasis
    size: int
    keep: int | None
    members: BitMap
    sample: BitMap | None

    @property
    def sampled(self) -> int:
        """People that answers are made from."""
        return len(self.members if self.sample is None else self.sample)


class Compared(NamedTuple):
    added: int
    removed: int
    unchanged: int


def whole(members: BitMap, keep: int | None) -> Made:
    """The set of a complete list: exact, or its `keep` smallest hashes where it is larger than that.

    >>> whole(BitMap(range(10)), 3).sampled, whole(BitMap(range(10)), 10).basis
    (3, 'exact')
    """
    if keep is None or len(members) <= keep:
        return Made("exact", len(members), keep, members, None)
    return Made("hash_sample", len(members), keep, members, smallest(members, keep))


def sampled(members: BitMap, size: int) -> Made:
    """The set of a random sample out of `size` people, of whom there are no fewer than were named."""
    return Made("uniform_sample", max(size, len(members)), None, members, None)


def smallest(members: BitMap, keep: int) -> BitMap:
    """Those of the members with the smallest hashes: the people of graph.audiences.bottom.

    >>> from graph.audiences import bottom
    >>> kept = smallest(BitMap(range(99)), 9)
    >>> sorted(hashed(ordinals(kept))) == bottom(BitMap(range(99)), 9).hashes.tolist()
    True
    """
    people = ordinals(members)
    if len(people) <= keep:
        return members
    return BitMap(people[np.argpartition(hashed(people), keep)[:keep]])


def again(row: SetRow, before: BitMap, members: BitMap) -> Made | None:
    """A set after some of its people became one, or went; None where a sample has nobody left.

    Of a random sample's audience as many go as of the sample: the others are not known.
    """
    if row.basis == "uniform_sample":
        return None if not members else sampled(members, row.size - (len(before) - len(members)))
    return whole(members, row.keep)


def together(row: SetRow | None, before: BitMap, more: BitMap, size: int | None) -> Made:
    """A set with people that a file adds. `size`: of the whole audience, where a row says it.

    Fewer people than the whole audience are a sample of it; a complete list stays one.
    """
    members = before | more
    most = max(size or 0, row.size if row is not None and row.basis == "uniform_sample" else 0)
    if most > len(members):
        return sampled(members, most)
    return whole(members, row.keep if row else None)


def compared(before: BitMap, after: BitMap) -> Compared:
    """How many came, went and stayed.

    >>> compared(BitMap([1, 2]), BitMap([2, 3, 4]))
    Compared(added=2, removed=1, unchanged=1)
    """
    both = before.intersection_cardinality(after)
    return Compared(len(after) - both, len(before) - both, both)


def audience(basis: SetBasis, size: int, bits: bytes) -> Everybody | UniformSample | HashSample:
    """A kept set as graph knows it; `bits`: the members, of a hash sample those sampled."""
    members = BitMap.deserialize(bits)
    if basis == "hash_sample":
        return HashSample(np.sort(hashed(ordinals(members))), size)
    return Everybody(members) if basis == "exact" else UniformSample(members, size)


def bits_of(members: BitMap) -> bytes:
    """A bitmap as it is kept: roaring's portable format, runs packed."""
    packed = members.copy()
    packed.run_optimize()
    return packed.serialize()


def read_bits(bits: bytes) -> BitMap:
    """The bitmap that `bits_of` wrote."""
    return BitMap.deserialize(bits)


def people_of(numbers: bytes) -> BitMap:
    """Ordinals as the store hands them over: four bytes each, the highest first.

    >>> sorted(people_of(bytes([0, 0, 1, 0, 0, 0, 0, 2])))
    [2, 256]
    """
    return BitMap(np.frombuffer(numbers, ">u4").astype(np.uint32))


def is_same(row: SetRow, made: Made, bits: bytes, as_of: datetime, source: str) -> bool:
    """Whether writing the set would change nothing."""
    told = (made.basis, made.size, made.keep, as_of, source)
    return bits == row.members and told == (row.basis, row.size, row.keep, row.as_of, row.source)


def numbers_of(numbers: bytes) -> list[int]:
    """The same in their order."""
    found: list[int] = np.frombuffer(numbers, ">u4").tolist()
    return found
