"""What is known of an account's audience: everybody, a sample, or how many.

People are dense ordinals (uint32), the same person the same ordinal in every audience of one question.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from pyroaring import BitMap

Ordinals = NDArray[np.uint32]
Hashes = NDArray[np.uint64]

# SplitMix64's finaliser (Steele, Lea, Flood 2014): neighbouring ordinals become unrelated 64-bit numbers.
_MIXING = ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB))


class BadAudience(ValueError):
    """What is said of an audience contradicts itself."""


@dataclass(frozen=True, slots=True)
class Everybody:
    """All followers of the account.

    >>> Everybody(BitMap([1, 5])).size
    2
    """

    members: BitMap
    basis = "exact"

    @property
    def size(self) -> int:
        """People in the audience."""
        return len(self.members)


@dataclass(frozen=True, slots=True)
class UniformSample:
    """Members drawn uniformly without replacement, independently of every other audience's sample.

    size: people in the whole audience. Raises BadAudience where the sample is larger.

    >>> UniformSample(BitMap([1, 5]), size=20).fraction
    0.1
    """

    members: BitMap
    size: int
    basis = "uniform_sample"

    def __post_init__(self) -> None:
        _check(len(self.members), self.size)

    @property
    def fraction(self) -> float:
        """Chance of a member to be in the sample."""
        return len(self.members) / self.size if self.size else 1.0


@dataclass(frozen=True, slots=True)
class HashSample:
    """The members with the smallest hashes (bottom-k, KMV; Cohen and Kaplan 2007).

    hashes: uint64[k], rising, distinct; all audiences of one question are hashed by the same function, so a
    person who is sampled once is seen in every audience. size: people in the whole audience.
    """

    hashes: Hashes
    size: int
    basis = "hash_sample"

    def __post_init__(self) -> None:
        _check(len(self.hashes), self.size)
        if np.any(self.hashes[1:] <= self.hashes[:-1]):
            raise BadAudience("hashes must rise and be distinct")

    @property
    def whole(self) -> bool:
        """Whether the sample is the audience."""
        return len(self.hashes) == self.size


@dataclass(frozen=True, slots=True)
class SizeOnly:
    """Nobody is known, only how many they are."""

    size: int
    basis = "size"

    def __post_init__(self) -> None:
        if self.size < 0:
            raise BadAudience(f"an audience of {self.size} people")


Audience: TypeAlias = Everybody | UniformSample | HashSample | SizeOnly


def _check(sampled: int, size: int) -> None:
    """An audience of nobody is known whole; of any other somebody has to be sampled."""
    if sampled > size or (size and not sampled):
        raise BadAudience(f"a sample of {sampled} people out of {size}")


def ordinals(members: BitMap) -> Ordinals:
    """The members as a rising uint32 array.

    >>> ordinals(BitMap([7, 3])).tolist()
    [3, 7]
    """
    return np.frombuffer(members.to_array(), dtype=np.uint32)


def hashed(people: Iterable[int] | Ordinals) -> Hashes:
    """A 64-bit hash per ordinal, in the order given.

    >>> hashed([0, 1]).tolist()
    [16294208416658607535, 7960286522194355700]
    """
    bits = np.asarray(people, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15) + np.uint64(0x9E3779B97F4A7C15)
    for shift, factor in _MIXING:
        bits = (bits ^ (bits >> np.uint64(shift))) * np.uint64(factor)
    mixed: Hashes = bits ^ (bits >> np.uint64(31))
    return mixed


def bottom(members: BitMap, k: int) -> HashSample:
    """The hash sample of an audience of which everybody is known.

    >>> len(bottom(BitMap(range(100)), 10).hashes), bottom(BitMap([4]), 10).whole
    (10, True)
    """
    hashes = np.sort(hashed(ordinals(members)))
    return HashSample(hashes[:k], len(members))
