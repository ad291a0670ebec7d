"""What an influencer's posts reach, and where that stands among others."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from msgspec import Struct

from scoring.posts import LAST
from scoring.rates import WINDOW_DAYS
from scoring.scores import Score
from service.discovery.scores.schemas import PeerGroup
from service.influencers.schemas import Basis, Components, Platform

Format = Literal["feed", "reel", "short", "story"]
Statistic = Literal["median", "mean"]


class Options(Struct, frozen=True):
    """How rates are measured; None is the default of platform and format."""

    format: Format | None = None
    base: Basis | None = None
    components: Components | None = None
    statistic: Statistic | None = None
    last: int = LAST
    window_days: int = WINDOW_DAYS
    sponsored: bool = False


class AccountRow(Struct, frozen=True):
    """An account as it is measured: its stored rate, and what groups it belongs to."""

    id: UUID
    platform: Platform
    handle: str | None
    followers: int | None
    category: str | None
    country: str | None
    er_value: float | None
    er_format: str | None
    er_basis: str | None
    er_components: str | None
    er_statistic: str | None
    er_n: int | None
    er_window_days: int | None
    er_origin: str | None
    er_as_of: datetime | None
    seen_at: datetime | None


class MemberGroup(PeerGroup, frozen=True):
    """Accounts of the catalogue whose rates are of one kind, with the country of each."""

    account_ids: list[UUID]
    countries: list[str | None]


class LeftOutPosts(Struct, frozen=True):
    """How many posts of the window don't count, and why.

    undated: nobody says when; young: under 72 hours; not_among_last: older than the last ones that
    count; hidden_likes, missing_components: a count is not known; no_base: followers, views or reach are
    not known; no_rate: no count is known.
    """

    undated: int = 0
    young: int = 0
    not_among_last: int = 0
    hidden_likes: int = 0
    missing_components: int = 0
    no_base: int = 0
    no_rate: int = 0


class MeasuredRate(Struct, frozen=True):
    """An engagement rate with all that it says of itself; `reason` says why `value` is null.

    `n` and `window_days` are null where a vendor's average does not say; `origin`: posts, averages or given.
    """

    value: float | None
    base: str
    components: str
    statistic: str
    n: int | None
    window_days: int | None
    origin: str
    reason: str | None
    as_of: datetime | None
    left_out: LeftOutPosts = LeftOutPosts()


class Quotient(Struct, frozen=True):
    """The rate of sponsored posts over that of organic ones."""

    value: float | None
    reason: str | None


class PeerFacts(Struct, frozen=True):
    """What peers reach at this follower count: mean and spread of ln rate, and the rate that is typical.

    `source` is the workspace's catalogue (`n` accounts) or the dated built-in table.
    """

    source: str
    n: int
    mu: float
    sigma: float
    typical_rate: float


class Percentile(Struct, frozen=True):
    """The share of a group, in percent, that a rate is above, ties half; `n`: how many others it holds."""

    group: str | None
    value: float | None
    n: int
    reason: str | None


class Percentiles(Struct, frozen=True):
    """Places among accounts with rates of the same platform, format, base and components.

    peers: at the same follower count and in the category; the others as they are. Null under 20 others.
    """

    peers: Percentile
    platform: Percentile
    tier: Percentile
    category: Percentile
    country: Percentile


class FormatEngagement(Struct):
    """One account and format. `compared` says which of both rates z, score and percentiles are of."""

    account_id: str
    platform: Platform
    handle: str | None
    followers: int | None
    format: Format
    organic: MeasuredRate
    sponsored: MeasuredRate
    sponsored_performance: Quotient
    compared: Literal["organic", "sponsored"]
    peers: PeerFacts | None
    z: float | None
    score: Score
    percentiles: Percentiles


class InfluencerEngagement(Struct):
    """The engagement of an influencer, a row an account and format."""

    influencer_id: str
    as_of: datetime
    data: list[FormatEngagement]
