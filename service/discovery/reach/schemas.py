"""What is asked of reach, and what it is computed from."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Annotated, Literal, NamedTuple
from uuid import UUID

from msgspec import Meta, Struct, field

from graph.audiences import Audience
from graph.contacts import Presence
from graph.outside import Outside
from service.accounts.workspaces.schemas import ReachRate, Tiers
from service.influencers.followers.reading import Of
from service.influencers.samples.schemas import FakeShare
from service.influencers.schemas import Format, Platform

MOST_POSTS = 100
Count = Annotated[int, Meta(ge=1, le=MOST_POSTS, description="posts of this format")]
RateBasis = Literal["reach", "views", "average_views", "workspace", "built_in"]


class PlannedPosts(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Posts that each account is to publish: those of a platform, or one influencer's.

    What is said of an influencer stands in place of what is said of all.
    """

    format: Format
    count: Count = 1
    platform: Platform | None = None
    influencer_id: Annotated[str, Meta(max_length=40)] | None = None


class Planned(Struct, frozen=True):
    """Planned posts with the id read."""

    format: str
    count: int
    platform: str | None = None
    influencer_id: UUID | None = None


class Asked(Struct, frozen=True):
    """platforms: which may stand for an influencer, none: any. accounts: influencer -> the account to take.
    posts: none: one of each platform's usual format."""

    platforms: frozenset[str] = frozenset()
    accounts: Mapping[UUID, UUID] = field(default_factory=dict)
    posts: tuple[Planned, ...] = ()
    of: Of = "followers"


class AccountRow(Struct, frozen=True):
    """An influencer with one of its accounts, or none; n to fpr: its newest follower sample."""

    influencer_id: UUID
    name: str
    categories: list[str]
    archived: bool
    opted_out: bool
    account_id: UUID | None
    platform: str | None
    handle: str | None
    followers: int | None
    avg_views: float | None
    observed_at: datetime | None
    n: int | None
    flagged: float | None
    tpr: float | None
    fpr: float | None


class LeftOut(Struct, frozen=True):
    """Who is in no figure, and why: unknown, archived, opted_out, no_account, unknown_account."""

    influencer_id: UUID
    reason: str


class UsedRate(Struct, frozen=True):
    """Which share of its followers one post of a format reaches, and how that is known.

    basis: reach or views over followers of the account's own posts (median), average_views as a vendor says,
    the workspace's setting, or the built-in table. measured_as: the kind of posts that was looked at.
    sponsored: measured on sponsored posts, as no organic one shows it. source, year: of the table's row.
    assumed: not this account's own figure.
    """

    format: str
    posts: int
    rate: float
    low: float
    high: float
    basis: RateBasis
    measured_as: str
    statistic: str
    n: int | None
    window_days: int | None
    sponsored: bool
    source: str | None
    year: int | None
    assumed: bool


class Settings(NamedTuple):
    """What a workspace says: its rates where nothing was measured, tiers, currency, and which day it is."""

    reach_rates: list[ReachRate]
    tiers: Tiers
    currency: str
    today: date


class Priced(NamedTuple):
    """The price of all planned posts in minor units of the workspace's currency, or why there is none.

    tax_included: as all its prices say; null where they differ, or one does not say.
    """

    amount: int | None
    reason: str | None
    tax_included: bool | None = None


class Candidate(Struct, frozen=True):
    """An influencer, the account that stands for it, and what is known of both.

    audience: a set or sample, else SizeOnly with `reason` no_audience_set, else None with followers_unknown.
    presence: None where no rate of a planned format is known (`presence_reason` no_reach_rate). outside:
    people whom posts reach above the followers, per planned format with figures. cost: of the planned posts.
    sampled: people of the set or sample.
    """

    influencer_id: UUID
    account_id: UUID
    name: str
    platform: str
    handle: str | None
    categories: list[str]
    followers: int | None
    audience: Audience | None
    reason: str | None
    as_of: datetime | None
    source: str | None
    version: int | None
    fakes: FakeShare | None
    planned: tuple[tuple[str, int], ...]
    presence: Presence | None
    presence_reason: str | None
    rates: tuple[UsedRate, ...]
    outside: tuple[Outside, ...]
    cost: Priced
    sampled: int = 0


class Inputs(Struct, frozen=True):
    """Candidates in the order asked, who was left out, the workspace's currency, and the moment."""

    candidates: list[Candidate]
    left_out: list[LeftOut]
    linked: set[frozenset[str]]
    currency: str
    as_of: datetime
