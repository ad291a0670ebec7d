"""Samples of an account's followers: what comes in, and what is kept of it."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from msgspec import Meta, Struct

from service.influencers.schemas import Count, Source, Time

MOST_PROFILES = 1_000

Share = Annotated[float, Meta(ge=0, le=1)]
Percent = Annotated[float, Meta(ge=0, le=100)]
Length = Annotated[int, Meta(ge=0, le=100_000)]
Words = Annotated[int, Meta(ge=0, le=1_000)]
Text = Annotated[str, Meta(max_length=5_000)]


class FollowerProfile(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A follower as the platform shows one; what is not known is left out.

    Handle, name and bio are counted and forgotten: `digit_ratio`, `name_words`, `name_is_handle` and
    `bio_length` may be sent instead.
    """

    followers: Count | None = None
    following: Count | None = None
    posts: Count | None = None
    has_picture: bool | None = None
    is_private: bool | None = None
    has_link: bool | None = None
    handle: Annotated[str, Meta(max_length=200)] | None = None
    name: Annotated[str, Meta(max_length=500)] | None = None
    bio: Text | None = None
    digit_ratio: Annotated[Share, Meta(description="digits of the handle / its length")] | None = None
    name_words: Words | None = None
    name_is_handle: bool | None = None
    bio_length: Length | None = None


class AudienceType(Struct, frozen=True):
    """A kind of follower as Modash counts them, and its share."""

    code: Literal["real", "mass_followers", "suspicious", "influencers"]
    weight: Share


class AudienceByType(Struct, frozen=True):
    """Kinds of followers as HypeAuditor counts them, in percent."""

    bots: Percent
    real: Percent | None = None
    infs: Percent | None = None
    mass: Percent | None = None


class NewFollowerSample(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A sample of followers: exactly one of `profiles`, `suspicious`, `credibility`, `audience_types` and
    `audience_by_type`. It replaces what is known of its source and day.

    `profiles` are judged here. The others are a vendor's verdict over `n` followers: how many are suspicious,
    which share is credible, or which shares there are of each kind. `tpr` and `fpr` say how often the vendor
    is right about fakes and wrong about real followers, where that is known.
    """

    source: Source = "api"
    as_of: Time | None = None
    profiles: Annotated[list[FollowerProfile], Meta(min_length=1, max_length=MOST_PROFILES)] | None = None
    n: (
        Annotated[int, Meta(ge=1, le=10**12, description="of a vendor: how many followers were looked at")]
        | None
    ) = None
    suspicious: Count | None = None
    credibility: Share | None = None
    audience_types: Annotated[list[AudienceType], Meta(min_length=1, max_length=4)] | None = None
    audience_by_type: AudienceByType | None = None
    tpr: Share | None = None
    fpr: Share | None = None


class FakeShare(Struct):
    """The share of fakes among the followers, corrected for errors, and its 90% interval."""

    low: float
    estimate: float
    high: float


class FollowerSample(Struct):
    """What a sample says. `n_known`: false where a vendor gives a share without the size of its sample, which
    then counts as 200. `flagged`: how many look fake (of `profiles` a sum of parts). `model_version` is null
    where a vendor judged. `fakes` is null where the rates of error are too close to tell anything.
    """

    id: str
    account_id: str
    source: str
    as_of: datetime
    n: int
    n_known: bool
    flagged: float
    tpr: float
    fpr: float
    model_version: str | None
    fakes: FakeShare | None


class SampleRow(Struct):
    id: UUID
    account_id: UUID
    source: str
    as_of: datetime
    n: int
    n_known: bool
    flagged: float
    tpr: float
    fpr: float
    model_version: str | None
