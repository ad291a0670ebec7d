"""What a source tells of a mention, whatever its shape: the seam between readers of payloads and intake."""

from datetime import datetime

from msgspec import Struct

KINDS = ("post", "story", "video", "comment", "article", "forum", "review", "podcast", "other")


class MentionReport(Struct, frozen=True, kw_only=True):
    """A mention as one source saw it; None is unknown.

    `source`: who told (`brandwatch`, `x`, `rss`, ...). `platform`: where it stands, a platform of influencers
    or `web`, `news`, `forum`, `reddit`, `review`, ... `observed_at`: when the figures were seen; a later look
    corrects an earlier one. Where the source doesn't say, it is the moment of its arrival, and the same
    report once more is taken for a repeated delivery. `raw_sentiment` is kept as it came; `raw_label` and
    `raw_score` (-1..1) are what it means.
    """

    source: str
    platform: str
    text: str
    published_at: datetime
    observed_at: datetime | None = None
    native_id: str | None = None
    url: str | None = None
    kind: str = "post"
    title: str | None = None
    language: str | None = None
    country: str | None = None
    author_name: str | None = None
    author_handle: str | None = None
    author_id: str | None = None
    thread_id: str | None = None
    followers: int | None = None
    reach: int | None = None
    impressions: int | None = None
    views: int | None = None
    likes: int | None = None
    comments: int | None = None
    shares: int | None = None
    engagement: int | None = None
    stars: float | None = None
    raw_sentiment: str | None = None
    raw_label: str | None = None
    raw_score: float | None = None
    tags: tuple[str, ...] = ()
