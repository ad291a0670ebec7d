"""/v1/listening/topics: what is shown, and the rows that it is made of."""

import datetime as dt
from typing import Literal
from uuid import UUID

from msgspec import Struct

from service.mentions.analyses.schemas import Analysed
from service.mentions.schemas import Label


class Said(Struct):
    """A mention's words."""

    id: UUID
    title: str | None
    text: str
    url: str | None
    platform: str
    label: str | None
    published_at: dt.datetime


class Quote(Struct):
    """A mention, shortened to 200 characters."""

    mention_id: str
    text: str
    url: str | None
    platform: str
    sentiment: Label | None
    published_at: dt.datetime


class Tone(Struct):
    """Sentiment of the sampled mentions; `net_sentiment` is that of the labels, not corrected."""

    positive: int
    neutral: int
    negative: int
    abstained: int
    net_sentiment: float | None


class TopTerm(Struct):
    """A word or a phrase of up to three words, as it is mostly written. `mentions` of the sample, and their
    share of it; `share_elsewhere`: of what it is compared with; `z`: how surely it is said more often
    here."""

    term: str
    mentions: int
    share: float
    share_elsewhere: float | None
    z: float | None
    tone: Tone
    examples: list[Quote]


class Topic(Struct):
    """Mentions of the sample that say alike things: the terms that set them apart, those who speak most
    for it."""

    terms: list[str]
    mentions: int
    share: float
    tone: Tone
    examples: list[Quote]


class Topics(Analysed, kw_only=True, rename={"from_": "from"}):
    """What is talked about. Read from a sample that is the same each time: `sampled` of all `mentions`.

    `terms`: the most frequent; `distinctive`: what is said more often than elsewhere. Elsewhere
    (`against`) is the rest of the span, or, where all mentions are asked for, the span of the same length
    before; `compared` of its mentions were read.
    """

    mentions: int
    sampled: int
    against: Literal["rest", "before"]
    compared: int
    terms: list[TopTerm]
    distinctive: list[TopTerm]
    topics: list[Topic]
