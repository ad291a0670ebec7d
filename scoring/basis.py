"""What an engagement rate counts and over which base (FORMULAS 1).

Counts have the same names on every platform: likes (reactions), comments (replies on X), shares (reposts on
X), saves, private (messages sent, sticker taps: first-party data only). A component is one count or the
sum of some: a post sent to a friend on Instagram is a share in one source, a private interaction in another.
"""

from collections.abc import Mapping, Sequence
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


def settled_components(format: str, components: str | None = None) -> str:
    """`public` unless asked otherwise; a story has no public interactions, so its own are always all of them.

    >>> settled_components("feed"), settled_components("feed", "full"), settled_components("story", "public")
    ('public', 'full', 'full')
    """
    if components is not None and components not in COMPONENTS:
        raise ValueError(f"components must be one of {COMPONENTS}, not {components!r}")
    return "full" if format == "story" else components or "public"


def settled(
    platform: str, format: str = "feed", base: str | None = None, components: str | None = None
) -> Basis:
    """The basis of a rate, with the defaults of platform and format where nothing is asked for.

    >>> settled("tiktok")
    Basis(platform='tiktok', format='feed', base='views', components='public')
    """
    return Basis(
        platform, format, base or default_base(platform, format), settled_components(format, components)
    )


def component_names(platform: str, components: str = "public", format: str = "feed") -> tuple[str, ...]:
    """The components that are summed; of a story its interactions in one.

    >>> component_names("instagram"), component_names("tiktok", "full")
    (('likes', 'comments'), ('likes', 'comments', 'shares', 'saves', 'private'))
    >>> component_names("instagram", "full", "story")
    ('interactions',)
    """
    components = settled_components(format, components)
    if format == "story":
        return ("interactions",)
    public = ("likes", "comments", *(("shares",) if platform in PLATFORMS_WITH_SHARES else ()))
    return public if components == "public" else (*public, "saves", "private")


def component(platform: str, name: str, counts: Mapping[str, Floats], size: int) -> Floats:
    """A component of `size` posts or accounts: the sum of what is known of it, NaN where nothing is.

    >>> counts = {"shares": np.array([3.0, np.nan]), "private": np.array([1.0, np.nan])}
    >>> component("instagram", "private", counts, 2).tolist(), component("x", "private", counts, 2).tolist()
    ([4.0, nan], [1.0, nan])
    """
    columns = [counts[part] for part in _parts(platform, name) if part in counts]
    if not columns:
        return np.full(size, np.nan)
    known = [~np.isnan(column) & (column >= 0) for column in columns]
    pairs = zip(columns, known, strict=True)
    total = sum((np.where(there, column, 0.0) for column, there in pairs), np.zeros(size))
    return np.where(np.logical_or.reduce(known), total, np.nan)


def _parts(platform: str, name: str) -> tuple[str, ...]:
    if name == "interactions":
        return ("likes", "comments", "shares", "private")
    if name == "private" and platform not in PLATFORMS_WITH_SHARES:
        return ("private", "shares")
    return (name,)


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
