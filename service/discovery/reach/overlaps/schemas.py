"""The overlap of a list as the API shows it."""

from datetime import datetime
from typing import Literal

from msgspec import Struct

from service.discovery.reach.show import Figure, LeftOutInfluencer
from service.influencers.followers.reading import Of
from service.influencers.schemas import Platform

Method = Literal["exact", "hash_samples", "uniform_samples", "mixed_samples", "none"]
Across = Literal["single", "linked", "unknown"]
Cells = list[list[float | None]]


class Within(Struct, frozen=True):
    """The same figures among the audiences whose people can be told apart from this one's."""

    unique_share: Figure
    marginal: Figure | None
    cumulative: Figure | None


class AudienceOf(Struct, frozen=True):
    """An influencer with a known audience; its row and column in the matrices are its place in the list.

    basis: exact (everybody is known), uniform_sample or hash_sample, of `sampled` people. unique_share: share
    of the audience that no other of the list has. marginal: people whom it adds to those before it;
    cumulative: people of all up to it; both null in lists of more than 100 hash samples or 50 others.
    """

    influencer_id: str
    name: str
    account_id: str
    platform: Platform
    handle: str | None
    size: int
    basis: str
    sampled: int | None
    as_of: datetime | None
    source: str | None
    unique_share: Figure
    marginal: Figure | None
    cumulative: Figure | None
    within_platform: Within | None


class WithoutSet(Struct, frozen=True):
    """An influencer of whose audience only the size is known, or nothing: not in the figures.

    reason: no_audience_set, followers_unknown.
    """

    influencer_id: str
    name: str
    account_id: str
    platform: Platform
    followers: int | None
    reason: str


class Matrix(Struct, frozen=True):
    """Row by column; null where it can't be told. low and high are null where every value is exact."""

    value: Cells
    low: Cells | None
    high: Cells | None


class InAudiences(Struct, frozen=True):
    """People who are in exactly so many of the audiences."""

    audiences: int
    people: Figure


class PlatformPart(Struct, frozen=True):
    """Figures of the audiences whose people can be told apart: of one platform, or of linked ones."""

    platforms: list[Platform]
    influencer_ids: list[str]
    method: Method
    total_followers: int
    unique_followers: Figure
    frequency: list[InAudiences] | None


class Overlap(Struct):
    """Who of a list shares how many people with whom.

    method: exact where everybody is known, else by which samples. across_platforms: unknown where people of
    two platforms are not linked: then figures over platforms are bounds, cells between them null, and
    `platforms` has the figures of each; linked: who is on two platforms counts once where the identities are
    linked, and as two people elsewhere, so that figures over both are not exact: low is what holds if
    everybody else who can be the same is.
    shared, jaccard (shared of either), containment (shared of the row's audience): null for more than 200
    influencers (see overlap/pairs), 100 hash samples or 50 others. unique_followers_of_all: with
    those of whom only a size is known, as bounds; null where there are none. frequency: null where it can't
    be told.
    """

    shortlist_id: str
    as_of: datetime
    of: Of
    method: Method
    across_platforms: Across
    influencers: list[AudienceOf]
    shared: Matrix | None
    jaccard: Matrix | None
    containment: Matrix | None
    total_followers: int
    unique_followers: Figure
    unique_followers_of_all: Figure | None
    frequency: list[InAudiences] | None
    platforms: list[PlatformPart]
    without_set: list[WithoutSet]
    left_out: list[LeftOutInfluencer]


class Pair(Struct, frozen=True):
    """Two influencers of a list. containment: of either's audience the share that is in both."""

    first_id: str
    second_id: str
    shared: Figure
    jaccard: Figure
    containment_of_first: Figure
    containment_of_second: Figure
