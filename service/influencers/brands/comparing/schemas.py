"""Brands side by side: rows, and what is shown."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from msgspec import Struct

from service.influencers.accounts.schemas import AccountEngagement
from service.influencers.brands.schemas import BrandKind, Relation
from service.influencers.schemas import Platform

NetReason = Literal["no_snapshot", "one_snapshot"]
PaceReason = Literal["open_period", "no_posts_known", "not_looked_at", "too_short", "no_accounts"]
RateReason = Literal["no_posts", "hidden_likes", "missing_components", "no_base", "no_rate"]


class ComparisonRow(Struct):
    account_id: UUID
    brand_id: UUID
    platform: Platform
    handle: str | None
    er_value: float | None
    er_format: str | None
    er_basis: str | None
    er_components: str | None
    er_statistic: str | None
    er_n: int | None
    er_window_days: int | None
    er_origin: str | None
    er_as_of: datetime | None
    first_at: datetime | None
    last_at: datetime | None
    first_followers: int | None
    last_followers: int | None
    seen_at: datetime | None
    posts: int
    sponsored_posts: int
    likes: int | None
    comments: int | None
    shares: int | None
    views: int | None


class PostRow(Struct):
    """A post of the period; `followers` are those of the snapshot nearest to it."""

    id: UUID
    account_id: UUID
    brand_id: UUID
    platform: str
    url: str | None
    format: str
    published_at: datetime
    age_hours: float
    caption: str | None
    hashtags: list[str]
    sponsored: bool
    likes: int | None
    comments: int | None
    shares: int | None
    saves: int | None
    private: int | None
    views: int | None
    reach: int | None
    followers: int | None


class PeriodEngagement(Struct):
    """The engagement rate of a platform's format over the posts of the period, organic or sponsored.

    `format`: feed (posts and videos), reel, short or story. The `statistic` of the rates of `n` posts, each
    the sum of `components` over `basis` (followers: of the snapshot nearest to the post). Left out are posts
    under 72 hours old when they were looked at, and those with hidden likes. `reason`: why there is none.
    """

    platform: Platform
    format: str
    sponsored: bool
    value: float | None
    n: int
    basis: str
    components: str
    statistic: str
    reason: RateReason | None


class TopPost(Struct):
    """A post with the most `engagements`: likes, comments and shares, as far as they are known; posts with
    hidden likes are not among them."""

    post_id: str
    account_id: str
    platform: Platform
    format: str
    url: str | None
    caption: str | None
    published_at: datetime
    sponsored: bool
    engagements: int
    likes: int
    comments: int | None
    shares: int | None
    views: int | None


class TopHashtag(Struct):
    """A hashtag, whatever its capitals, in `posts` of the period. `engagements` are summed over `measured` of
    them, whose likes are known; null where there is none."""

    hashtag: str
    posts: int
    measured: int
    engagements: int | None


class ComparedAccount(Struct, kw_only=True):
    """An account between two moments.

    `first_followers` and `last_followers` are of the snapshots nearest to `from` and `to`, of `first_at` and
    `last_at` (at most as far outside as the period is long, or 31 days); `net_followers` and `growth` (a
    fraction) compare them, null with `followers_reason`. `posts_per_week` is over the part of the period
    until `seen_at`, when posts were last looked at; null with `posts_reason`. Sums of likes, comments, shares
    and views are of the posts published between; null where none is known. `engagement_rate` is the account's
    own, whatever the period; `engagement` is the period's, by format, over `measured_posts` (the newest 500).
    """

    account_id: str
    platform: Platform
    handle: str | None
    first_at: datetime | None
    last_at: datetime | None
    first_followers: int | None
    last_followers: int | None
    net_followers: int | None
    growth: float | None
    followers_reason: NetReason | None
    posts: int
    sponsored_posts: int
    seen_at: datetime | None
    posts_per_week: float | None
    posts_reason: PaceReason | None
    likes: int | None
    comments: int | None
    shares: int | None
    views: int | None
    engagement_rate: AccountEngagement | None
    measured_posts: int
    engagement: list[PeriodEngagement]
    top_posts: list[TopPost]
    top_hashtags: list[TopHashtag]


class ComparedBrand(Struct, kw_only=True):
    """A brand in a comparison. Followers of its accounts are summed: one person may follow several.

    `net_followers` is the sum over `net_accounts`, those of which it is known; `posts_per_week` over
    `paced_accounts`. Null where there is none, with the reason of the first. `engagement` is over the posts
    of all its accounts of a platform.
    """

    brand_id: str
    name: str
    kind: BrandKind
    relation: Relation | None
    followers: int | None
    net_followers: int | None
    net_accounts: int
    followers_reason: NetReason | Literal["no_accounts"] | None
    posts: int
    posts_per_week: float | None
    paced_accounts: int
    posts_reason: PaceReason | None
    engagement: list[PeriodEngagement]
    top_posts: list[TopPost]
    top_hashtags: list[TopHashtag]
    accounts: list[ComparedAccount]


class BrandComparison(Struct):
    """Brands side by side, in the order in which they were asked for."""

    since: datetime | None
    until: datetime | None
    brands: list[ComparedBrand]
