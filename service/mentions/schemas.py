"""/v1/mentions: what is sent, and what is shown."""

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from msgspec import UNSET, Meta, Struct, UnsetType

from service.influencers.schemas import Count, Country, Handle, Language, Name, PlatformId, Time, Url

Label = Literal["positive", "neutral", "negative"]
MentionKind = Literal["post", "story", "video", "comment", "article", "forum", "review", "podcast", "other"]
Handling = Literal["new", "assigned", "answered", "resolved", "ignored"]
Code = Annotated[str, Meta(pattern="^[a-z0-9][a-z0-9_.-]{0,39}$(?!\\n)")]
Text = Annotated[str, Meta(min_length=1, max_length=50_000, pattern=r"\S")]
Tag = Annotated[str, Meta(min_length=1, max_length=100, pattern=r"\S")]
Tags = Annotated[list[Tag], Meta(max_length=50)]
Stars = Annotated[float, Meta(ge=0, le=5, description="of five, whatever the source counts to")]
OuterId = Annotated[str, Meta(max_length=40)]
MOST = 1_000


class NewMention(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A mention as a source saw it.

    It is known again by `source` and `native_id`, else by its address without tracking, else by who said what
    and when. A later look (`observed_at`) corrects an earlier one; the same once more changes nothing.
    `platform`: instagram, tiktok, youtube, x, ..., or web, news, forum, reddit, review. `sentiment` is what
    the source says, in its own words or numbers: it is kept beside ours.
    """

    source: Code = "api"
    platform: Code
    text: Text
    published_at: Time
    observed_at: Time | None = None
    native_id: Annotated[str, Meta(min_length=1, max_length=500, pattern=r"\S")] | None = None
    url: Url | None = None
    kind: MentionKind = "post"
    title: Annotated[str, Meta(max_length=2_000)] | None = None
    language: Language | None = None
    country: Country | None = None
    author_name: Name | None = None
    author_handle: Handle | None = None
    author_id: PlatformId | None = None
    thread_id: Annotated[str, Meta(max_length=500)] | None = None
    followers: Count | None = None
    reach: Count | None = None
    impressions: Count | None = None
    views: Count | None = None
    likes: Count | None = None
    comments: Count | None = None
    shares: Count | None = None
    engagement: Count | None = None
    stars: Stars | None = None
    sentiment: Annotated[str, Meta(max_length=100)] | float | None = None
    tags: Tags = []


class NewMentions(Struct, forbid_unknown_fields=True):
    """Up to 1,000 mentions."""

    mentions: Annotated[list[NewMention], Meta(min_length=1, max_length=MOST)]


class MentionItems(Struct, forbid_unknown_fields=True):
    """The same as it is read: a bad item does not keep the good ones out."""

    mentions: Annotated[list[dict[str, Any]], Meta(min_length=1, max_length=MOST)]


class MentionFault(Struct):
    """A field of an item that fails, and why."""

    path: str
    message: str


class MentionResult(Struct):
    """What became of an item; `index` counts from 0."""

    index: int
    status: Literal["created", "updated", "unchanged", "rejected"]
    id: str | None
    errors: list[MentionFault]


class MentionResults(Struct):
    """A result for every item, in their order, and how many there are of each."""

    results: list[MentionResult]
    created: int
    updated: int
    unchanged: int
    rejected: int


class MentionPatch(Struct, forbid_unknown_fields=True):
    """What a person says of a mention; what is left out stays.

    `label`: the sentiment by hand, which counts from now on and is kept apart from ours; null takes it back.
    `assignee`: a member (usr_...); assigning makes a new mention `assigned`. Times are set by the states
    where they aren't sent.
    """

    label: Label | UnsetType | None = UNSET
    status: Handling | UnsetType = UNSET
    assignee: OuterId | UnsetType | None = UNSET
    answered_at: Time | UnsetType | None = UNSET
    moved_to_dm: bool | UnsetType = UNSET
    resolved_at: Time | UnsetType | None = UNSET
    tags: Tags | UnsetType = UNSET
    categories: Tags | UnsetType = UNSET


class MentionRow(Struct):
    id: UUID
    source: str
    native_id: str | None
    url: str | None
    platform: str
    kind: str
    title: str | None
    text: str
    language: str | None
    country: str | None
    author_name: str | None
    author_handle: str | None
    influencer_id: UUID | None
    account_id: UUID | None
    campaign_id: UUID | None
    thread_id: str | None
    published_at: datetime
    observed_at: datetime
    received_at: datetime
    followers: int | None
    reach: int | None
    impressions: int | None
    views: int | None
    likes: int | None
    comments: int | None
    shares: int | None
    engagement: int | None
    stars: float | None
    raw_sentiment: str | None
    raw_label: str | None
    raw_score: float | None
    label: str | None
    score: float | None
    model: str | None
    hand_label: str | None
    hand_by: str | None
    hand_at: datetime | None
    status: str
    assignee: UUID | None
    assigned_at: datetime | None
    answered_at: datetime | None
    moved_to_dm_at: datetime | None
    resolved_at: datetime | None
    tags: list[str]
    categories: list[str]
    query_ids: list[UUID]
    version: int
    updated_at: datetime


class RawSentiment(Struct):
    """What the source said: in its own word or number, and what that means (`score` is -1..1)."""

    value: str
    label: Label | None
    score: float | None


class Sentiment(Struct):
    """The sentiment that counts (`label`, null: not sure enough), and where it comes from.

    `by` is `hand` or `model`; `score` is P(positive) - P(negative), -1..1.
    """

    label: Label | None
    by: Literal["hand", "model"]
    score: float | None
    model: str | None
    model_label: Label | None
    hand_by: str | None
    hand_at: datetime | None


class MentionAuthor(Struct):
    """Who wrote it; `influencer_id` where it is a known influencer."""

    name: str | None
    handle: str | None
    followers: int | None
    influencer_id: str | None
    account_id: str | None


class Mention(Struct, kw_only=True):
    """A mention, with its newest figures."""

    id: str
    source: str
    native_id: str | None
    url: str | None
    platform: str
    kind: MentionKind
    title: str | None
    text: str
    language: str | None
    country: str | None
    author: MentionAuthor
    campaign_id: str | None
    thread_id: str | None
    published_at: datetime
    observed_at: datetime
    received_at: datetime
    reach: int | None
    impressions: int | None
    views: int | None
    likes: int | None
    comments: int | None
    shares: int | None
    engagement: int | None
    stars: float | None
    sentiment: Sentiment
    source_sentiment: RawSentiment | None
    status: Handling
    assignee: str | None
    assigned_at: datetime | None
    answered_at: datetime | None
    moved_to_dm: bool
    moved_to_dm_at: datetime | None
    resolved_at: datetime | None
    tags: list[str]
    categories: list[str]
    query_ids: list[str]
    updated_at: datetime
