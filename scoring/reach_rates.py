"""The built-in table of reach rates: published figures by followers, where nothing is known of the posts.

Every row of data/reach_rates.json names its source and year. What they say of one account is little: the
interval spans what accounts of a tier differ by.
"""

from functools import cache
from importlib.resources import files
from math import exp

import msgspec
from msgspec import Struct

Z = 1.959963984540054


class Row(Struct, frozen=True, rename={"low": "from", "high": "to"}):
    """One tier of one study. rate: people reached over followers, a fraction."""

    platform: str
    format: str
    low: float
    high: float | None
    rate: float
    statistic: str
    source: str
    year: int

    def holds(self, platform: str, format: str, followers: float) -> bool:
        """Whether it is about such an account."""
        inside = self.low <= followers and (self.high is None or followers < self.high)
        return inside and (self.platform, self.format) == (platform, format)


class Table(Struct, frozen=True):
    """The whole file. sigma: spread of ln rate among accounts of a tier; sources: a card for each source."""

    as_of: str
    note: str
    sigma: float
    sigma_note: str
    sources: dict[str, dict[str, str]]
    rows: list[Row]


@cache
def table() -> Table:
    """The table as it ships.

    >>> all(row.source in table().sources for row in table().rows)
    True
    """
    return msgspec.json.decode(files("scoring.data").joinpath("reach_rates.json").read_bytes(), type=Table)


def built_in(platform: str, format: str, followers: float | None) -> Row | None:
    """The row for an account; None where nothing is published, or its followers are not known.

    >>> built_in("instagram", "story", 50_000).rate, built_in("tiktok", "feed", 50_000)
    (0.0775, None)
    """
    if followers is None:
        return None
    return next((row for row in table().rows if row.holds(platform, format, followers)), None)


def factor() -> float:
    """By which 95% of the accounts lie above or below the rate that is expected of one of them, at most.

    >>> round(factor(), 2)
    3.79
    """
    return exp(Z * table().sigma)


def spread(rate: float) -> tuple[float, float]:
    """Between which rates 95% of the accounts lie of which one is expected to have `rate`.

    >>> [round(end, 3) for end in spread(0.2)]
    [0.053, 0.758]
    """
    return rate / factor(), min(1.0, rate * factor())
