"""A workspace and its settings."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from msgspec import UNSET, Meta, Struct, UnsetType, field

from service.accounts.schemas import Name
from service.kit.money import Currency

Locale = Literal["tr", "en"]
TierName = Literal["nano", "micro", "mid", "macro", "mega"]
Platform = Literal[
    "instagram", "tiktok", "youtube", "x", "facebook", "linkedin", "pinterest", "twitch", "other"
]
Zone = Annotated[str, Meta(max_length=64, description="IANA time zone", examples=["Europe/Istanbul"])]
Origin = Annotated[str, Meta(max_length=300, examples=["https://shop.example"])]
Host = Annotated[str, Meta(max_length=253, examples=["shop.example"])]
Bound = Annotated[int, Meta(ge=0, le=10_000_000_000)]
Share = Annotated[float, Meta(ge=0, le=1)]


class Tiers(Struct, frozen=True, forbid_unknown_fields=True):
    """The fewest followers of each tier, rising."""

    nano: Bound = 1_000
    micro: Bound = 10_000
    mid: Bound = 50_000
    macro: Bound = 500_000
    mega: Bound = 1_000_000


class ReachRate(Struct, frozen=True, forbid_unknown_fields=True):
    """The share of followers that a post reaches, where nothing was measured; None means every one."""

    platform: Platform
    rate: Share
    format: Annotated[str, Meta(min_length=1, max_length=40)] | None = None
    tier: TierName | None = None


class WorkspaceRow(Struct):
    id: UUID
    name: str
    currency: str
    timezone: str
    locale: str
    cors_origins: list[str]
    link_hosts: list[str]
    destination_hosts: list[str]
    tiers: Tiers
    reach_rates: list[ReachRate]
    test_share: float
    version: int
    created_at: datetime
    updated_at: datetime


class Workspace(Struct):
    """A workspace. `test_share`: the share of a budget that is kept for trying out new influencers."""

    id: str
    name: str
    currency: str
    timezone: str
    locale: str
    cors_origins: list[str]
    link_hosts: list[str]
    destination_hosts: list[str]
    tiers: Tiers
    reach_rates: list[ReachRate]
    test_share: float
    created_at: datetime
    updated_at: datetime


class WorkspacePatch(Struct, forbid_unknown_fields=True):
    """What is left out stays as it is."""

    name: Name | UnsetType = UNSET
    currency: Currency | UnsetType = UNSET
    timezone: Zone | UnsetType = UNSET
    locale: Locale | UnsetType = UNSET
    cors_origins: Annotated[list[Origin], Meta(max_length=50)] | UnsetType = UNSET
    link_hosts: Annotated[list[Host], Meta(max_length=50)] | UnsetType = UNSET
    destination_hosts: Annotated[list[Host], Meta(max_length=200)] | UnsetType = UNSET
    tiers: Tiers | UnsetType = UNSET
    reach_rates: Annotated[list[ReachRate], Meta(max_length=500)] | UnsetType = UNSET
    test_share: Share | UnsetType = UNSET


class PersonView(Struct):
    """A person."""

    id: str
    name: str
    email: str


class KeyView(Struct):
    """A key, by its first characters."""

    id: str
    name: str
    prefix: str


class WorkspaceView(Struct):
    """A workspace that the caller may enter, and the role there."""

    id: str
    name: str
    role: str


class Me(Struct):
    """The caller: either `person` or `key` is set."""

    workspace: WorkspaceView
    scopes: list[str]
    person: PersonView | None = None
    key: KeyView | None = None
    workspaces: list[WorkspaceView] = field(default_factory=list)
