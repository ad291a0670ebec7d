"""The people a plan can be made on: everybody, or those of whom all memberships are known.

Where an audience is a bottom-k hash sample, all are seen through the hashes that every sample reaches: a
uniform sample of the people in any of them. What is decided on it holds for the sample, and its figures are
scaled. Audiences of which only a uniform sample or a size is known tell nothing of who is in two of them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from pyroaring import BitMap

from graph.audiences import Audience, Everybody, HashSample, SizeOnly, hashed, ordinals

SetReason = Literal["no_audience_set", "uniform_sample", "sample_too_small"]
Usable = Everybody | HashSample

# A sample of 1,000 knows a share to 3 points at most; a smaller one would coarsen all the others' too.
LEAST_SAMPLED = 1_000


@dataclass(frozen=True, slots=True)
class People:
    """members: per audience who is in it, as dense numbers; each stands for `scale` people.

    sampled: how many people the plan is made on, None where it is everybody.
    """

    members: tuple[BitMap, ...]
    scale: float
    sampled: int | None


def usable(audience: Audience | None) -> Usable | SetReason:
    """The audience, or why no plan can be made with it.

    >>> usable(SizeOnly(500))
    'no_audience_set'
    """
    if audience is None or isinstance(audience, SizeOnly):
        return "no_audience_set"
    if isinstance(audience, HashSample):
        small = not audience.whole and len(audience.hashes) < LEAST_SAMPLED
        return "sample_too_small" if small else audience
    return audience if isinstance(audience, Everybody) else "uniform_sample"


def gather(audiences: Sequence[Usable]) -> People:
    """Everybody where all are known whole, else the common sample.

    >>> found = gather([Everybody(BitMap([1, 2])), Everybody(BitMap([2]))])
    >>> [sorted(each) for each in found.members], found.scale, found.sampled
    ([[1, 2], [2]], 1.0, None)
    """
    whole = [each.members for each in audiences if isinstance(each, Everybody)]
    if len(whole) == len(audiences):
        return People(tuple(whole), 1.0, None)
    # It brings scipy along, which the API's start does without.
    from graph.hash_samples import common

    found = common([as_hashes(each) for each in audiences])
    sampled = None if found.share == 1.0 else len(found.hashes)
    return People(tuple(found.members()), found.scale, sampled)


def as_hashes(audience: Usable) -> HashSample:
    """An audience as a hash sample, which of one known whole is all of it."""
    if isinstance(audience, HashSample):
        return audience
    return HashSample(np.sort(hashed(ordinals(audience.members))), audience.size)
