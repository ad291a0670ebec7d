"""What one row of a file says, typed. None is unknown, never zero."""

from datetime import date, datetime
from decimal import Decimal

from msgspec import Struct

from service.influencers.followers.schemas import Of


class AccountRow(Struct, frozen=True):
    """Who a row is about. At least one of platform_id, handle and name is known; `identity` says which one
    counts.

    `row` is the row in the file: accounts of one row belong to one influencer.
    """

    row: int
    platform: str
    handle: str | None
    platform_id: str | None
    name: str | None
    url: str | None
    as_of: date | None

    @property
    def identity(self) -> str:
        """platform_id, handle or name."""
        return "platform_id" if self.platform_id else "handle" if self.handle else "name"


class Rate(Struct, frozen=True):
    """What one post of a format costs, in major units; `currency` is None where the file names none."""

    format: str
    amount: Decimal
    currency: str | None


class InfluencerRow(AccountRow, frozen=True):
    """An influencer's account with its figures (averages per post; the rate a fraction) and the profile
    beside it. `person` is the same in all rows of the file that are about one person."""

    followers: int | None
    following: int | None
    posts_count: int | None
    avg_views: float | None
    avg_likes: float | None
    avg_comments: float | None
    avg_shares: float | None
    avg_engagements: float | None
    avg_engagements_authentic: float | None
    engagement_rate: float | None
    verified: bool | None
    country: str | None
    city: str | None
    languages: tuple[str, ...]
    categories: tuple[str, ...]
    tags: tuple[str, ...]
    person: str | None
    bio: str | None
    email: str | None
    phone: str | None
    agency: str | None
    manager: str | None
    avatar_url: str | None
    notes: str | None
    audience_country: str | None
    rates: tuple[Rate, ...]


class AudienceRow(AccountRow, frozen=True):
    """Shares of an account's audience: (dimension, code, share in [0, 1]); `sample_size` where the file
    says it."""

    shares: tuple[tuple[str, str, float], ...]
    sample_size: int | None


class PostRow(AccountRow, frozen=True):
    """One post of an account with its figures. `post_id` or `url` or `published_at` tells it from others."""

    post_id: str | None
    post_url: str | None
    published_at: datetime | None
    format: str | None
    caption: str | None
    hashtags: tuple[str, ...]
    mentions: tuple[str, ...]
    sponsored: bool | None
    likes: int | None
    comments: int | None
    shares: int | None
    reposts: int | None
    replies: int | None
    saves: int | None
    private_interactions: int | None
    views: int | None
    reach: int | None
    impressions: int | None
    followers: int | None


class FollowerRow(AccountRow, frozen=True):
    """Who follows or likes an account, by naming.follower_id; `size` of the whole audience where the row
    says it."""

    of: Of
    followers: tuple[str, ...]
    size: int | None
