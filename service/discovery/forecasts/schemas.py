"""What a budget is expected to bring."""

from typing import Literal, NamedTuple
from uuid import UUID

from msgspec import Struct

from graph.estimates import Estimate
from service.discovery.plans.schemas import LeftOutOfPlan, Note, Objective
from service.discovery.reach.show import Figure
from service.discovery.scores.schemas import ScoredAccount
from service.kit.money import Money

ExpectedBasis = Literal["own_history", "account_average"]


class Publishing(NamedTuple):
    """An influencer with the account and the posts (format, how many) that are planned."""

    influencer_id: UUID
    account_id: UUID
    platform: str
    posts: tuple[tuple[str, int], ...]


class AverageRow(Struct, frozen=True):
    """What an account's newest snapshot says of a post."""

    account_id: UUID
    avg_views: float | None
    avg_likes: float | None
    avg_comments: float | None
    avg_engagements: float | None


class Past(Struct, frozen=True):
    """A collaboration with what it brought."""

    conversions: int
    engagements: int


class PerPost(Struct, frozen=True):
    """One post of a format: views, engagements, and engagements per view."""

    views: Estimate
    engagements: Estimate
    rate: Estimate


class ForecastMoney(Struct, frozen=True):
    """A figure in minor units of `currency`, with its 95% interval."""

    value: int | None
    low: int | None
    high: int | None
    currency: str
    n: float | None
    basis: str
    reason: str | None


class ExpectedInfluencer(Struct, frozen=True):
    """What the planned posts of one influencer are expected to bring."""

    influencer_id: str
    name: str
    account: ScoredAccount | None
    cost: Money | None
    posts: int
    views: Figure
    engagements: Figure


class BudgetPoint(Struct, frozen=True):
    """What the plan for one budget reaches: a point of the curve of reach by budget."""

    budget: Money
    spend: Money
    influencers: int
    value: float
    upper_bound: float
    optimality: float


class BudgetForecast(Struct, frozen=True):
    """What a budget brings, spent on the plan that is found for it.

    reach: people who are reached once, among the followers; null (members_gone) of a plan some of whose
    influencers have left since: spend and all figures are of the others then; objective: what the plan
    counts, and the curve with it. cpm: for 1,000 views, cpe: for an engagement. `left_out`: who can't be
    planned with, and why.
    Figures of basis own_history rest on the accounts' own posts and the workspace's own collaborations, those
    of account_average on what a vendor says; null with a reason where nothing is known, without ends where
    there are too few cases.
    """

    shortlist_id: str
    plan_id: str | None
    budget: Money
    spend: Money
    objective: Objective
    optimality: float | None
    sentence: str
    influencers: list[ExpectedInfluencer]
    unique_followers: Figure
    reach: Figure
    views: Figure
    engagements: Figure
    clicks: Figure
    orders: Figure
    revenue: ForecastMoney
    cpm: ForecastMoney
    cpe: ForecastMoney
    curve: list[BudgetPoint]
    left_out: list[LeftOutOfPlan]
    notes: list[Note]
