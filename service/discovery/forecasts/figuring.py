"""The figures of a plan, each with its interval (pure; loads scipy)."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple
from uuid import UUID

from msgspec.structs import replace

from graph.arithmetic import per, product, total
from graph.estimates import Estimate, missing
from graph.forecast import Conversion, Expected, Forecast, forecast, in_minor_units
from service.discovery.forecasts.expecting import Kind, expected
from service.discovery.forecasts.schemas import AverageRow, PerPost, Publishing

HISTORY = "own_history"


class Brought(NamedTuple):
    """What all posts of one influencer bring."""

    views: Estimate
    engagements: Estimate


def brought(
    publishing: Publishing, measured: Mapping[Kind, PerPost], average: AverageRow | None
) -> tuple[Brought, list[tuple[Expected, Estimate]]]:
    """The sum over the planned formats, and each of them: as views with a rate, and as engagements."""
    parts = []
    for form, count in publishing.posts:
        one = expected(measured, average, publishing.account_id, form)
        account = Expected(one.views, one.rate, count)
        parts.append((account, _engagements(account, one.engagements)))
    views = total([each.views.times(each.posts) for each, _ in parts])
    return Brought(views, total([engaged for _, engaged in parts])), parts


def _engagements(account: Expected, direct: Estimate) -> Estimate:
    """Views times engagements per view; where views are not shown, engagements as they are."""
    found = product(account.views.times(account.posts), account.engagement_rate)
    return found if found.value is not None else direct.times(account.posts)


def figures(
    spend: int,
    reach: Estimate,
    plan: Sequence[Publishing],
    measured: Mapping[Kind, PerPost],
    averages: Mapping[UUID, AverageRow],
    orders: Estimate,
) -> tuple[Forecast, list[Brought]]:
    """The whole plan's figures and each influencer's. orders: per engagement.

    Clicks and what an order is worth are not known to this part of the house: they stay null, and orders
    come from engagements.
    """
    each = [brought(one, measured, averages.get(one.account_id)) for one in plan]
    parts = [part for _, own in each for part in own]
    unknown = missing(HISTORY, "no_history")
    found = forecast(spend, reach, [account for account, _ in parts], Conversion(unknown, unknown, unknown))
    engagements = total([engaged for _, engaged in parts])
    return (
        replace(
            found,
            engagements=engagements,
            orders=product(engagements, orders),
            cpe=in_minor_units(per(spend, engagements)),
        ),
        [all_of_it for all_of_it, _ in each],
    )
