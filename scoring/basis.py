"""What an engagement rate counts and over which base (FORMULAS 1).

Counts have the same names on every platform: likes (reactions), comments (replies on X), shares (reposts on
X), saves, private (messages sent, sticker taps: first-party data only).
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from scoring.arrays import Codes, Floats
from scoring.scores import first_reason

COMPONENTS = ("public", "full")

PLATFORMS_BY_VIEWS = frozenset({"tiktok", "youtube", "twitch"})
FORMATS_BY_VIEWS = frozenset({"reel", "short"})
PLATFORMS_WITH_SHARES = frozenset({"tiktok", "facebook", "x"})


class Basis(NamedTuple):
    """Rates are comparable only where all four agree. `format` is feed, reel, short or story."""

    platform: str
    format: str
    base: str
    components: str


def default_base(platform: str, format: str = "feed") -> str:
    """What a rate is divided by unless the request says otherwise.

    >>> default_base("instagram"), default_base("instagram", "reel"), default_base("instagram", "story")
    ('followers', 'views', 'reach')
    """
    if format == "story":
        return "reach"
    return "views" if platform in PLATFORMS_BY_VIEWS or format in FORMATS_BY_VIEWS else "followers"


def component_names(platform: str, components: str = "public") -> tuple[str, ...]:
    """The counts that are summed.

    >>> component_names("instagram"), component_names("tiktok", "full")
    (('likes', 'comments'), ('likes', 'comments', 'shares', 'saves', 'private'))
    """
    if components not in COMPONENTS:
        raise ValueError(f"components must be one of {COMPONENTS}, not {components!r}")
    public = ("likes", "comments", *(("shares",) if platform in PLATFORMS_WITH_SHARES else ()))
    return public if components == "public" else (*public, "saves", "private")


def gaps(counts: Sequence[Floats], denominator: Floats) -> Codes:
    """Why a rate can't be had, per row: 0 where it can. The first of `counts` are the likes."""
    unknown = [np.isnan(count) | (count < 0) for count in counts]
    everything = np.logical_and.reduce(unknown)
    anything = np.logical_or.reduce(unknown)
    without_base = ~(denominator > 0)
    return first_reason(
        (everything, "no_rate"),
        (unknown[0], "hidden_likes"),
        (anything, "missing_components"),
        (without_base, "no_base"),
    )


def divided(numerator: Floats, denominator: Floats) -> Floats:
    """Quotient, NaN where the denominator is not positive.

    >>> divided(np.array([1.0, 1.0]), np.array([4.0, 0.0])).tolist()
    [0.25, nan]
    """
    positive = denominator > 0
    return np.where(positive, numerator / np.where(positive, denominator, 1.0), np.nan)
