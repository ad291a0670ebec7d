"""Unique reach: people who are expected to see a post, each once, and how often they see one.

Person p is missed by the posts of account i with chance q_i, so

    unique_reach = sum over p of w_p (1 - prod_{i of p} q_i)

and the contacts of a person are a sum of independent trials (Poisson-binomial; Wang 1993), of which the
chances of none, one and two are kept. Two things are assumed: contacts are independent given who follows
whom, and the fakes of different accounts are different ones. w_p is 1, or the chance of p to be in the target
audience: the mean of the target shares of the accounts that p follows.
"""

import math
from collections.abc import Sequence

import numpy as np
from msgspec import Struct
from msgspec.structs import replace
from numpy.typing import NDArray
from pyroaring import BitMap

from graph.audiences import Ordinals
from graph.blocks import Offsets, blocks
from graph.contacts import Presence
from graph.estimates import Estimate
from graph.jit import kernel

Shares = NDArray[np.float64]
Flags = NDArray[np.bool_]
BASIS = "reach_rates"
# Stands for a chance of 0, so that it can be divided out again; far below what a sum over people shows.
TINY = 1e-18
# What is kept of a person: chances of no, one and two contacts; weight, audiences, impressions, whether any
# account that publishes is followed; the chance that those before an account missed her.
NONE, ONCE, TWICE, WEIGHT, TIMES, SEEN, FOLLOWS, LEFT = range(8)
# Eight numbers a person, one line of the cache: 8 MB a block.
LONGEST = 1 << 17


class Reached(Struct, frozen=True):
    """Of a set of accounts with their planned posts.

    unique_reach: people reached at least once; twice, thrice: at least so often. impressions: contacts with
    followers. average_frequency: impressions / unique_reach, null where nobody is reached. assumed: places of
    the accounts with a rate that is not their own. Weighted by the target where there is one. marginal: per
    account, in the order of the audiences, what it adds to those before it; exclusive: what all lose without
    it.
    """

    unique_followers: int
    unique_reach: Estimate
    twice: float
    thrice: float
    impressions: float
    average_frequency: float | None
    assumed: tuple[int, ...]
    marginal: tuple[float, ...] = ()
    exclusive: tuple[float, ...] = ()

    def share(self, people: float) -> float | None:
        """A number of people as a share of those reached at least once."""
        reached = self.unique_reach.value
        return people / reached if reached else None


def reach(
    audiences: Sequence[BitMap],
    presences: Sequence[Presence],
    target: Sequence[float] | None = None,
    taken: Sequence[int] | None = None,
) -> Reached:
    """What the planned posts reach among the followers.

    target: per account the share of its audience that counts. taken: the accounts that publish (default:
    all); the others only help to tell who is in the target.

    >>> from graph.contacts import Posts, ReachRate
    >>> half = Presence((Posts(ReachRate(0.5, 0.4, 0.6), 1),))
    >>> found = reach([BitMap([1, 2]), BitMap([2, 3])], [half, half])
    >>> found.unique_reach.value, found.twice, found.impressions, found.unique_followers
    (1.75, 0.25, 2.0, 3)
    >>> round(found.unique_reach.low, 3), round(found.unique_reach.high, 3)
    (1.538, 1.962)
    """
    if target is None and taken is not None:
        found = reach([audiences[place] for place in taken], [presences[place] for place in taken])
        assumed = tuple(place for place in sorted(taken) if presences[place].assumed)
        return replace(found, assumed=assumed)
    contacts = np.array([each.contacts() for each in presences]).reshape(len(presences), 3)
    shares = np.ones(len(audiences)) if target is None else np.array(target, dtype=np.float64)
    means = np.array([each.impressions for each in presences], dtype=np.float64)
    totals, slopes, marginal = np.zeros(5), np.zeros(len(audiences)), np.zeros(len(audiences))
    publish = np.zeros(len(audiences), dtype=np.bool_)
    publish[list(range(len(audiences)) if taken is None else taken)] = True
    state = np.zeros((LONGEST, 8))
    for block in blocks(audiences, LONGEST):
        mine = state[: block.width]
        mine[:] = 0
        _walk(block.members, block.bounds, mine, contacts, means, shares, publish, totals, slopes, marginal)
    once, twice, thrice, impressions, people = totals.tolist()
    chosen = np.flatnonzero(publish).tolist()
    return Reached(
        unique_followers=int(people),
        unique_reach=_interval(once, float(people), [presences[place] for place in chosen], slopes[chosen]),
        twice=twice,
        thrice=thrice,
        impressions=impressions,
        average_frequency=impressions / once if once else None,
        assumed=tuple(place for place in chosen if presences[place].assumed),
        marginal=tuple(marginal[chosen].tolist()),
        exclusive=tuple((slopes * (1 - np.maximum(contacts[:, 0], TINY)))[chosen].tolist()),
    )


