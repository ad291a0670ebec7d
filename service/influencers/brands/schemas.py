"""Own brands and competitors."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from msgspec import UNSET, Meta, Struct, UnsetType

from service.influencers.accounts.schemas import Account, AccountEngagement, NewAccount
from service.influencers.schemas import Labels, LongText, Name, Platform

BrandKind = Literal["own", "competitor"]
Relation = Literal["direct", "indirect"]


class NewBrand(Struct, kw_only=True, forbid_unknown_fields=True):
    """A brand; `relation` says how a competitor competes."""

    name: Name
    kind: BrandKind = "own"
    relation: Relation | None = None
    proposition: LongText | None = None
    values: Labels = []
    accounts: Annotated[list[NewAccount], Meta(max_length=50)] = []


class BrandPatch(Struct, kw_only=True, forbid_unknown_fields=True):
    """What is left out stays as it is; lists are replaced."""

    name: Name | UnsetType = UNSET
    kind: BrandKind | UnsetType = UNSET
    relation: Relation | UnsetType | None = UNSET
    proposition: LongText | UnsetType | None = UNSET
    values: Labels | UnsetType = UNSET


class BrandRow(Struct):
    id: UUID
    name: str
    kind: BrandKind
    relation: Relation | None
    proposition: str | None
    values: list[str]
    archived_at: datetime | None
    version: int
    created_at: datetime
    updated_at: datetime


class Brand(Struct):
    """A brand with its accounts."""

    id: str
    name: str
    kind: BrandKind
    relation: Relation | None
    proposition: str | None
    values: list[str]
    archived_at: datetime | None
    version: int
    created_at: datetime
    updated_at: datetime
    accounts: list[Account]


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
    posts: int
    sponsored_posts: int
    likes: int | None
    comments: int | None
    shares: int | None
    views: int | None


class ComparedAccount(Struct):
    """An account between two days; `net_followers` and `growth` (a fraction) compare its snapshots.

    Sums of likes, comments, shares and views are of the posts published between; null where none is known.
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
    posts: int
    sponsored_posts: int
    likes: int | None
    comments: int | None
    shares: int | None
    views: int | None
    engagement_rate: AccountEngagement | None


class ComparedBrand(Struct):
    """A brand in a comparison. Followers of its accounts are summed: one person may follow several."""

    brand_id: str
    name: str
    kind: BrandKind
    relation: Relation | None
    followers: int | None
    posts: int
    accounts: list[ComparedAccount]


class BrandComparison(Struct):
    """Brands side by side, in the order in which they were asked for."""

    since: datetime | None
    until: datetime | None
    brands: list[ComparedBrand]
