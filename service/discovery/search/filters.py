"""The filters of a search as they are asked for."""

from typing import Annotated, Literal

import msgspec
from msgspec import Meta, Struct

from service.influencers.audiences.schemas import Code, Dimension
from service.influencers.schemas import Country, Label, Language, Platform
from service.kit.money import Price

_MOST = 10**15
_DAYS = Meta(ge=1, le=3650, description="days, up to now")

Whole = Annotated[int, Meta(ge=0, le=_MOST)]
Number = Annotated[float, Meta(ge=-_MOST, le=_MOST)]
Share = Annotated[float, Meta(ge=0, le=1, description="a fraction")]
Score = Annotated[float, Meta(ge=0, le=100)]
Id = Annotated[str, Meta(max_length=40)]
_ANY = Meta(min_length=1, max_length=100, description="one of these")
MaxPrice = Annotated[Price, Meta(description="of the cheapest rate that is valid, in this currency")]
PostText = Annotated[str, Meta(min_length=1, max_length=200, description="all words, in recent posts")]
_ALL = Meta(min_length=1, max_length=20, description="all of these")


class WholeRange(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """From `min` to `max`, both included; what is unknown is in no range."""

    min: Whole | None = None
    max: Whole | None = None


class Range(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """From `min` to `max`, both included; what is unknown is in no range."""

    min: Number | None = None
    max: Number | None = None


class LeastShare(Struct, frozen=True, forbid_unknown_fields=True):
    """At least this share of an account's audience, by its newest distribution."""

    dimension: Dimension
    code: Code
    min_share: Share


class MinScores(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """Least scores to the brief `brief_id`; what has no score has not enough."""

    fit: Score | None = None
    audience: Score | None = None
    authority: Score | None = None
    engagement: Score | None = None
    authenticity: Score | None = None
    content: Score | None = None


class Mentions(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """Has mentioned a brand, or what a listening query finds."""

    query_id: Id | None = None
    brand_id: Id | None = None
    within_days: Annotated[int, _DAYS] | None = None
    min: Annotated[int, Meta(ge=1, le=1_000_000)] = 1
    sentiment: Literal["positive", "neutral", "negative"] | None = None


class WorkedWith(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """Has worked with one of these brands."""

    brand_ids: Annotated[list[Id], _ANY]
    within_days: Annotated[int, _DAYS] | None = None


class Conditions(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, kw_only=True):
    """Conditions that are all met; those on figures, platform, posts, audience, price by one account."""

    platform: Annotated[list[Platform], _ANY] | None = None
    followers: WholeRange | None = None
    avg_views: WholeRange | None = None
    engagement_rate: Range | None = None
    growth: Annotated[Range, Meta(description="followers gained per 30 days, a fraction")] | None = None
    country: Annotated[list[Country], _ANY] | None = None
    city: Annotated[list[Label], Meta(min_length=1, max_length=100, description="ISO 3166-2")] | None = None
    language: Annotated[list[Language], _ANY] | None = None
    category: Annotated[list[Label], _ANY] | None = None
    tags: Annotated[list[Label], _ANY] | None = None
    verified: bool | None = None
    has_email: bool | None = None
    max_price: MaxPrice | None = None
    last_post_within_days: Annotated[int, _DAYS] | None = None
    hashtags: Annotated[list[Label], _ANY] | None = None
    post_text: PostText | None = None
    audience: Annotated[list[LeastShare], _ALL] | None = None
    min_scores: MinScores | None = None
    mentions: Mentions | None = None
    worked_with: WorkedWith | None = None
    not_contacted_within_days: Annotated[int, _DAYS] | None = None
    exclude_shortlists: Annotated[list[Id], _ANY] | None = None


class Filters(
    Conditions, frozen=True, forbid_unknown_fields=True, omit_defaults=True, rename={"excluded": "not"}
):
    """Conditions that are all met, and under `not` those that leave an influencer out.

    One object leaves out who meets all its conditions; a list, who meets all of any of its objects.
    """

    excluded: Conditions | Annotated[list[Conditions], Meta(min_length=1, max_length=20)] | None = None

    def exclusions(self) -> list[Conditions]:
        """What `not` holds, as a list."""
        if self.excluded is None:
            return []
        return self.excluded if isinstance(self.excluded, list) else [self.excluded]


def is_set(value: object) -> bool:
    """Whether a filter asks for anything."""
    return value is not None and value != WholeRange() and value != Range()


def asked_for(conditions: Conditions) -> dict[str, object]:
    """The filters that are set, by name, without `not`."""
    names = (field.name for field in msgspec.structs.fields(Conditions))
    return {name: value for name in names if is_set(value := getattr(conditions, name))}
