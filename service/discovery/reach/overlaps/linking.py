"""What holds of people over linked platforms, where those without a link may be the same too (pure)."""

from collections.abc import Sequence
from dataclasses import replace

import msgspec
import numpy as np

from graph.audiences import Audience
from graph.estimates import Estimate
from service.discovery.reach.groups import by_platform, unlinked_may_be_same
from service.discovery.reach.overlaps.counting import Counted, Shared


def honest(counted: Counted, platforms: Sequence[str], audiences: Sequence[Audience]) -> Counted:
    """The same values; their ends say what no link tells. Of one platform everything stays.

    platforms, audiences: of the group, in the order it was counted in.
    """
    parts = by_platform(platforms, range(len(platforms)))
    if len(parts) < 2:
        return counted
    unique = unlinked_may_be_same(counted.unique, _each(audiences, parts))
    return replace(
        counted,
        unique=unique,
        shared=None if counted.shared is None else _cells(counted.shared, platforms, audiences),
        unique_shares=[_at_most(each) for each in counted.unique_shares],
        marginal=[
            each if set(platforms[:at]) <= {platforms[at]} else _at_most(each)
            for at, each in enumerate(counted.marginal)
        ],
        cumulative=[
            _up_to(each, platforms[: at + 1], audiences[: at + 1])
            for at, each in enumerate(counted.cumulative)
        ],
        frequency=[
            _times(each, times, counted.total, unique) for times, each in enumerate(counted.frequency, 1)
        ],
    )


def _each(audiences: Sequence[Audience], parts: Sequence[Sequence[int]]) -> list[Estimate]:
    from graph.sampled import unique_followers  # loads numba

    return [unique_followers([audiences[place] for place in part]) for part in parts]


def _up_to(found: Estimate, platforms: Sequence[str], audiences: Sequence[Audience]) -> Estimate:
    """At least the largest audience so far: whole platforms again and again would cost as much as all."""
    if len(set(platforms)) < 2 or found.low is None:
        return found
    low = min(found.low, float(max(each.size for each in audiences)))
    return msgspec.structs.replace(found, low=low, basis=_linked(found))


def _at_most(found: Estimate) -> Estimate:
    """Others may be the same people, so that nobody is left."""
    if found.high is None:
        return found
    return msgspec.structs.replace(found, low=0.0, basis=_linked(found))


def _times(found: Estimate, times: int, total: int, unique: Estimate) -> Estimate:
    """Those in one audience alone can only become fewer, those in more as many as there are places for."""
    most = total / times if unique.high is None else min(unique.high, total / times)
    high = found.high if times == 1 else most
    return msgspec.structs.replace(found, low=0.0, high=high, basis=_linked(found))


def _cells(shared: Shared, platforms: Sequence[str], audiences: Sequence[Audience]) -> Shared:
    """Two accounts of two platforms share those who are linked at least, and the smaller one at most."""
    names, sizes = np.array(platforms), np.array([float(each.size) for each in audiences])
    across = names[:, None] != names[None, :]
    most = np.minimum(sizes[:, None], sizes[None, :])
    return Shared(shared.value, shared.low, np.where(across, most, shared.high))


def _linked(found: Estimate) -> str:
    return found.basis if found.low is None else f"{found.basis}+links"
