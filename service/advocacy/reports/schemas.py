"""GET /v1/advocacy/report: what is shown."""

from datetime import date, datetime
from typing import Annotated, Literal

from msgspec import Meta, Struct

from service.advocacy.reports.growing import Unit
from service.advocacy.terms.shapes import PointsWorth, RewardKind
from service.kit.money import Money

Stage = Literal["advocates", "invitations", "clicks", "signups", "customers", "new_advocates"]
Side = Literal["influencers", "advocates"]
Part = Literal["funnel", "cohorts", "sides"]


class ReportFigure(Struct, frozen=True):
    """A figure with its 95% interval, of `n` cases; null with a reason where the data gives none. Where there
    is no figure, an end may still be known."""

    value: float | None
    low: float | None = None
    high: float | None = None
    n: float | None = None
    reason: str | None = None


class FunnelStage(Struct):
    """How many came so far, or further; `held` and `rejected` are beside it, and not in `count`.

    `conversion`: the share of the stage before that went on; of advocates, who has invited anybody at all.
    `per_previous`: how many there are for each one of the stage before.
    """

    stage: Stage
    count: int
    held: int
    rejected: int
    conversion: ReportFigure
    per_previous: float | None


class ReportCohort(Struct):
    """Users who joined in a month (2026-11) or the week of a Monday (2026-11-23); `whole` has no name.

    `invitations`, `brought`, `invitations_per_user`, `conversion`: so far. `k`: when all have been brought.
    `k_within` the window, of users who had it. `still_young`: the share of users who had less time.
    """

    cohort: str | None
    users: int
    invitations: int
    brought: int
    invitations_per_user: ReportFigure
    conversion: ReportFigure
    k: ReportFigure
    k_within: ReportFigure
    still_young: float


class ReportGrowth(Struct):
    """K = invitations per user x conversion per invitation. Users are advocates and customers whom they
    brought. Cohorts are those with a day of the span; `whole`, and the time to bring somebody, are of all
    users ever. `as_of`: when a job reckoned it last; null: not yet, and the figures say so."""

    by: Unit
    as_of: datetime | None
    window_days: int
    cohorts: list[ReportCohort]
    whole: ReportCohort | None
    generation_days_mean: ReportFigure
    generation_days_median: ReportFigure


class RewardPart(Struct, frozen=True):
    """`amount` in minor units or points; null where nothing tells what one is worth."""

    count: int
    amount: int | None


class RewardCost(Struct):
    """Rewards of a kind and currency (`points`, or money; null: things without a worth), by the day they were
    earned. What went back in part is in `given` or `pending` by what is left, and in `taken_back` by the
    rest; the counts are by where each one stands."""

    kind: RewardKind
    currency: str | None
    promised: RewardPart
    given: RewardPart
    pending: RewardPart
    expired: RewardPart
    taken_back: RewardPart


class PointsSpent(Struct, frozen=True):
    """Points given or pending, `amount` of money by their `worth`: what the terms by which they were given
    say. It is in `cost` of the returns and of the advocates' side, as `of_points` there."""

    worth: PointsWorth
    points: int
    amount: Money


class RewardReturn(Struct):
    """What advocates cost in a currency: rewards given or pending, and commissions of advocacy programs.
    `of_points`: the part of `cost` that is points with a worth.

    `net`: what referred customers bought since their first order, after refunds. `roi`: (net - cost) / cost.
    """

    currency: str
    cost: Money
    of_points: Money
    net: Money
    cost_per_customer: Money | None
    cost_per_customer_reason: str | None
    roi: float | None
    roi_reason: str | None


class LeftOut(Struct, frozen=True):
    """Rewards that cost something and are in no sum of money: nothing tells what they are worth."""

    kind: RewardKind
    count: int
    points: int | None


class SideMoney(Struct):
    """A side's orders in a currency. `net` is after refunds, without tax and shipping; `average_order` of
    orders that stand. `of_points`: the part of `cost` that is points with a worth. `cost_per_new_customer`:
    of the side's new customers in all currencies."""

    currency: str
    orders: int
    net: Money
    average_order: Money | None
    cost: Money
    of_points: Money
    cost_per_new_customer: Money | None


class ReportSide(Struct):
    """Orders that are credited to one side, by the day of the order.

    `customers`: known ones, each once; `new_customers`: whose first purchase is among these. `repeat_rate`:
    of new ones who had the time, who bought again within `repeat_days`, whoever was credited. `refund_rate`:
    of orders, those of which anything went back.
    """

    side: Side
    customers: int
    new_customers: int
    orders: int
    repeat_days: int
    repeat_rate: ReportFigure
    refund_rate: ReportFigure
    money: list[SideMoney]


class NetworkPart(Struct):
    """`after`: the share after a friend's sale; `by_chance`: of shuffled times; `through`: what the network
    explains, after - by_chance; `chance`: how often shuffling gives as much."""

    after: float | None
    by_chance: float | None
    through: ReportFigure
    chance: float | None


class NetworkSales(Struct):
    """Sales within the window after a sale of a friend: of one's advocate, or of whom one brought. Of known
    customers, all that was ever sold in the currency with most sales."""

    window_days: int
    currency: str | None
    sales: int
    with_friends: int
    draws: int
    of_sales: NetworkPart
    of_amount: NetworkPart


class TopAdvocate(Struct):
    """An advocate who brought most ever. `direct`: customers whom they brought; `beyond`: whom those brought,
    and so on. `name` is null of those who were erased."""

    advocate_id: str
    name: str | None
    direct: int
    beyond: int


class AdvocacyReport(Struct, rename={"from_": "from"}):
    """Figures of local days, both included; null is open. They are of the moment `as_of`.

    `advocacy_conversion_rate`: referred customers who came by a link, of its visitors. `advocate_share`:
    advocates among customers with a successful referral, of all customers, up to the last day.
    """

    from_: date | None
    to: date | None
    tz: str
    program_id: str | None
    as_of: datetime
    funnel: list[FunnelStage]
    growth: ReportGrowth
    advocacy_conversion_rate: ReportFigure
    advocate_share: ReportFigure
    acquired_customers: int
    rewards: list[RewardCost]
    of_points: list[PointsSpent]
    returns: list[RewardReturn]
    left_out: list[LeftOut]
    sides: list[ReportSide]
    network: NetworkSales
    top_advocates: list[TopAdvocate]


class ReportRefresh(Struct, forbid_unknown_fields=True):
    """`tz`: the zone whose days are built anew; left out: the workspace's."""

    tz: Annotated[str, Meta(max_length=64)] | None = None


class ReportBuilt(Struct):
    """What a job has built: reports of so many programs, and all together."""

    tz: str
    reports: int
    referrals: int
    orders: int
