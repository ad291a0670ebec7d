"""Loyalty as a spreadsheet: a row a figure, so that one column means one thing. Pure."""

from collections.abc import Iterator

from service.advocacy.loyalty.schemas import (
    Loyalty,
    LoyaltyAmount,
    LoyaltyFigure,
    LoyaltyMoney,
    LoyaltyPeriod,
)
from service.advocacy.tables import Cell

COLUMNS = ("month", "metric", "currency", "value", "reason")


def rows(found: Loyalty) -> Iterator[list[Cell]]:
    """The whole span first (no month), then each month. Amounts are minor units of `currency`."""
    for period in (found.total, *found.months):
        for metric, currency, value, reason in _figures(period):
            yield [period.month, metric, currency, value, reason]


def _figures(period: LoyaltyPeriod) -> Iterator[tuple[str, str | None, float | None, str | None]]:
    for name in ("orders", "orders_without_customer", "customers", "repeat_customers", "mentions"):
        yield name, None, getattr(period, name), None
    figures: dict[str, LoyaltyFigure] = {
        "repeat_customer_rate": period.repeat_customer_rate,
        "engaged_users": period.engaged_users,
        "nps": period.nps,
        "net_followers": period.followers.net,
        "rating": period.reviews.rating,
    }
    for name, figure in figures.items():
        yield name, None, figure.value, figure.reason
    yield "reviews", None, period.reviews.reviews, None
    for stars, number in enumerate(period.reviews.by_stars, 1):
        yield f"reviews_{stars}_stars", None, number, None
    for side in ("positive_actions", "negative_actions"):
        actions = getattr(period, side)
        yield side, None, actions.total, None
        for part, number in actions.parts.items():
            yield f"{side}_{part}", None, number, None
    for money in period.money:
        yield from _money(money)


def _money(money: LoyaltyMoney) -> Iterator[tuple[str, str | None, float | None, str | None]]:
    amounts = {
        "revenue": LoyaltyAmount(money.revenue),
        "after_returns": LoyaltyAmount(money.after_returns),
        "average_order": money.average_order,
        "customer_value": money.customer_value,
    }
    yield "orders", money.currency, money.orders, None
    yield "customers", money.currency, money.customers, None
    for name, amount in amounts.items():
        value = None if amount.value is None else amount.value.amount
        yield name, money.currency, value, amount.reason
    growth = money.average_order_growth
    yield "average_order_growth", money.currency, growth.value, growth.reason
