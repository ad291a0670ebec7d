"""/v1/listening/compare: rows, and what is shown."""

from datetime import datetime
from decimal import Decimal
from typing import Literal
from uuid import UUID

from msgspec import Struct

from service.influencers.brands.comparing.schemas import ComparedBrand

VoiceReason = Literal["no_query", "no_mentions", "no_figures", "no_polar_mentions", "no_own_brand"]


class BrandQuery(Struct):
    """A query that listens for a brand; `complete`: all stored mentions were matched with it."""

    query_id: UUID
    brand_id: UUID
    complete: bool


class Spoken(Struct):
    """Mentions of a brand that name `k` of the compared brands. `reached`, `engaged`: how many know it."""

    brand_id: UUID
    k: int
    mentions: int
    reached: int
    reach: Decimal | None
    engaged: int
    engagement: Decimal | None
    positive: int
    neutral: int
    negative: int


class VoiceShare(Struct, frozen=True):
    """A brand's part: `value`, to which a mention that names k of the brands adds 1/k, and its `share` of all
    brands', which add up to 1. `known`: mentions whose figure is known. Null with a reason."""

    value: float | None
    share: float | None
    known: int
    reason: VoiceReason | None


class Voice(Struct, kw_only=True):
    """What is said of a brand: mentions that its queries match, each once.

    `reach` is what the source says, else the author's followers. `net_sentiment` is (positive - negative) /
    (positive + negative), as labelled, null without polar mentions; GET /v1/listening/sentiment has it with
    corrections and its interval. `complete` is false while a query is still matched with stored mentions.
    """

    queries: int
    complete: bool
    mentions: int | None
    reason: VoiceReason | None
    share_of_voice: VoiceShare
    share_of_reach: VoiceShare
    share_of_engagement: VoiceShare
    positive: int
    neutral: int
    negative: int
    unlabelled: int
    net_sentiment: float | None
    net_sentiment_reason: VoiceReason | None


class RivalBrand(Struct):
    """A brand: its accounts, and what is said of it."""

    brand: ComparedBrand
    voice: Voice


class OwnVoice(Struct):
    """Own brands together: own / (own + competitors) of those that are compared and have queries."""

    share_of_voice: float | None
    share_of_reach: float | None
    share_of_engagement: float | None
    reason: VoiceReason | None


class RivalComparison(Struct):
    """Brands side by side, in the order in which they were asked for. `declared`: those with a query, among
    which voice is shared."""

    since: datetime | None
    until: datetime | None
    declared: list[str]
    own: OwnVoice
    brands: list[RivalBrand]
