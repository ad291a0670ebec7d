"""Unique followers and overlap of audiences of any kind: the answer's basis names what it was made of.

exact: everybody is known. uniform_samples, hash_samples: estimated, the audiences known whole counted in.
bounds: no value, only what the truth can't pass; the reason says why.
"""

from collections.abc import Sequence
from typing import cast

import numpy as np

from graph import hash_samples, uniform_samples
from graph.audiences import Audience, Everybody, HashSample, SizeOnly, UniformSample, hashed, ordinals
from graph.estimates import Estimate, exactly, missing

BOUNDS = "bounds"


def unique_followers(audiences: Sequence[Audience]) -> Estimate:
    """People in any of the audiences, with a 95% interval.

    Samples by hash next to audiences known whole have to be of `hashed(ordinals)`. Null with bounds where
    samples of both kinds meet (`mixed_samples`: how many people they share is not to be seen), where an
    audience is a mere size (`sizes_only`), and where samples tell too little (`too_few_matches`,
    `too_few_sampled`) or contradict the sizes (`too_many_matches`).

    >>> from pyroaring import BitMap
    >>> unique_followers([Everybody(BitMap([1, 2])), Everybody(BitMap([2, 3]))]).value
    3.0
    >>> found = unique_followers([Everybody(BitMap([1, 2])), SizeOnly(9)])
    >>> found.value, found.low, found.high, found.reason
    (None, 9.0, 11.0, 'sizes_only')
    """
    if len(audiences) == 1:
        return exactly(float(audiences[0].size), basis=audiences[0].basis)
    sizes = [each.size for each in audiences if isinstance(each, SizeOnly)]
    known = [each for each in audiences if not isinstance(each, SizeOnly)]
    found = _known(known)
    if not sizes:
        return found
    least = max(max(sizes), _floor(found))
    return missing(BOUNDS, "sizes_only", float(least), float(sum(sizes)) + _ceiling(found))


def _known(known: Sequence[Audience]) -> Estimate:
    if len(known) < 2:
        return exactly(float(sum(each.size for each in known)))
    if not any(isinstance(each, HashSample) for each in known):
        return uniform_samples.unique_followers(cast(Sequence[Everybody | UniformSample], known))
    if not any(isinstance(each, UniformSample) for each in known):
        return hash_samples.unique_followers(_as_hashes(known))
    by_hash = _known([each for each in known if isinstance(each, HashSample)])
    others = _known([each for each in known if not isinstance(each, HashSample)])
    low, high = max(_floor(by_hash), _floor(others)), _ceiling(by_hash) + _ceiling(others)
    return missing(BOUNDS, "mixed_samples", low, high)


def _as_hashes(known: Sequence[Audience]) -> list[HashSample]:
    return [
        HashSample(np.sort(hashed(ordinals(each.members))), each.size)
        if isinstance(each, Everybody)
        else cast(HashSample, each)
        for each in known
    ]


def _floor(found: Estimate) -> float:
    return found.low or 0.0


def _ceiling(found: Estimate) -> float:
    return found.high or 0.0


def shared_followers(first: Audience, second: Audience) -> Estimate:
    """People in both audiences, with a 95% interval.

    >>> found = shared_followers(SizeOnly(5), SizeOnly(9))
    >>> found.low, found.high, found.reason
    (0.0, 5.0, 'sizes_only')
    """
    union = unique_followers([first, second])
    total, most = float(first.size + second.size), float(min(first.size, second.size))

    def repeated(unique: float | None) -> float | None:
        return None if unique is None else min(max(total - unique, 0.0), most)

    value, low, high = repeated(union.value), repeated(union.high), repeated(union.low)
    return Estimate(value, low, high, union.n, union.basis, union.reason)


def unique_shares(audiences: Sequence[Audience]) -> list[Estimate]:
    """Per audience the share of it that no other has, with a 95% interval.

    >>> from pyroaring import BitMap
    >>> [each.value for each in unique_shares([Everybody(BitMap([1, 2])), Everybody(BitMap([2, 3, 4, 5]))])]
    [0.5, 0.75]
    """
    kinds = {type(each) for each in audiences}
    if kinds <= {Everybody, UniformSample}:
        return uniform_samples.unique_shares(cast(Sequence[Everybody | UniformSample], audiences))
    if kinds <= {Everybody, HashSample}:
        return hash_samples.unique_shares(_as_hashes(audiences))
    reason = "sizes_only" if SizeOnly in kinds else "mixed_samples"
    return [missing(BOUNDS, reason, 0.0, 1.0) for _ in audiences]


def cumulative(audiences: Sequence[Audience]) -> list[Estimate]:
    """Unique followers of the first, the first two, ... in the order given.

    >>> from pyroaring import BitMap
    >>> [each.value for each in cumulative([Everybody(BitMap([1, 2])), Everybody(BitMap([2, 3]))])]
    [2.0, 3.0]
    """
    return [unique_followers(audiences[: place + 1]) for place in range(len(audiences))]
