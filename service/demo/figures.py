"""How many followers, views and interactions a made-up account has.

The shapes are the known ones, so that a score has something to find: followers are log-normal; engagement by
followers falls with size on Instagram and X; on TikTok and YouTube it is flat by views, and views per
follower fall. The levels are plausible round figures, not measurements.
"""

from math import exp
from random import Random
from typing import NamedTuple

_MEDIAN_FOLLOWERS = {"instagram": 24_000, "tiktok": 38_000, "youtube": 26_000, "x": 15_000}
_SMALLEST, _LARGEST = 1_000, 12_000_000


class Level(NamedTuple):
    """What all posts of one account have in common: factors around 1 and the share of comments."""

    engagement: float
    views: float
    comments: float
    organic: float  # followers that are people / followers


class Counts(NamedTuple):
    """The public counters of one post; None where the platform shows none."""

    likes: int
    views: int | None
    comments: int
    shares: int | None


def followers(rng: Random, platform: str, size: float) -> int:
    """Followers of an account of a person whose popularity is `size` standard deviations above the median."""
    drawn = _MEDIAN_FOLLOWERS[platform] * exp(1.5 * (0.8 * size + 0.6 * rng.gauss(0, 1)))
    return int(min(_SMALLEST + drawn, _LARGEST))


def level(rng: Random, organic: float) -> Level:
    """An account's own level; who bought followers keeps the interactions of the organic ones."""
    return Level(
        engagement=exp(rng.gauss(0, 0.4)),
        views=exp(rng.gauss(0, 0.3)),
        comments=exp(rng.gauss(0, 0.4)),
        organic=organic,
    )


def counts(rng: Random, platform: str, format: str, audience: int, own: Level) -> Counts:
    """The counters of one ordinary post by an account with `audience` followers."""
    people = max(audience * own.organic, 1.0)
    size = people / 10_000
    spread, liking = exp(rng.gauss(0, 0.35)), exp(rng.gauss(0, 0.2))
    if platform == "tiktok":
        views = people * 0.8 * size**-0.35 * own.views * spread**2
        return _split(views * 0.13 * own.engagement**0.5 * liking, views, 0.02 * own.comments, 0.08)
    if platform == "youtube":
        views = people * (0.18 if format == "video" else 0.3) * size**-0.12 * own.views * spread**1.5
        return _split(views * 0.045 * own.engagement * liking, views, 0.09 * own.comments, None)
    if platform == "x":
        views = people * 0.35 * own.views * spread
        return _split(
            people * 0.009 * size**-0.25 * own.engagement * spread, views, 0.07 * own.comments, 0.11
        )
    if format == "reel":
        views = people * 0.6 * size**-0.12 * own.views * spread**2
        return _split(views * 0.05 * own.engagement * liking, views, 0.03 * own.comments, None)
    return _split(people * 0.033 * size**-0.2 * own.engagement * spread, None, 0.035 * own.comments, None)


def scaled(seen: Counts, factor: float) -> Counts:
    """The same post with `factor` times the interactions (views stay: they are bought with the post)."""
    shares = None if seen.shares is None else int(seen.shares * factor)
    return Counts(int(seen.likes * factor), seen.views, int(seen.comments * factor), shares)


def _split(interactions: float, views: float | None, comments: float, shares: float | None) -> Counts:
    return Counts(
        likes=int(interactions * (1 - comments - (shares or 0))),
        views=None if views is None else int(max(views, interactions)),
        comments=int(interactions * comments),
        shares=None if shares is None else int(interactions * shares),
    )
