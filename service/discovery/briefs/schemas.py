"""Briefs: what a brand asks for."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from msgspec import UNSET, Meta, Struct, UnsetType, field

from service.discovery.word_lists.schemas import Category
from service.influencers.schemas import Label, Labels, LongText, Name, Platform
from service.kit.money import Price

Stage = Literal["awareness", "consideration", "conversion", "loyalty", "advocacy"]
Id = Annotated[str, Meta(max_length=40)]
Ids = Annotated[list[Id], Meta(max_length=100)]
ManyIds = Annotated[list[Id], Meta(max_length=1_000)]
Platforms = Annotated[list[Platform], Meta(max_length=9)]
Goal = Annotated[str, Meta(max_length=2_000)]
Weight = Annotated[float, Meta(ge=0, le=1_000)]
Share = Annotated[float, Meta(gt=0, le=1, description="a fraction: 80% is 0.8")]
Shares = Annotated[
    dict[Label, Share],
    Meta(min_length=1, max_length=100, description="code -> wanted share", examples=[{"TR": 0.8}]),
]


class Audience(Struct, frozen=True, forbid_unknown_fields=True):
    """The audience that is wanted, by dimension.

    `minimum`: the shares are the least that is wanted. `exact`: the whole distribution is compared.
    """

    country: Shares | UnsetType = UNSET
    city: Shares | UnsetType = UNSET
    age: Shares | UnsetType = UNSET
    gender: Shares | UnsetType = UNSET
    interests: Shares | UnsetType = UNSET
    language: Shares | UnsetType = UNSET
    income: Shares | UnsetType = UNSET
    education: Shares | UnsetType = UNSET
    occupation: Shares | UnsetType = UNSET
    brand_affinity: Shares | UnsetType = UNSET
    mode: Literal["minimum", "exact"] = "minimum"

    def wanted(self) -> dict[str, dict[str, float]]:
        """Dimension -> code -> share, of the dimensions that are asked for."""
        given = {name: getattr(self, name) for name in DIMENSIONS}
        return {name: shares for name, shares in given.items() if shares is not UNSET}


DIMENSIONS = tuple(name for name in Audience.__struct_fields__ if name != "mode")


class Weights(Struct, frozen=True, forbid_unknown_fields=True):
    """What each score counts in the fit; what is left out keeps its default."""

    audience: Weight | UnsetType = UNSET
    engagement: Weight | UnsetType = UNSET
    authority: Weight | UnsetType = UNSET
    authenticity: Weight | UnsetType = UNSET
    content: Weight | UnsetType = UNSET

    def given(self) -> dict[str, float]:
        """Score -> weight, of those that are given."""
        every = {name: getattr(self, name) for name in self.__struct_fields__}
        return {name: weight for name, weight in every.items() if weight is not UNSET}


# A season: long enough that a follower does not see both brands praised at once.
EXCLUSIVITY_DAYS = 90
ExclusivityDays = Annotated[
    int,
    Meta(
        ge=0,
        le=3_650,
        description="who worked for one of the brief's competitors within so many days is out;"
        " 0: only who is bound to one by an exclusivity that still runs",
    ),
]
SafetyCategories = Annotated[
    list[Category],
    Meta(
        max_length=100, description="of word lists, whose hits are a veto; null: as the lists themselves say"
    ),
]


class Vetoes(Struct, frozen=True, forbid_unknown_fields=True):
    """Who is not wanted, whatever their scores: their fit is 0."""

    influencer_ids: ManyIds = []
    categories: Labels = []
    exclusivity_days: ExclusivityDays = EXCLUSIVITY_DAYS
    safety: SafetyCategories | None = None


class StoredVetoes(Struct, frozen=True):
    influencer_ids: list[UUID] = []
    categories: list[str] = []
    exclusivity_days: int = EXCLUSIVITY_DAYS
    safety: list[str] | None = None


class Wishes(Struct, frozen=True):
    """The stored document of a brief. A field that is added later has its default in older briefs."""

    persona_ids: list[UUID] = []
    goal: str | None = None
    platforms: list[Platform] = []
    audience: Audience = Audience()
    description: str | None = None
    keywords: list[str] = []
    hashtags: list[str] = []
    competitors: list[UUID] = []
    budget: Price | None = None
    weights: Weights = Weights()
    vetoes: StoredVetoes = field(default_factory=StoredVetoes)


class NewBrief(Struct, forbid_unknown_fields=True):
    """A brief. All but the name may be left out; what is not asked for is not scored."""

    name: Name
    brand_id: Id | None = None
    persona_ids: Ids = []
    goal: Goal | None = None
    stage: Stage | None = None
    platforms: Platforms = []
    audience: Audience = Audience()
    description: LongText | None = None
    keywords: Labels = []
    hashtags: Labels = []
    competitors: Ids = []
    budget: Price | None = None
    weights: Weights = Weights()
    vetoes: Vetoes = field(default_factory=Vetoes)


class BriefPatch(Struct, forbid_unknown_fields=True):
    """What is left out stays; what is given replaces the whole field."""

    name: Name | UnsetType = UNSET
    brand_id: Id | UnsetType | None = UNSET
    persona_ids: Ids | UnsetType = UNSET
    goal: Goal | UnsetType | None = UNSET
    stage: Stage | UnsetType | None = UNSET
    platforms: Platforms | UnsetType = UNSET
    audience: Audience | UnsetType = UNSET
    description: LongText | UnsetType | None = UNSET
    keywords: Labels | UnsetType = UNSET
    hashtags: Labels | UnsetType = UNSET
    competitors: Ids | UnsetType = UNSET
    budget: Price | UnsetType | None = UNSET
    weights: Weights | UnsetType = UNSET
    vetoes: Vetoes | UnsetType = UNSET


class BriefRow(Struct):
    id: UUID
    name: str
    brand_id: UUID | None
    stage: str | None
    wishes: Wishes
    archived_at: datetime | None
    version: int
    created_at: datetime
    updated_at: datetime


class BriefWishes(Struct):
    id: UUID
    wishes: Wishes


class Listed(Struct, frozen=True):
    """What a list is narrowed to; None leaves a filter out. Archived ones are hidden unless asked for."""

    ids: list[UUID] | None = None
    parent: UUID | None = None
    archived: bool | None = None


class Brief(Struct):
    """A brief as it stands."""

    id: str
    name: str
    brand_id: str | None
    persona_ids: list[str]
    goal: str | None
    stage: Stage | None
    platforms: list[Platform]
    audience: Audience
    description: str | None
    keywords: list[str]
    hashtags: list[str]
    competitors: list[str]
    budget: Price | None
    weights: Weights
    vetoes: Vetoes
    archived_at: datetime | None
    created_at: datetime
    updated_at: datetime
