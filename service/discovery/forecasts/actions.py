"""Reading what a forecast is made of, and making it."""

import asyncio
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID

from msgspec.structs import replace

from graph.estimates import Estimate, missing
from service.discovery.forecasts import store
from service.discovery.forecasts.problems import PlanNotReady, TooLargeToForecast
from service.discovery.forecasts.schemas import AverageRow, Past, Publishing
from service.discovery.plans import loading
from service.discovery.plans import store as plans
from service.discovery.plans.problems import UnknownPlan
from service.discovery.plans.schemas import Asked, LeftOutOfPlan, Made, NoteCode, Objective, Totals
from service.discovery.plans.show import left_out
from service.influencers.engagement import PostFigures
from service.influencers.posts.store import figures as posts_of
from service.influencers.tables import INFLUENCERS
from service.kit import ids
from service.kit.db import Connection
from service.kit.money import Price

if TYPE_CHECKING:
    from graph.forecast import Forecast
    from service.discovery.forecasts.figuring import Brought
    from service.discovery.plans.facts import Everybody


class History(NamedTuple):
    """The workspace's own: posts and averages of accounts, and finished collaborations."""

    posts: list[PostFigures]
    averages: dict[UUID, AverageRow]
    past: list[Past]


class Forecasted(NamedTuple):
    """A forecast before it is shown; costs, publishing and each: in one order."""

    plan_id: UUID | None
    budget: Price
    objective: Objective
    publishing: list[Publishing]
    costs: list[int | None]
    each: "list[Brought]"
    found: "Forecast"
    followers: Estimate
    totals: Totals
    curve: list[tuple[int, Totals]]
    left_out: list[LeftOutOfPlan]
    notes: list[NoteCode]


async def of_budget(db: Connection, workspace_id: UUID, asked: Asked, budgets: Sequence[int]) -> Forecasted:
    """The forecast of the plan for a budget, and the curve. Raises UnknownShortlist, ImpossibleDemands,
    TooLargeToForecast."""
    keys = await loading.people(db, workspace_id, asked)
    if not await loading.is_small(db, workspace_id, keys):
        raise TooLargeToForecast("make a plan of this list and forecast it by its plan_id")
    everybody = await loading.everybody(db, workspace_id, asked, keys)
    history = await _history(db, workspace_id, [each.account_id for each in everybody.facts])
    return await asyncio.to_thread(_of_budget, everybody, asked, budgets, history)


def _of_budget(everybody: "Everybody", asked: Asked, budgets: Sequence[int], history: History) -> Forecasted:
    from service.discovery.forecasts.planning import curve, plan_of

    plan = plan_of(everybody, asked)
    found, each = _figures(plan.spend, plan.reach, plan.publishing, history)
    taken = {one.influencer_id for one in plan.publishing}
    notes: list[NoteCode] = [*plan.made.totals.notes]
    return Forecasted(
        plan_id=None,
        budget=asked.budget,
        objective=plan.objective,
        publishing=plan.publishing,
        costs=[*plan.costs],
        each=each,
        found=found,
        followers=plan.followers,
        totals=plan.made.totals,
        curve=[
            (amount, made.totals)
            for amount, made in zip(budgets, curve(everybody, asked, budgets), strict=True)
        ],
        left_out=_left_out(plan.made, taken),
        notes=[*notes, "audiences_unknown"] if plan.also else notes,
    )


def _left_out(made: Made, taken: set[UUID]) -> list[LeftOutOfPlan]:
    return [
        LeftOutOfPlan(ids.show("inf", each.influencer_id), each.reason)
        for each in made.members
        if each.reason is not None and each.influencer_id not in taken
    ]


async def of_plan(db: Connection, workspace_id: UUID, shortlist_id: UUID, plan_id: UUID) -> Forecasted:
    """The forecast of a plan of the list, as it was computed; of those who are still there.

    Raises UnknownPlan, PlanNotReady.
    """
    row = await plans.get_plan(db, workspace_id, plan_id)
    if row.shortlist_id != shortlist_id:
        raise UnknownPlan("the list has no such plan")
    if row.chosen is None:
        raise PlanNotReady("wait for its job, or make it anew")
    members = await plans.members(db, workspace_id, plan_id)
    seen = [each for each in members if each.place is not None and not each.opted_out]
    chosen = [each for each in seen if each.account_id and each.platform]
    taken = [(each.id, each.account_id, each.platform) for each in chosen]
    history = await _history(db, workspace_id, [each.account_id for each in chosen if each.account_id])
    asked = row.asked
    whole = len(chosen) == row.chosen.chosen
    totals = row.chosen if whole else _of_the_rest(row.chosen, [one.cost or 0 for one in chosen])

    def decide() -> "tuple[list[Publishing], Forecast, list[Brought]]":
        from service.discovery.forecasts.planning import publishing

        made = publishing([(one, account, on) for one, account, on in taken if account and on], asked.posts)
        return made, *_figures(totals.total_cost, totals.unique_reach, made, history)

    made, found, each = await asyncio.to_thread(decide)
    return Forecasted(
        plan_id=plan_id,
        budget=asked.budget,
        objective=row.objective,
        publishing=made,
        costs=[one.cost for one in chosen],
        each=each,
        found=found,
        followers=totals.unique_followers,
        totals=totals,
        curve=[],
        left_out=left_out(members),
        notes=totals.notes,
    )


def _of_the_rest(totals: Totals, costs: Sequence[int]) -> Totals:
    """Where some of the plan are gone, what the others cost; whom these reach was not computed."""
    unknown = missing("bounds", "members_gone")
    return replace(
        totals,
        total_cost=sum(costs),
        unique_followers=unknown,
        unique_reach=unknown,
        notes=[*totals.notes, "members_gone"],
    )


def _figures(
    spend: int, reach: Estimate, plan: Sequence[Publishing], history: History
) -> "tuple[Forecast, list[Brought]]":
    from service.discovery.forecasts.expecting import orders_per_engagement, per_post
    from service.discovery.forecasts.figuring import figures

    orders = orders_per_engagement(history.past)
    return figures(spend, reach, plan, per_post(history.posts), history.averages, orders)


async def _history(db: Connection, workspace_id: UUID, account_ids: list[UUID]) -> History:
    averages = await store.averages(db, workspace_id, account_ids)
    return History(
        await posts_of(db, INFLUENCERS, workspace_id, account_ids),
        {row.account_id: row for row in averages},
        await store.past(db, workspace_id),
    )
