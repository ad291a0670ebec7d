"""The overlap of some audiences, exact or estimated (pure; kernels are loaded where they are called)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import cast

import numpy as np
from numpy.typing import NDArray
from pyroaring import BitMap

from graph.audiences import Audience, Everybody, HashSample, UniformSample, hashed, ordinals
from graph.estimates import Estimate, exactly, missing

Cells = NDArray[np.float64]
Members = Everybody | UniformSample
# All pairs of so many are shown as matrices.
MOST_PAIRS = 200
# A pair of samples is estimated by itself: by hashes in .3 ms, else in 3 ms, most of it the interval.
MOST_SAMPLED = {"hash_samples": 100, "uniform_samples": 50, "mixed_samples": 50}


@dataclass(frozen=True, slots=True)
class Shared:
    """People in both of two audiences, float64[m, m] each, the sizes on the diagonal; NaN: not known.

    value has the figures, low and high their intervals, or bounds where there is no value.
    """

    value: Cells
    low: Cells
    high: Cells

    @classmethod
    def nothing(cls, size: int) -> "Shared":
        return cls(*(np.full((size, size), np.nan) for _ in range(3)))

    def put(self, rows: Sequence[int], inner: "Shared") -> None:
        """Writes the pairs of a group at the places of its accounts."""
        place = np.ix_(rows, rows)
        self.value[place], self.low[place], self.high[place] = inner.value, inner.low, inner.high


@dataclass(frozen=True, slots=True)
class Counted:
    """Of audiences whose people can be told apart, in their order.

    shared: None of more samples than MOST_SAMPLED; marginal and cumulative are empty then. frequency: people
    in exactly one, two, ... audiences; empty where it can't be told.
    """

    method: str
    total: int
    unique: Estimate
    shared: Shared | None
    unique_shares: list[Estimate]
    marginal: list[Estimate]
    cumulative: list[Estimate]
    frequency: list[Estimate]


def count(audiences: Sequence[Audience]) -> Counted:
    """Sets and samples alike; never sizes alone."""
    kinds = {type(each) for each in audiences}
    if kinds <= {Everybody}:
        return _exactly(cast(Sequence[Everybody], audiences))
    if kinds <= {Everybody, HashSample}:
        return _estimated([as_hashes(each) for each in audiences], "hash_samples")
    method = "uniform_samples" if HashSample not in kinds else "mixed_samples"
    return _estimated(audiences, method)


def _exactly(audiences: Sequence[Everybody]) -> Counted:
    from graph.overlap import overlap  # loads numba

    found = overlap([each.members for each in audiences])
    cells = found.shared.astype(np.float64)
    shares = [
        missing("exact", "no_followers") if share != share else exactly(share, float(size))
        for share, size in zip(found.unique_share.tolist(), found.sizes.tolist(), strict=True)
    ]
    return Counted(
        method="exact",
        total=found.total_followers,
        unique=exactly(float(found.unique_followers), float(found.unique_followers)),
        shared=Shared(cells, cells, cells),
        unique_shares=shares,
        marginal=[exactly(float(each)) for each in found.marginal.tolist()],
        cumulative=[exactly(float(each)) for each in np.cumsum(found.marginal).tolist()],
        frequency=[exactly(float(each)) for each in found.depth.tolist()[1:]],
    )


def as_hashes(each: Audience) -> HashSample:
    if isinstance(each, Everybody):
        return HashSample(np.sort(hashed(ordinals(each.members))), each.size)
    return cast(HashSample, each)


def _estimated(audiences: Sequence[Audience], method: str) -> Counted:
    from graph.sampled import cumulative, unique_followers, unique_shares  # loads numba

    few = len(audiences) <= MOST_SAMPLED[method]
    steps = cumulative(audiences) if few else []
    return Counted(
        method=method,
        total=sum(each.size for each in audiences),
        unique=steps[-1] if few else unique_followers(audiences),
        shared=_pairs(audiences) if few else None,
        unique_shares=unique_shares(audiences),
        marginal=_differences(steps),
        cumulative=steps,
        frequency=_frequency(audiences) if method == "hash_samples" else [],
    )


def _pairs(audiences: Sequence[Audience]) -> Shared:
    """Sets that are known whole are counted at once; every other pair is estimated by itself."""
    from graph.sampled import shared_followers  # loads numba

    shared = Shared.nothing(len(audiences))
    whole = [place for place, each in enumerate(audiences) if isinstance(each, Everybody)]
    if len(whole) > 1:
        inner = _exactly([cast(Everybody, audiences[place]) for place in whole]).shared
        shared.put(whole, cast(Shared, inner))
    for first, one in enumerate(audiences):
        shared.put([first], Shared(*(np.full((1, 1), float(one.size)) for _ in range(3))))
        for second in range(first + 1, len(audiences)):
            other = audiences[second]
            if not (isinstance(one, Everybody) and isinstance(other, Everybody)):
                _put(shared, first, second, shared_followers(*_renumbered(one, other)))
    return shared


def _renumbered(one: Audience, other: Audience) -> tuple[Audience, Audience]:
    """The same two audiences with people numbered from 0: estimates only see who is in both, and a walk over
    all numbers of the workspace would cost more than the people of a pair."""
    if isinstance(one, HashSample) or isinstance(other, HashSample):
        return one, other
    first, second = cast(Members, one).members, cast(Members, other).members
    both, size = first.intersection_cardinality(second), len(first)
    return (
        replace(cast(Members, one), members=BitMap(range(size))),
        replace(
            cast(Members, other), members=BitMap(range(both)) | BitMap(range(size, size + len(second) - both))
        ),
    )


def _put(shared: Shared, first: int, second: int, found: Estimate) -> None:
    for cells, part in (
        (shared.value, found.value),
        (shared.low, found.low),
        (shared.high, found.high),
    ):
        cells[first, second] = cells[second, first] = np.nan if part is None else part


def _differences(steps: Sequence[Estimate]) -> list[Estimate]:
    """What each adds: the difference of two figures whose intervals hold at the same time."""
    return [*steps[:1], *(_difference(before, after) for before, after in pairwise(steps))]


def _difference(before: Estimate, after: Estimate) -> Estimate:
    if before.low is None or before.high is None or after.low is None or after.high is None:
        return missing(after.basis, after.reason or before.reason or "missing")
    low, high = max(0.0, after.low - before.high), max(0.0, after.high - before.low)
    if before.value is None or after.value is None:
        return missing(after.basis, after.reason or before.reason or "missing", low, high)
    return Estimate(max(0.0, after.value - before.value), low, high, after.n, after.basis)


def _frequency(audiences: Sequence[Audience]) -> list[Estimate]:
    """People in exactly so many audiences, from those of whom all memberships are known.

    The count among them is binomial; the number that each stands for is taken as given.
    """
    from graph.hash_samples import common
    from graph.sample_intervals import wilson

    found = common(cast(Sequence[HashSample], audiences))
    people = len(found.hashes)
    counts = np.bincount(found.depth, minlength=len(audiences) + 1)[1:].tolist()
    if found.share == 1.0:
        return [exactly(float(each), people) for each in counts]
    if not people:
        return []
    made = []
    for each in counts:
        ends = wilson(each / people, people / (1 - found.share))
        low, high = (people * found.scale * end for end in ends)
        made.append(Estimate(each * found.scale, low, high, people, "hash_samples"))
    return made
