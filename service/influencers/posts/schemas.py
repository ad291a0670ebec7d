"""Posts and their figures."""

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from msgspec import Meta, Struct

from service.influencers.schemas import (
    Count,
    Format,
    Label,
    LongText,
    Platform,
    PlatformId,
    Source,
    Time,
    Url,
)

Hashtags = Annotated[list[Label], Meta(max_length=100)]
MOST_ITEMS = 1_000


class NewPost(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A post as it was seen. It is known again by platform_id, else url, else time and caption.

    On X comments are replies and shares are reposts. Hidden likes are null, not 0. Hashtags and mentions are
    read from the caption where they are left out.
    """

    account_id: Annotated[str, Meta(max_length=40)] | None = None
    platform_id: PlatformId | None = None
    url: Url | None = None
    format: Format = "post"
    published_at: Time | None = None
    caption: LongText | None = None
    hashtags: Hashtags | None = None
    mentions: Hashtags | None = None
    sponsored: bool | None = None
    likes: Count | None = None
    comments: Count | None = None
    shares: Count | None = None
    saves: Count | None = None
    private_interactions: Count | None = None
    views: Count | None = None
    reach: Count | None = None
    impressions: Count | None = None
    followers: Annotated[int, Meta(ge=0, le=10**15, description="the account's, at that time")] | None = None
    observed_at: Time | None = None
    source: Source | None = None


class NewPosts(Struct, forbid_unknown_fields=True):
    """Up to 1,000 posts."""

    posts: Annotated[list[NewPost], Meta(min_length=1, max_length=MOST_ITEMS)]


class PostItems(Struct, forbid_unknown_fields=True):
    """The same as it is read: a bad item does not keep the good ones out."""

    posts: Annotated[list[dict[str, Any]], Meta(min_length=1, max_length=MOST_ITEMS)]


class ItemError(Struct):
    """A field of an item that fails, and why."""

    path: str
    message: str


class PostResult(Struct):
    """What became of an item; `index` counts from 0."""

    index: int
    status: Literal["created", "updated", "unchanged", "rejected"]
    id: str | None
    errors: list[ItemError]


class PostResults(Struct):
    """A result for every item, in their order, and how many there are of each."""

    results: list[PostResult]
    created: int
    updated: int
    unchanged: int
    rejected: int


class PostRow(Struct):
    id: UUID
    account_id: UUID
    platform: str
    platform_id: str | None
    url: str | None
    format: str
    published_at: datetime | None
    caption: str | None
    hashtags: list[str]
    mentions: list[str]
    sponsored: bool | None
    likes: int | None
    comments: int | None
    shares: int | None
    saves: int | None
    private_interactions: int | None
    views: int | None
    reach: int | None
    impressions: int | None
    followers: int | None
    observed_at: datetime
    source: str
    sorted_at: datetime


class Post(Struct):
    """A post with its newest figures. On X comments are replies and shares are reposts."""

    id: str
    account_id: str
    platform: Platform
    platform_id: str | None
    url: str | None
    format: str
    published_at: datetime | None
    caption: str | None
    hashtags: list[str]
    mentions: list[str]
    sponsored: bool | None
    likes: int | None
    comments: int | None
    shares: int | None
    saves: int | None
    private_interactions: int | None
    views: int | None
    reach: int | None
    impressions: int | None
    followers: int | None
    observed_at: datetime
    source: str