def _interval(value: float, people: float, presences: Sequence[Presence], slopes: Shares) -> Estimate:
    """Ends recovered from those of the rates (MOVER; Zou and Donner 2008): reach is linear in each q_i.

    Measured rates err independently; assumed ones stand in one table and err together.
    """
    if any(not each.rate.known for presence in presences for each in presence.posts if each.count):
        return Estimate(value, None, None, people, BASIS, "rate_without_interval")
    ends = []
    for side in (0, 1):
        own, common = 0.0, 0.0
        for presence, slope in zip(presences, slopes.tolist(), strict=True):
            for shift in presence.shifts():
                change = shift[side] * slope
                own, common = (own, common + change) if shift[2] else (own + change * change, common)
        ends.append(math.hypot(math.sqrt(own), common))
    return Estimate(value, max(0.0, value - ends[0]), min(people, value + ends[1]), people, BASIS)


@kernel
def _walk(
    members: Ordinals,
    bounds: Offsets,
    state: Shares,
    contacts: Shares,
    means: Shares,
    shares: Shares,
    publish: Flags,
    totals: Shares,
    slopes: Shares,
    marginal: Shares,
) -> None:
    """totals: reached 1+, 2+, 3+ times, impressions, people; slopes: minus the derivative of reach by q_i;
    marginal: what each adds to those before it."""
    for audience in range(bounds.size - 1):
        zero, one, two = max(contacts[audience, 0], TINY), contacts[audience, 1], contacts[audience, 2]
        for at in range(bounds[audience], bounds[audience + 1]):
            person = state[members[at]]
            person[WEIGHT] += shares[audience]
            person[TIMES] += 1
            if not publish[audience]:
                continue
            if not person[FOLLOWS]:
                person[FOLLOWS], person[NONE] = 1, 1
            person[TWICE] = person[TWICE] * zero + person[ONCE] * one + person[NONE] * two
            person[ONCE] = person[ONCE] * zero + person[NONE] * one
            person[NONE] *= zero
            person[SEEN] += means[audience]
    for person in state:
        if person[FOLLOWS]:
            person[WEIGHT] /= person[TIMES]
            person[LEFT] = person[WEIGHT]
            _add(person, totals)
    for audience in range(bounds.size - 1):
        if not publish[audience]:
            continue
        zero = max(contacts[audience, 0], TINY)
        for at in range(bounds[audience], bounds[audience + 1]):
            person = state[members[at]]
            slopes[audience] += person[WEIGHT] * person[NONE] / zero
            marginal[audience] += person[LEFT] * (1 - zero)
            person[LEFT] *= zero


@kernel
def _add(person: Shares, totals: Shares) -> None:
    weight, reached = person[WEIGHT], 1 - person[NONE]
    totals[0] += weight * reached
    totals[1] += weight * max(0.0, reached - person[ONCE])
    totals[2] += weight * max(0.0, reached - person[ONCE] - person[TWICE])
    totals[3] += weight * person[SEEN]
    totals[4] += 1
