"""Audiences drawn from a population, sampled again and again: whether intervals cover what they promise."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray
from pyroaring import BitMap

from graph.audiences import Audience, HashSample, UniformSample, hashed
from graph.sampled import unique_followers

Ordinals = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Drawn:
    """`audiences` of `size` people each out of `people`, of which `share` is sampled.

    core: share of each audience that comes from the same few people, who follow many accounts.
    """

    audiences: int
    share: float
    people: int = 100_000
    size: int = 20_000
    core: float = 0.0


class Covered(NamedTuple):
    """share: of simulations whose interval holds the truth; valued: with a value; bias, width: relative."""

    share: float
    valued: float
    bias: float
    width: float


Sampler = Callable[[Sequence[Ordinals], float, Generator], Sequence[Audience]]


def audiences(drawn: Drawn, rng: Generator) -> list[Ordinals]:
    """The audiences, whole.

    >>> [len(each) for each in audiences(Drawn(2, 0.1, 50, 20, core=0.5), np.random.default_rng(1))]
    [20, 20]
    """
    inner = int(drawn.size * drawn.core)
    first = rng.permutation(drawn.people)
    core, others = first[: 2 * inner], first[2 * inner :]
    return [
        np.concatenate(
            [rng.choice(core, inner, replace=False), rng.choice(others, drawn.size - inner, replace=False)]
        )
        for _ in range(drawn.audiences)
    ]


def uniformly(whole: Sequence[Ordinals], share: float, rng: Generator) -> list[Audience]:
    """Independent samples without replacement."""
    return [
        UniformSample(
            BitMap(np.sort(rng.choice(each, round(share * len(each)), replace=False)).tolist()), len(each)
        )
        for each in whole
    ]


def by_hash(whole: Sequence[Ordinals], share: float, rng: Generator) -> list[Audience]:
    """The smallest hashes of each, by a hash function of this draw."""
    salt = np.uint64(rng.integers(0, 2**63))
    return [
        HashSample(np.sort(hashed(hashed(each) ^ salt))[: round(share * len(each))], len(each))
        for each in whole
    ]


def covered(drawn: Drawn, sampler: Sampler, simulations: int, seed: int) -> Covered:
    """How often the interval of unique followers holds the truth.

    >>> covered(Drawn(2, 0.5, 500, 200), by_hash, 20, seed=1).share > 0.7
    True
    """
    rng = np.random.default_rng(seed)
    whole = audiences(drawn, rng)
    truth = float(len(np.unique(np.concatenate(whole))))
    held, values, widths = [], [], []
    for _ in range(simulations):
        found = unique_followers(sampler(whole, drawn.share, rng))
        low, high = found.low or 0.0, found.high or 0.0
        held.append(low <= truth <= high)
        widths.append((high - low) / truth)
        if found.value is not None:
            values.append(found.value / truth - 1)
    bias = float(np.mean(values)) if values else 0.0
    return Covered(float(np.mean(held)), len(values) / simulations, bias, float(np.mean(widths)))
