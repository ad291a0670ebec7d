"""Audiences and costs made up for the reach benchmark, and what bitmaps alone do with them: the floors."""

from array import array
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from pyroaring import BitMap

# Of a thousand accounts, each of 100,000 followers out of 5 million people.
PEOPLE_EACH, FOLLOWERS_EACH = 5_000, 100
# The budget buys about so many accounts.
BOUGHT = 40


class MadeUp(NamedTuple):
    """costs and budget: minor units; about as many per follower, more or less by half."""

    audiences: list[BitMap]
    costs: list[int]
    budget: int


def make(count: int, seed: int) -> MadeUp:
    """`count` audiences of 100 x count followers out of 5,000 x count people."""
    rng = np.random.default_rng(seed)
    audiences = []
    for _ in range(count):
        drawn = rng.integers(0, PEOPLE_EACH * count, FOLLOWERS_EACH * count, dtype=np.uint32)
        audiences.append(BitMap(array("I", drawn.tobytes())))
    rates = rng.lognormal(2, 0.5, count).tolist()
    costs = [max(1, int(len(each) * rate)) for each, rate in zip(audiences, rates, strict=True)]
    return MadeUp(audiences, costs, sum(costs) * min(BOUGHT, count) // (2 * count))


def count_pairs(audiences: Sequence[BitMap], pairs: Sequence[tuple[int, int]]) -> int:
    """People shared, pair by pair; the sum of all pairs."""
    return sum(audiences[one].intersection_cardinality(audiences[other]) for one, other in pairs)


def choose_by_bitmaps(made: MadeUp) -> list[int]:
    """Greedy by reach per cost, counting what every account adds anew in every step."""
    order: list[int] = []
    reached, left = BitMap(), made.budget
    free = set(range(len(made.costs)))
    while True:
        free = {place for place in free if made.costs[place] <= left}
        adds = {
            place: len(made.audiences[place]) - made.audiences[place].intersection_cardinality(reached)
            for place in sorted(free)
        }
        best = max(adds, key=lambda place: adds[place] / made.costs[place], default=None)
        if best is None or not adds[best]:
            return order
        order.append(best)
        free.remove(best)
        left -= made.costs[best]
        reached |= made.audiences[best]
