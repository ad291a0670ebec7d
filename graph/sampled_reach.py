"""Unique reach from bottom-k hash samples: of the people of whom all memberships are known, each stands for
as many of all (see `hash_samples`).

With g_p the chance that person p is reached and d_p the audiences that she is in, reach is estimated as
sum N_i x sum g / sum d (a ratio estimate; Cochran 1977, chapter 6); its error is independent of that of the
rates, so that both squares add up.
"""

import math
from collections.abc import Sequence

import numpy as np
from msgspec.structs import replace
from numpy.typing import NDArray

from graph.audiences import HashSample
from graph.contacts import Presence
from graph.estimates import Estimate, Z, missing
from graph.hash_samples import Common, common
from graph.hash_samples import unique_followers as people_of
from graph.reach import BASIS as RATES
from graph.reach import Reached, reach

BASIS = f"{RATES}+hash_samples"
# Of fewer people the error of a mean is not to be told.
FEWEST = 30


def sampled_reach(
    samples: Sequence[HashSample], presences: Sequence[Presence], target: Sequence[float] | None = None
) -> Reached | None:
    """What `graph.reach.reach` says, of samples; None where too few people are sampled.

    Everything counts people of the audiences, not of the samples; n: people of whom all is known.

    >>> from graph.contacts import Posts, ReachRate
    >>> from graph.audiences import bottom
    >>> from pyroaring import BitMap
    >>> half = Presence((Posts(ReachRate(0.5, 0.5, 0.5), 1),))
    >>> samples = [bottom(BitMap(range(5000)), 1000), bottom(BitMap(range(2500, 7500)), 1000)]
    >>> found = sampled_reach(samples, [half, half])
    >>> 4300 < found.unique_reach.low < 4375 < found.unique_reach.high < 4450
    True
    """
    found = common(samples)
    if found.share < 1 and len(found.hashes) < FEWEST:
        return None
    members = found.members()
    inside = reach(members, presences, target)
    scale = found.scale
    unique = people_of(samples).value or 0.0
    error = 0.0 if found.share == 1 else scale * _error(found, presences, target)
    return replace(
        inside,
        unique_followers=round(unique),
        unique_reach=_wider(inside.unique_reach, scale, error, unique, len(found.hashes)),
        twice=inside.twice * scale,
        thrice=inside.thrice * scale,
        impressions=inside.impressions * scale,
        marginal=tuple(each * scale for each in inside.marginal),
        exclusive=tuple(each * scale for each in inside.exclusive),
    )


def _wider(inside: Estimate, scale: float, error: float, people: float, n: int) -> Estimate:
    value = (inside.value or 0.0) * scale
    if inside.low is None or inside.high is None:
        return Estimate(value, None, None, n, BASIS, inside.reason)
    low = math.hypot(value - inside.low * scale, error)
    high = math.hypot(inside.high * scale - value, error)
    return Estimate(value, max(0.0, value - low), max(value, min(people, value + high)), n, BASIS)


def _error(found: Common, presences: Sequence[Presence], target: Sequence[float] | None) -> float:
    """Half of the 95% interval of the sum of the chances, at a given number of memberships."""
    reached = _reached(found, presences, target)
    residuals = reached - reached.sum() / float(found.depth.sum()) * found.depth
    return Z * math.sqrt(float((residuals**2).sum()) * (1 - found.share))


def _reached(
    found: Common, presences: Sequence[Presence], target: Sequence[float] | None
) -> NDArray[np.float64]:
    """Per sampled person the chance to be reached, times her weight."""
    missed, weight = np.ones(len(found.hashes)), np.zeros(len(found.hashes))
    for place, (kept, presence) in enumerate(zip(found.kept, presences, strict=True)):
        people = np.searchsorted(found.hashes, kept)
        missed[people] *= presence.missed()
        weight[people] += 1.0 if target is None else target[place]
    return weight / found.depth * (1 - missed)


def bounds(
    sizes: Sequence[int], presences: Sequence[Presence], target: Sequence[float] | None, reason: str
) -> Estimate:
    """Between which numbers the reach lies, however the audiences overlap.

    At least that of the account that reaches most alone, at most all of them added up; rates at their ends.

    >>> from graph.contacts import Posts, ReachRate
    >>> half = Presence((Posts(ReachRate(0.5, 0.4, 0.6), 1),))
    >>> found = bounds([100, 50], [half, half], None, "sizes_only")
    >>> round(found.low), round(found.high), found.value
    (40, 90, None)
    """
    if target is not None:
        # A person's weight depends on what else she follows: between the shares of the accounts.
        least, most = min(target, default=1.0), max(target, default=1.0)
    else:
        least = most = 1.0
    ends = [presence.chances() for presence in presences]
    low = max((size * low for size, (low, _) in zip(sizes, ends, strict=True)), default=0.0)
    high = sum(size * high for size, (_, high) in zip(sizes, ends, strict=True))
    return missing("bounds", reason, low * least, high * most)
