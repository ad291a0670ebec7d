"""How often one account's planned posts reach one of its followers."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Shares = NDArray[np.float64]


class BadRate(ValueError):
    """A chance or a share that is none, or ends of an interval in the wrong order."""


@dataclass(frozen=True, slots=True)
class ReachRate:
    """Chance of a follower to be reached by one post, with its interval where there is one.

    assumed: taken from a table for accounts of the size, not from this account's own figures.

    >>> ReachRate(0.2, 0.1, 0.3).known
    True
    """

    value: float
    low: float | None = None
    high: float | None = None
    assumed: bool = False

    def __post_init__(self) -> None:
        low, high = self.ends
        if not 0 <= low <= self.value <= high <= 1:
            raise BadRate(f"a reach rate of {self.value} between {self.low} and {self.high}")

    @property
    def known(self) -> bool:
        """Whether there is an interval."""
        return self.low is not None and self.high is not None

    @property
    def ends(self) -> tuple[float, float]:
        """The interval, or the value twice."""
        low = self.value if self.low is None else self.low
        return low, self.value if self.high is None else self.high


@dataclass(frozen=True, slots=True)
class Posts:
    """Planned posts of one format."""

    rate: ReachRate
    count: int

    def __post_init__(self) -> None:
        if self.count < 0:
            raise BadRate(f"{self.count} posts")


@dataclass(frozen=True, slots=True)
class Presence:
    """What one account is planned to publish; fakes: share of its followers who are nobody.

    >>> Presence((Posts(ReachRate(0.5), 2),), fakes=0.2).impressions
    0.8
    """

    posts: tuple[Posts, ...]
    fakes: float = 0.0

    def __post_init__(self) -> None:
        if not 0 <= self.fakes <= 1:
            raise BadRate(f"a share of fakes of {self.fakes}")

    @property
    def impressions(self) -> float:
        """Expected contacts per follower."""
        return (1 - self.fakes) * sum(each.rate.value * each.count for each in self.posts)

    @property
    def assumed(self) -> bool:
        """Whether any rate is."""
        return any(each.rate.assumed for each in self.posts if each.count)

    def contacts(self) -> Shares:
        """Chances of no, one, two contacts of a follower: fakes are never reached.

        >>> Presence((Posts(ReachRate(0.5), 2),)).contacts().tolist()
        [0.25, 0.5, 0.25]
        """
        return _mixed(self.posts, self.fakes)

    def missed(self) -> float:
        """Chance that a follower sees none of the posts."""
        return float(self.contacts()[0])

    def chances(self) -> tuple[float, float]:
        """Chance of a follower to be reached with all rates at their low and at their high ends.

        >>> Presence((Posts(ReachRate(0.5, 0.25, 1.0), 1),), fakes=0.5).chances()
        (0.125, 0.5)
        """
        low, high = (
            _mixed([Posts(ReachRate(each.rate.ends[side]), each.count) for each in self.posts], self.fakes)
            for side in (0, 1)
        )
        return float(1 - low[0]), float(1 - high[0])

    def shifts(self) -> list[tuple[float, float, bool]]:
        """Per format how `missed` changes with its rate at the low and at the high end, and if it is assumed.

        >>> Presence((Posts(ReachRate(0.5, 0.25, 0.75), 1),)).shifts()
        [(0.25, -0.25, False)]
        """
        now = self.missed()
        return [
            (self._missed_at(place, low) - now, self._missed_at(place, high) - now, each.rate.assumed)
            for place, each in enumerate(self.posts)
            for low, high in [each.rate.ends]
        ]

    def _missed_at(self, place: int, rate: float) -> float:
        posts = list(self.posts)
        posts[place] = Posts(ReachRate(rate), posts[place].count)
        return float(_mixed(posts, self.fakes)[0])


# Everybody who follows: what makes unique reach the same as unique followers.
EVERYBODY = Presence((Posts(ReachRate(1.0, 1.0, 1.0), 1),))


def _mixed(posts: Sequence[Posts], fakes: float) -> Shares:
    chances = np.array([1.0, 0.0, 0.0])
    for each in posts:
        chances = np.convolve(chances, _binomial(each.rate.value, each.count))[:3]
    return (1 - fakes) * chances + fakes * np.array([1.0, 0.0, 0.0])


def _binomial(rate: float, count: int) -> Shares:
    """Chances of 0, 1 and 2 successes."""
    miss = 1 - rate
    once = count * rate * miss ** (count - 1) if count else 0.0
    twice = count * (count - 1) / 2 * rate * rate * miss ** (count - 2) if count > 1 else 0.0
    return np.array([miss**count, once, twice])
