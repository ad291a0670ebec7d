"""The columns of each analysis as a spreadsheet. Pure."""

from collections.abc import Iterator
from typing import Any

import msgspec

from service.mentions.analyses.schemas import BrandShare, ShareOfVoice

GROUP = ("date", "starts_at", "value", "name")
VOLUME = (
    *GROUP,
    *("mentions", "authors", "unnamed", "reach", "reach_of_authors", "reach_known", "engagement"),
)
_NET = tuple(
    f"{name}.{part}"
    for name in ("net_sentiment", "net_sentiment_all")
    for part in ("raw", "corrected", "low", "high")
)
SENTIMENT = (
    *GROUP,
    *("mentions", "positive", "neutral", "negative", "abstained", "by_hand", *_NET, "mean_stars", "rated"),
)
SHARES = (
    *("date", "starts_at", "brand_id", "name", "own", "mentions_naming_it", "mentions.value"),
    *("mentions.share", "reach.value", "reach.share", "engagement.value", "engagement.share"),
)
AUTHORS = (
    *("platform", "handle", "name", "influencer_id", "influencer_name", "mentions", "reach", "reach_total"),
    *("engagement", "positive", "neutral", "negative", "net_sentiment", "last_mention_at"),
)


def share_lines(found: ShareOfVoice) -> list[dict[str, Any]]:
    """A line of each brand, of the whole span or of each unit of time."""
    return list(_lines(found))


def _lines(found: ShareOfVoice) -> Iterator[dict[str, Any]]:
    if not found.group_by:
        yield from map(_line, found.brands)
    for row in found.data:
        for brand in row.brands:
            yield {"date": row.date, "starts_at": row.starts_at, **_line(brand)}


def _line(brand: BrandShare) -> dict[str, Any]:
    made: dict[str, Any] = msgspec.to_builtins(brand)
    return made
