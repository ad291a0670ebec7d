"""Accounts on platforms and their figures over time."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from msgspec import UNSET, Meta, Struct, UnsetType

from service.influencers.schemas import (
    Average,
    Basis,
    Components,
    Count,
    Format,
    Handle,
    Name,
    Platform,
    PlatformId,
    Rate,
    Source,
    Time,
    Url,
)

Statistic = Literal["median", "mean", "mean_unknown_n"]
Days = Annotated[int, Meta(ge=1, le=3_660)]


class GivenRate(Struct, frozen=True, forbid_unknown_fields=True):
    """An engagement rate that somebody else computed. What is left out is the platform's usual."""

    value: Rate
    basis: Basis | None = None
    components: Components | None = None
    statistic: Statistic | None = None
    n: Annotated[int, Meta(ge=1, le=1_000_000, description="over how many posts")] | None = None
    window: Annotated[int, Meta(ge=1, le=3_660, description="days")] | None = None
    format: Format | None = None


class Figures(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What an account shows; averages are of a post."""

    followers: Count | None = None
    following: Count | None = None
    posts_count: Count | None = None
    avg_views: Average | None = None
    avg_likes: Average | None = None
    avg_comments: Average | None = None
    avg_shares: Average | None = None
    avg_engagements: Annotated[float, Meta(ge=0, le=10**15, description="all interactions")] | None = None
    avg_engagements_authentic: (
        Annotated[float, Meta(ge=0, le=10**15, description="those that a vendor takes for people's")] | None
    ) = None
    engagement_rate: GivenRate | None = None

    @property
    def are_given(self) -> bool:
        """Whether there is any figure at all."""
        return any(getattr(self, name) is not None for name in Figures.__struct_fields__)


class NewAccount(Figures, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An account: by handle or platform_id, else it is known by its name within the source."""

    platform: Platform
    handle: Handle | None = None
    platform_id: PlatformId | None = None
    name: Name | None = None
    url: Url | None = None
    avatar_url: Url | None = None
    verified: bool | None = None
    observed_at: Time | None = None
    source: Source | None = None


class AccountPatch(Struct, forbid_unknown_fields=True):
    """What is left out stays as it is. Figures change by snapshots."""

    handle: Handle | UnsetType | None = UNSET
    platform_id: PlatformId | UnsetType | None = UNSET
    name: Name | UnsetType | None = UNSET
    url: Url | UnsetType | None = UNSET
    avatar_url: Url | UnsetType | None = UNSET
    verified: bool | UnsetType | None = UNSET


class NewSnapshot(Figures, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Figures on a day. The same account, as_of and source again completes or corrects them."""

    account_id: Annotated[str, Meta(max_length=40)] | None = None
    as_of: Time | None = None
    source: Source | None = None


class AccountEngagement(Struct, frozen=True):
    """An engagement rate with its base, components, statistic and number of posts.

    `window` is in days; `origin` says whether it was computed from posts, from averages, or given.
    """

    value: float
    basis: str
    components: str
    statistic: str
    n: int | None
    window: int | None
    format: str
    origin: str
    as_of: datetime | None


class AccountRow(Struct):
    id: UUID
    owner_id: UUID
    platform: str
    handle: str | None
    platform_id: str | None
    name: str | None
    url: str | None
    avatar_url: str | None
    verified: bool | None
    identity: str
    followers: int | None
    following: int | None
    posts_count: int | None
    avg_views: float | None
    avg_likes: float | None
    avg_comments: float | None
    avg_shares: float | None
    avg_engagements: float | None
    avg_engagements_authentic: float | None
    er_value: float | None
    er_format: str | None
    er_basis: str | None
    er_components: str | None
    er_statistic: str | None
    er_n: int | None
    er_window_days: int | None
    er_origin: str | None
    er_as_of: datetime | None
    audience_country: str | None
    last_post_at: datetime | None
    observed_at: datetime | None
    source: str


class Account(Struct):
    """An account with its newest figures, each of the newest snapshot that has it.

    `audience_country` is where a vendor says most of the followers are.
    """

    id: str
    platform: Platform
    handle: str | None
    platform_id: str | None
    name: str | None
    url: str | None
    avatar_url: str | None
    verified: bool | None
    identity: Literal["platform_id", "handle", "name"]
    followers: int | None
    following: int | None
    posts_count: int | None
    avg_views: float | None
    avg_likes: float | None
    avg_comments: float | None
    avg_shares: float | None
    avg_engagements: float | None
    avg_engagements_authentic: float | None
    engagement_rate: AccountEngagement | None
    audience_country: str | None
    last_post_at: datetime | None
    observed_at: datetime | None
    source: str


class SnapshotRow(Struct):
    account_id: UUID
    platform: str
    as_of: datetime
    source: str
    followers: int | None
    following: int | None
    posts_count: int | None
    avg_views: float | None
    avg_likes: float | None
    avg_comments: float | None
    avg_shares: float | None
    avg_engagements: float | None
    avg_engagements_authentic: float | None
    er_given: float | None
    er_given_format: str | None
    er_given_basis: str | None
    er_given_components: str | None
    er_given_statistic: str | None
    er_given_n: int | None
    er_given_window_days: int | None


class Snapshot(Struct):
    """Figures of one account on a day, and the engagement rate that they make."""

    account_id: str
    platform: Platform
    as_of: datetime
    source: str
    followers: int | None
    following: int | None
    posts_count: int | None
    avg_views: float | None
    avg_likes: float | None
    avg_comments: float | None
    avg_shares: float | None
    avg_engagements: float | None
    avg_engagements_authentic: float | None
    engagement_rate: AccountEngagement | None


SeriesKey = tuple[datetime, UUID, str]
