"""What a budget brings: from reach and views to orders and revenue, each step with its interval.

views = sum over accounts of posts x views per post; engagements = sum of views x own engagement rate; clicks
= views x click rate; orders = clicks x order rate; revenue = orders x order value. What is not known stays
null with its reason, and so does all that follows from it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from msgspec import Struct

from graph.arithmetic import per, product, total
from graph.estimates import Estimate


@dataclass(frozen=True, slots=True)
class Expected:
    """One account: views of one post, engagements per view, planned posts."""

    views: Estimate
    engagement_rate: Estimate
    posts: int


@dataclass(frozen=True, slots=True)
class Conversion:
    """Of the campaign: clicks per view, orders per click, minor units per order."""

    click_rate: Estimate
    order_rate: Estimate
    order_value: Estimate


class MoneyEstimate(Struct, frozen=True):
    """An estimate in minor units of the plan's currency."""

    value: int | None
    low: int | None
    high: int | None
    n: float | None
    basis: str
    reason: str | None = None


class Forecast(Struct, frozen=True):
    """Each figure with its interval, n and basis; spend in minor units. cpm: 1,000 views; cpe: engagement."""

    spend: int
    reach: Estimate
    views: Estimate
    engagements: Estimate
    clicks: Estimate
    orders: Estimate
    revenue: MoneyEstimate
    cpm: MoneyEstimate
    cpe: MoneyEstimate


def forecast(spend: int, reach: Estimate, accounts: Sequence[Expected], conversion: Conversion) -> Forecast:
    """The figures of a plan that costs `spend` minor units and reaches `reach` people.

    Views of different accounts err independently, and so do rates; a rate of the whole campaign errs once.

    >>> from graph.estimates import exactly, missing
    >>> views, rate = Estimate(1000.0, 800.0, 1250.0, 12, "own_history"), exactly(0.05)
    >>> unknown = missing("workspace_history", "no_history")
    >>> reach, account = exactly(1500.0), Expected(views, rate, 2)
    >>> found = forecast(30_000, reach, [account], Conversion(rate, unknown, unknown))
    >>> found.views.value, found.engagements.value, found.clicks.value, found.cpm.value, found.orders.reason
    (2000.0, 100.0, 100.0, 15000, 'no_history')
    """
    each_views = [account.views.times(account.posts) for account in accounts]
    views = total(each_views)
    engagements = total(
        [product(seen, account.engagement_rate) for seen, account in zip(each_views, accounts, strict=True)]
    )
    clicks = product(views, conversion.click_rate)
    orders = product(clicks, conversion.order_rate)
    return Forecast(
        spend=spend,
        reach=reach,
        views=views,
        engagements=engagements,
        clicks=clicks,
        orders=orders,
        revenue=in_minor_units(product(orders, conversion.order_value)),
        cpm=in_minor_units(per(spend, views, 1000)),
        cpe=in_minor_units(per(spend, engagements)),
    )


def in_minor_units(found: Estimate) -> MoneyEstimate:
    """Rounded half to even.

    >>> in_minor_units(Estimate(2.5, 1.4, 3.5, 4, "own_history")).value
    2
    """
    value, low, high = (
        None if part is None else round(part) for part in (found.value, found.low, found.high)
    )
    return MoneyEstimate(value, low, high, found.n, found.basis, found.reason)
