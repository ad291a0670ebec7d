"""Watches: whose posts stand under an obligation to disclose, for which advertiser, and when."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from msgspec import UNSET, Meta, Struct, UnsetType, field

from service.influencers.schemas import Handle, Label, LongText, Time
from service.mentions.disclosure.packs import Market
from service.mentions.disclosure.schemas import AdvertiserName

Handles = Annotated[list[Handle], Meta(max_length=50)]
Hashtags = Annotated[list[Label], Meta(max_length=50, description="with or without #")]
OuterId = Annotated[str, Meta(max_length=40)]


class NewDisclosureWatch(Struct, kw_only=True, forbid_unknown_fields=True):
    """Whose posts are checked: one influencer's, or `all`; posts from `from` on, before `to`.

    A post is meant if it names the advertiser, one of its handles or hashtags.
    """

    influencer_id: OuterId | None = None
    all: bool = False
    advertiser: AdvertiserName
    handles: Handles = []
    hashtags: Hashtags = []
    market: Market
    from_: Time = field(name="from")
    to: Time | None = None
    note: LongText | None = None


class DisclosureWatchPatch(Struct, kw_only=True, forbid_unknown_fields=True):
    """What is left out stays. Whom it watches stays: others get a watch of their own."""

    advertiser: AdvertiserName | UnsetType = UNSET
    handles: Handles | UnsetType = UNSET
    hashtags: Hashtags | UnsetType = UNSET
    market: Market | UnsetType = UNSET
    from_: Time | UnsetType = field(name="from", default=UNSET)
    to: Time | UnsetType | None = UNSET
    note: LongText | UnsetType | None = UNSET


class WatchRow(Struct):
    id: UUID
    influencer_id: UUID | None
    advertiser: str
    handles: list[str]
    hashtags: list[str]
    market: str
    starts_at: datetime
    ends_at: datetime | None
    note: str | None
    rules: str | None
    archived_at: datetime | None
    version: int
    created_at: datetime
    updated_at: datetime


class DisclosureWatch(Struct, kw_only=True):
    """A watch. `pending`: posts wait to be looked at, anew or for the first time."""

    id: str
    influencer_id: str | None
    all: bool
    advertiser: str
    handles: list[str]
    hashtags: list[str]
    market: str
    from_: datetime = field(name="from")
    to: datetime | None
    note: str | None
    pending: bool
    archived_at: datetime | None
    created_at: datetime
    updated_at: datetime


class WatchedPost(Struct):
    """A post that a watch may mean. `at`: when it was published, else first seen."""

    id: UUID
    platform: str
    format: str
    caption: str | None
    hashtags: list[str]
    mentions: list[str]
    at: datetime
