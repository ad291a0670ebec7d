"""The reach of a list as the API shows it."""

from datetime import datetime

from msgspec import Struct

from service.discovery.reach.overlaps.schemas import Across
from service.discovery.reach.schemas import UsedRate
from service.discovery.reach.show import Figure, LeftOutInfluencer, ReachFigure
from service.influencers.samples.schemas import FakeShare
from service.influencers.schemas import Platform
from service.kit.money import Money


class ReachedTimes(Struct, frozen=True):
    """People who are expected to see the posts at least so many times; share: of those who see one at all."""

    times: int
    people: float
    share: float | None


class ReachFrequency(Struct, frozen=True):
    """How often the same follower sees the posts; average: impressions / reach."""

    average: float | None
    reached: list[ReachedTimes]


class ReachOf(Struct, frozen=True):
    """What one influencer brings. Null: not known, with `reason` why it is in no figure over the list.

    reason: no_audience_set, followers_unknown, uniform_sample, too_few_sampled, no_reach_rate,
    no_posts_planned; null where it is in the figures. alone: people it reaches by itself; exclusive: those
    whom the list loses without it; marginal: those whom it adds to the ones before it; unique_share:
    exclusive / alone.
    target_share: of its audience. fakes: suspected among the followers, taken off. outside: people of its
    posts above the followers. rates: the reach rate of each planned format, and where it comes from.
    """

    influencer_id: str
    name: str
    account_id: str
    platform: Platform
    handle: str | None
    followers: int | None
    audience_size: int | None
    audience_basis: str | None
    audience_as_of: datetime | None
    in_figure: bool
    reason: str | None
    rates: list[UsedRate]
    fakes: FakeShare | None
    assumed: bool
    alone: Figure | None
    impressions: Figure | None
    exclusive: float | None
    marginal: float | None
    unique_share: float | None
    target_share: float | None
    outside: Figure | None
    cost: Money | None
    cost_reason: str | None


class ReachPart(Struct, frozen=True):
    """Figures of the influencers whose people can be told apart: of one platform, or of linked ones."""

    platforms: list[Platform]
    influencer_ids: list[str]
    unique_followers: Figure
    unique_reach: ReachFigure
    target_reach: ReachFigure | None
    impressions: Figure
    frequency: ReachFrequency


class UniqueCost(Struct, frozen=True):
    """Minor units for 1,000 people reached once; low and high from the interval of the reach."""

    value: int | None
    low: int | None
    high: int | None
    currency: str
    reason: str | None


class ReachCost(Struct, frozen=True):
    """The planned posts at today's rate cards.

    total: of all influencers whose prices are known; `without_price` names the others. cost_per_1000_unique:
    of the influencers in the figure; null with without_price where one of them has none.
    """

    total: Money
    without_price: list[str]
    cost_per_1000_unique: UniqueCost


class ReachNote(Struct, frozen=True):
    """What has to be known to read the figures, and whom it concerns."""

    code: str
    text: str
    influencer_ids: list[str]


class ListReach(Struct):
    """Whom a list's planned posts reach.

    Followers and reach are two figures: unique_followers counts people who follow any of the influencers in
    the figure, unique_reach how many of them are expected to see a post, suspected fakes taken off. Both are
    of the influencers with `in_figure`. unique_reach_of_all: bounds with those of whom a sample or a size is
    known at most; null where there are none. outside: people who don't follow, never part of unique_reach.
    target_reach: of the target's people. across_platforms: unknown where people of two platforms are not
    linked: then figures of people are bounds, and `platforms` has those of each; linked: who is on two
    platforms counts once where the identities are linked, and as two people elsewhere: then low is the
    largest platform's own figure, as the others may be the same people.
    """

    shortlist_id: str
    as_of: datetime
    across_platforms: Across
    unique_followers: Figure
    unique_reach: ReachFigure
    unique_reach_of_all: Figure | None
    target_reach: ReachFigure | None
    impressions: Figure
    impressions_of_all: Figure
    frequency: ReachFrequency | None
    outside: Figure
    cost: ReachCost
    influencers: list[ReachOf]
    platforms: list[ReachPart]
    left_out: list[LeftOutInfluencer]
    notes: list[ReachNote]


class RatesOf(Struct, frozen=True):
    """The reach rates of an influencer's planned posts, and where each comes from."""

    influencer_id: str
    name: str
    account_id: str
    platform: Platform
    handle: str | None
    followers: int | None
    rates: list[UsedRate]
    without_rate: list[str]


class ReachRates(Struct):
    """Rates by influencer; `left_out` names those of whom no account can be used."""

    as_of: datetime
    data: list[RatesOf]
    left_out: list[LeftOutInfluencer]
