"""Influencers like one influencer."""

from typing import Annotated, Literal

from msgspec import Meta, Struct

from service.discovery.scores.schemas import InfluencerCard, ScoredAccount
from service.discovery.search.filters import Filters

By = Literal["content", "audience", "both"]
MOST = 100
DEFAULT = 20


class LookalikesRequest(Struct, forbid_unknown_fields=True):
    """By what they are compared, who comes into question (as in a search), and how many are wanted."""

    by: By = "both"
    filters: Filters = Filters()
    limit: Annotated[int, Meta(ge=1, le=MOST)] = DEFAULT


class AudienceCode(Struct):
    """A share of an audience."""

    dimension: str
    code: str
    share: float


class SharedTerms(Struct):
    """Words (as the lookalike writes them), hashtags, and topics by their words; the most telling first."""

    words: list[str]
    hashtags: list[str]
    topics: list[str]


class Lookalike(Struct):
    """An influencer who is alike: 0 is the opposite, 0.5 unrelated, 1 the same.

    `content` and `audience` are null where they were not asked for, or are not known of either; `similarity`
    is the mean of those that are.
    """

    influencer: InfluencerCard
    account: ScoredAccount | None
    similarity: float
    content: float | None
    audience: float | None
    shared: SharedTerms


class Lookalikes(Struct):
    """The most alike, the best first. `candidates`: how many were compared.

    `known`: what is known of the influencer itself; without content its texts are not read (yet), without
    audience it has neither figures nor an audience.
    """

    influencer_id: str
    by: By
    known: list[Literal["content", "audience"]]
    candidates: int
    data: list[Lookalike]
