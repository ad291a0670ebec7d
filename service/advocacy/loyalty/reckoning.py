"""Figures of loyalty from what was counted. Pure."""

from collections.abc import Mapping, Sequence
from decimal import ROUND_HALF_EVEN, Decimal

from msgspec import Struct

from service.advocacy.loyalty.schemas import (
    Counts,
    Customers,
    Followed,
    LoyaltyActions,
    LoyaltyAmount,
    LoyaltyFigure,
    LoyaltyFollowers,
    LoyaltyMoney,
    LoyaltyPeriod,
    LoyaltyReason,
    LoyaltyReviews,
    Scored,
    Sums,
    TookBack,
    Voices,
)
from service.advocacy.surveys.points import nps
from service.kit.money import Money

NO_COUNTS = Counts(None, 0, 0, 0, 0, 0)
NO_BACK = TookBack(None, 0, 0)
NO_VOICES = Voices(None, 0, 0, 0, 0, 0, 0, 0, 0, None, 0, 0, 0, 0, 0)
NO_SCORES = Scored(None, 0, 0, 0)


class Told(Struct, frozen=True):
    """All that was counted of a period. `previous`: the averages of the one before, by currency."""

    counts: Counts
    sums: Sequence[Sums]
    back: TookBack
    voices: Voices
    scores: Scored
    followed: Sequence[Followed]
    previous: Mapping[str, tuple[int, int]]


def period(told: Told, customers: Customers) -> LoyaltyPeriod:
    """A period's figures."""
    counted = told.counts
    known_authors = told.voices.known_authors
    scores = nps(told.scores.promoters, told.scores.passives, told.scores.detractors)
    return LoyaltyPeriod(
        month=counted.month,
        orders=counted.orders,
        orders_without_customer=counted.orders - counted.known_orders,
        customers=counted.customers,
        repeat_customers=counted.repeat_customers,
        repeat_customer_rate=_repeat_rate(counted, customers),
        money=[_money(each, told.previous) for each in told.sums],
        reviews=_reviews(told.voices),
        mentions=told.voices.mentions,
        engaged_users=LoyaltyFigure(told.voices.authors)
        if known_authors
        else LoyaltyFigure(None, "no_known_authors" if told.voices.mentions else "no_mentions"),
        nps=LoyaltyFigure(scores.nps, scores.reason),
        followers=followers(told.followed),
        positive_actions=_actions(
            mentions=told.voices.positive,
            reviews=told.voices.stars_4 + told.voices.stars_5,
            repeat_orders=counted.repeat_orders,
            promoters=told.scores.promoters,
        ),
        negative_actions=_actions(
            mentions=told.voices.negative,
            reviews=told.voices.stars_1 + told.voices.stars_2,
            cancelled_orders=told.back.cancelled,
            refunds=told.back.refunds,
            detractors=told.scores.detractors,
        ),
    )


def followers(rows: Sequence[Followed]) -> LoyaltyFollowers:
    """The change over the accounts of which both ends are known."""
    changes = [
        row.last - row.first
        for row in rows
        if row.first is not None
        and row.last is not None
        and row.first_at is not None
        and row.last_at is not None
        and row.first_at < row.last_at
    ]
    reason: LoyaltyReason | None = None if changes else "no_snapshots" if rows else "no_own_accounts"
    return LoyaltyFollowers(LoyaltyFigure(sum(changes) if changes else None, reason), len(rows), len(changes))


def averages(rows: Sequence[Sums]) -> dict[str, tuple[int, int]]:
    """LoyaltyAmount and orders of each currency: what a growth is measured against."""
    return {row.currency: (row.amount, row.orders) for row in rows if row.orders}


def mean(amount: int, number: int, currency: str) -> Money:
    """A share in minor units, rounded half to even.

    >>> mean(1001, 2, "TRY").amount, mean(-5, 2, "TRY").amount
    (500, -2)
    """
    return Money(int((Decimal(amount) / number).to_integral_value(ROUND_HALF_EVEN)), currency)


def growth(now: tuple[int, int], before: tuple[int, int] | None) -> LoyaltyFigure:
    """The growth of an average, each (amount, orders).

    >>> growth((300, 2), (100, 1)), growth((300, 2), None).reason, growth((1, 1), (0, 4)).reason
    (LoyaltyFigure(value=0.5, reason=None), 'no_previous', 'no_previous')
    """
    if before is None or before[0] <= 0:
        return LoyaltyFigure(None, "no_previous")
    return LoyaltyFigure((now[0] / now[1]) / (before[0] / before[1]) - 1)


def _money(row: Sums, previous: Mapping[str, tuple[int, int]]) -> LoyaltyMoney:
    value: LoyaltyAmount = LoyaltyAmount(None, "no_known_customers")
    if row.customers:
        value = LoyaltyAmount(mean(row.known_after_returns, row.customers, row.currency))
    return LoyaltyMoney(
        currency=row.currency,
        orders=row.orders,
        revenue=Money(row.amount, row.currency),
        after_returns=Money(row.amount - row.refunded, row.currency),
        average_order=LoyaltyAmount(mean(row.amount, row.orders, row.currency)),
        average_order_growth=growth((row.amount, row.orders), previous.get(row.currency)),
        customers=row.customers,
        customer_value=value,
    )


def _repeat_rate(counted: Counts, customers: Customers) -> LoyaltyFigure:
    if customers != "all":
        return LoyaltyFigure(None, "other_customers_left_out")
    if not counted.customers:
        return LoyaltyFigure(None, "no_known_customers" if counted.orders else "no_orders")
    return LoyaltyFigure(counted.repeat_customers / counted.customers)


def _reviews(voices: Voices) -> LoyaltyReviews:
    stars = [voices.stars_1, voices.stars_2, voices.stars_3, voices.stars_4, voices.stars_5]
    rating = LoyaltyFigure(voices.stars, None if voices.rated else "no_reviews")
    return LoyaltyReviews(voices.reviews, voices.rated, rating, stars)


def _actions(**parts: int) -> LoyaltyActions:
    return LoyaltyActions(sum(parts.values()), parts)
