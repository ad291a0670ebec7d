"""What one made-up influencer consists of, before it is written to files."""

from datetime import date, datetime

from msgspec import Struct


class Share(Struct, frozen=True):
    """One entry of an audience distribution: a share in [0, 1] of the audience of `dimension`."""

    dimension: str
    code: str
    share: float


class Post(Struct, frozen=True):
    """One post. `likes` is None where hidden, `views` and `shares` are None where the platform shows none."""

    platform_id: str
    published_at: datetime
    format: str
    caption: str
    hashtags: tuple[str, ...]
    likes: int | None
    views: int | None
    comments: int
    shares: int | None
    sponsored: bool


class Snapshot(Struct, frozen=True):
    """What the account showed on one day."""

    as_of: date
    followers: int
    following: int
    posts_count: int


class Account(Struct, frozen=True):
    """One platform's account with its last 90 days. Snapshots go from the oldest to the newest."""

    platform: str
    handle: str
    verified: bool
    snapshots: tuple[Snapshot, ...]
    posts: tuple[Post, ...]
    audience: tuple[Share, ...]
    sample_size: int
    rates: dict[str, int]  # format -> whole lira


class Influencer(Struct, frozen=True):
    """A person with one to three accounts. `bought`: has bought followers; known to tests, in no file."""

    name: str
    gender: str
    city: str
    city_name: str
    languages: tuple[str, ...]
    categories: tuple[str, ...]
    bio: str
    email: str | None
    agency: str | None
    accounts: tuple[Account, ...]
    bought: bool
