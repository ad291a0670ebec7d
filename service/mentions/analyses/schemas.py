"""/v1/listening: volume, sentiment, share of voice, authors; and the sums that they are made of."""

import datetime as dt
from decimal import Decimal
from typing import Annotated
from uuid import UUID

from msgspec import Meta, Struct

Total = int | Decimal | None


class Sums(Struct):
    """Sums of a unit of time and a value; bucket 0: of all, with how many values (`kinds`) there are."""

    bucket: int
    value: str
    n: Total
    authors: int
    unnamed: Total
    known: Total
    reach: Total
    of_authors: Total
    engagement: Total
    kinds: int


class LabelSums(Struct):
    """Mentions of a unit of time, value, language, kind of text and label; `stars`: their sum over the
    `rated`; `kinds`, of bucket 0: how many values there are."""

    bucket: int
    value: str
    language: str
    text_kind: str | None
    by_hand: bool
    label: str | None
    n: Total
    rated: Total
    stars: float | None
    kinds: int


class ShareSums(Struct):
    """Mentions of a unit of time and a brand that name `k` brands."""

    bucket: int
    value: str
    k: int
    n: int
    reach: Total
    engagement: Total


class AuthorSums(Struct):
    """An author's sums; `of`: how many authors there are."""

    author_key: bytes
    n: int
    most: int | None
    reach: Total
    engagement: Total
    positive: int
    neutral: int
    negative: int
    newest: dt.datetime
    of: int


class AuthorName(Struct):
    """How an author is called in their newest mention, unless they opted out (`left_out`)."""

    author_key: bytes
    author_name: str | None
    author_handle: str | None
    platform: str
    influencer_id: UUID | None
    influencer_name: str | None
    left_out: bool


class BrandQuery(Struct):
    """A query and whose it is."""

    id: UUID
    brand_id: UUID | None


class Named(Struct):
    """What an id is called."""

    id: UUID
    name: str


class DeclaredBrand(Struct):
    """A brand of a declared set."""

    id: UUID
    name: str
    own: bool


class VolumeFigures(Struct):
    """`authors`: different known ones; `unnamed`: mentions whose author isn't known.

    `reach`: what sources say, else the author's followers, summed over mentions; `reach_of_authors`: the
    largest of each author once (a mention without an author for itself); null where `reach_known` is 0: of
    so many mentions it is known.
    """

    mentions: int
    authors: int
    unnamed: int
    reach: int | None
    reach_of_authors: int | None
    reach_known: int
    engagement: int | None


class VolumeRow(VolumeFigures, omit_defaults=True, kw_only=True):
    """Which group it is of: `date` (of the zone) and `starts_at` with a stretch of time; `value` with a
    dimension (null: not known), and its `name` where the value is an id."""

    date: dt.date | None = None
    starts_at: dt.datetime | None = None
    value: str | None = None
    name: str | None = None


class Analysed(Struct, kw_only=True, rename={"from_": "from"}):
    """Local days of the zone, both included. `other_values`: how many values stand beyond the first
    `limit`."""

    tz: str
    from_: Annotated[dt.date, Meta(description="first day")]
    to: Annotated[dt.date, Meta(description="last day")]
    group_by: list[str]
    other_values: int = 0


class Volume(Analysed, kw_only=True, rename={"from_": "from"}):
    """Rows in the order of time, then of mentions. Each unit of time has a row where no dimension is asked
    for.

    Over several queries or brands a mention counts in each row that it belongs to, and once in the totals.
    """

    totals: VolumeFigures
    data: list[VolumeRow]


class NetSentiment(Struct):
    """-1 to 1, null where nothing is known. `raw`: of the labels; `corrected`: for how often the model takes
    each class for another, with its 95% interval (null, where no label is of a language with a known
    model)."""

    raw: float | None
    corrected: float | None
    low: float | None
    high: float | None


class SentimentFigures(Struct):
    """`abstained`: mentions whose sentiment is not sure enough; `by_hand`: those that people labelled.

    `net_sentiment`: (positive - negative) / (positive + negative); `net_sentiment_all`: the same over all
    that have a class. `mean_stars` of the `rated` mentions.
    """

    mentions: int
    positive: int
    neutral: int
    negative: int
    abstained: int
    by_hand: int
    net_sentiment: NetSentiment
    net_sentiment_all: NetSentiment
    mean_stars: float | None
    rated: int


class SentimentRow(SentimentFigures, omit_defaults=True, kw_only=True):
    """As a row of the volume."""

    date: dt.date | None = None
    starts_at: dt.datetime | None = None
    value: str | None = None
    name: str | None = None


class SentimentAnalysis(Analysed, kw_only=True, rename={"from_": "from"}):
    """Rows as those of the volume. Labels by hand count as true; the model's are corrected by language."""

    totals: SentimentFigures
    data: list[SentimentRow]


class Share(Struct):
    """A part of the whole set: `value` as counted (a mention of k brands is 1/k of each), `share` 0 to 1;
    null where the set has none."""

    value: float
    share: float | None


class BrandShare(Struct):
    """What a brand has. `mentions_naming_it`: whole mentions, also those that name others too."""

    brand_id: str
    name: str
    own: bool
    mentions_naming_it: int
    mentions: Share
    reach: Share
    engagement: Share


class ShareRow(Struct):
    """The brands' shares of a stretch of time."""

    date: dt.date
    starts_at: dt.datetime
    brands: list[BrandShare]


class ShareOfVoice(Analysed, kw_only=True, rename={"from_": "from"}):
    """Each brand's part of what is said of the declared set, which sums to 1. Brands stand as they were asked
    for; `without_queries`: those that nothing listens for, which have 0."""

    brands: list[BrandShare]
    data: list[ShareRow]
    without_queries: list[str]


class Author(Struct):
    """An author of a platform; `influencer_id` where it is a known influencer. `reach`: the largest of one
    mention; `reach_total`: summed. `net_sentiment` is that of the labels, not corrected."""

    platform: str
    handle: str | None
    name: str | None
    influencer_id: str | None
    influencer_name: str | None
    mentions: int
    reach: int | None
    reach_total: int | None
    engagement: int | None
    positive: int
    neutral: int
    negative: int
    net_sentiment: float | None
    last_mention_at: dt.datetime


class Authors(Analysed, kw_only=True, rename={"from_": "from"}):
    """The first authors of all; `authors`: how many there are."""

    authors: int
    data: list[Author]
