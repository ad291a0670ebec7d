"""People reached who don't follow the account: what Reels and recommended videos bring. Never part of the
unique reach among followers, always beside it, as some may follow another account of the plan.

Who they are is not known, so how far the accounts reach the same ones is not either: at least as many as the
account that brings most, at most all of them added up. Where the number of people on the platform is given,
each post is taken to reach its people independently of the others.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from graph.contacts import BadRate
from graph.estimates import Estimate, exactly, missing

BASIS = "outside_followers"


@dataclass(frozen=True, slots=True)
class Outside:
    """One account's posts of a format: people outside its followers whom a post reaches, and how many."""

    people: float
    low: float
    high: float
    posts: int

    def __post_init__(self) -> None:
        if not 0 <= self.low <= self.people <= self.high or self.posts < 0:
            raise BadRate(f"{self.people} people between {self.low} and {self.high}, {self.posts} posts")


def reached_outside(formats: Sequence[Outside], population: float | None = None) -> Estimate:
    """People outside the followers who are reached, with bounds that no overlap passes.

    population: people on the platform who could be shown the posts; without it there is no value, with the
    reason `overlap_unknown`. n: posts.

    >>> found = reached_outside([Outside(100, 80, 120, 2), Outside(50, 40, 60, 1)])
    >>> found.value, found.low, found.high, found.reason
    (None, 80.0, 300.0, 'overlap_unknown')
    >>> reached_outside([Outside(100, 80, 120, 2)], population=1000).value
    190.0
    """
    planned = [each for each in formats if each.posts]
    if not planned:
        return exactly(0.0, 0.0, BASIS)
    posts = float(sum(each.posts for each in planned))
    low = float(max(each.low for each in planned))
    high = float(sum(each.high * each.posts for each in planned))
    if population is None:
        return missing(BASIS, "overlap_unknown", low, high)
    high = min(high, population)
    missed = math.prod(max(0.0, 1 - each.people / population) ** each.posts for each in planned)
    value = round(population * (1 - missed), 6)
    return Estimate(min(max(value, low), high), low, high, posts, BASIS)
