"""Forecasts as the API shows them."""

from typing import TYPE_CHECKING
from uuid import UUID

from service.discovery.forecasts.actions import Forecasted
from service.discovery.forecasts.schemas import (
    BudgetForecast,
    BudgetPoint,
    ExpectedInfluencer,
    ForecastMoney,
)
from service.discovery.plans import wording
from service.discovery.plans.schemas import Totals
from service.discovery.plans.wording import Language
from service.discovery.reach.show import figure
from service.discovery.scores import show as cards
from service.discovery.scores.store import cards as read_cards
from service.kit import ids
from service.kit.db import Connection
from service.kit.money import Money

if TYPE_CHECKING:
    from graph.forecast import MoneyEstimate


async def forecast(
    db: Connection, workspace_id: UUID, shortlist_id: str, made: Forecasted, language: Language
) -> BudgetForecast:
    """The whole answer."""
    found, currency = made.found, made.budget.currency
    return BudgetForecast(
        shortlist_id=shortlist_id,
        plan_id=ids.show_or_none("pln", made.plan_id),
        budget=Money(made.budget.amount, currency),
        spend=Money(found.spend, currency),
        objective=made.objective,
        optimality=made.totals.optimality,
        sentence=wording.sentence(made.totals, language),
        influencers=await _influencers(db, workspace_id, made),
        unique_followers=figure(made.followers),
        reach=figure(found.reach),
        views=figure(found.views),
        engagements=figure(found.engagements),
        clicks=figure(found.clicks),
        orders=figure(found.orders),
        revenue=money(found.revenue, currency),
        cpm=money(found.cpm, currency),
        cpe=money(found.cpe, currency),
        curve=[_point(amount, totals, currency) for amount, totals in made.curve],
        left_out=made.left_out,
        notes=wording.notes(made.notes, language),
    )


async def _influencers(db: Connection, workspace_id: UUID, made: Forecasted) -> list[ExpectedInfluencer]:
    keys = [one.influencer_id for one in made.publishing]
    found = await read_cards(db, workspace_id, keys, [one.account_id for one in made.publishing])
    rows = {row.id: row for row in found}
    currency = made.budget.currency
    return [
        ExpectedInfluencer(
            influencer_id=ids.show("inf", one.influencer_id),
            name=rows[one.influencer_id].name,
            account=cards.account(rows[one.influencer_id]),
            cost=None if cost is None else Money(cost, currency),
            posts=sum(count for _, count in one.posts),
            views=figure(brought.views),
            engagements=figure(brought.engagements),
        )
        for one, cost, brought in zip(made.publishing, made.costs, made.each, strict=True)
        if one.influencer_id in rows
    ]


def money(found: "MoneyEstimate", currency: str) -> ForecastMoney:
    """An amount as it is answered."""
    return ForecastMoney(found.value, found.low, found.high, currency, found.n, found.basis, found.reason)


def _point(amount: int, totals: Totals, currency: str) -> BudgetPoint:
    return BudgetPoint(
        budget=Money(amount, currency),
        spend=Money(totals.total_cost, currency),
        influencers=totals.chosen,
        value=totals.value,
        upper_bound=totals.upper_bound,
        optimality=totals.optimality,
    )
