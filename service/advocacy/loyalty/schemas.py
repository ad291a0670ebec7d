"""GET /v1/loyalty: rows, and what is shown."""

from datetime import date, datetime
from typing import Literal
from uuid import UUID

from msgspec import Struct

from service.kit.money import Money

Customers = Literal["all", "new", "existing"]
LoyaltyReason = Literal[
    "no_orders",
    "no_known_customers",
    "no_previous",
    "other_customers_left_out",
    "no_reviews",
    "no_mentions",
    "no_known_authors",
    "no_own_accounts",
    "no_snapshots",
    "no_answers",
]


class Counts(Struct, frozen=True):
    """A month's orders, or all of the span's (`month` null), whatever they were paid in. `repeat_customers`:
    those with a purchase that was not their first."""

    month: date | None
    orders: int
    known_orders: int
    customers: int
    repeat_customers: int
    repeat_orders: int


class Sums(Struct, frozen=True):
    """Orders of a currency, minor units. `known_*`: of known customers alone; `after_returns` without what
    was given back."""

    month: date | None
    currency: str
    orders: int
    amount: int
    refunded: int
    customers: int
    known_after_returns: int


class TookBack(Struct, frozen=True):
    """What customers took back in a month."""

    month: date | None
    cancelled: int
    refunds: int


class Voices(Struct, frozen=True):
    """Mentions and reviews of a month. Opinions are of mentions without stars; `stars_n`: reviews by stars,
    rounded."""

    month: date | None
    mentions: int
    authors: int
    known_authors: int
    positive: int
    neutral: int
    negative: int
    reviews: int
    rated: int
    stars: float | None
    stars_1: int
    stars_2: int
    stars_3: int
    stars_4: int
    stars_5: int


class Scored(Struct, frozen=True):
    """Answers of a month to surveys."""

    month: date | None
    promoters: int
    passives: int
    detractors: int


class Followed(Struct, frozen=True):
    """An own account's followers at both ends of a period, null where no snapshot tells."""

    starts_at: datetime
    account_id: UUID
    first_at: datetime | None
    first: int | None
    last_at: datetime | None
    last: int | None


class LoyaltyFigure(Struct, frozen=True):
    """A figure, null with a reason where it isn't known."""

    value: float | None
    reason: LoyaltyReason | None = None


class LoyaltyAmount(Struct, frozen=True):
    """An amount, null with a reason where it isn't known."""

    value: Money | None
    reason: LoyaltyReason | None = None


class LoyaltyMoney(Struct):
    """Orders of one currency. `revenue` is what was paid, with tax, after discounts; `after_returns` without
    what was given back. `average_order` is of `revenue`; `average_order_growth` against the month before, of
    all together against as many days before. `customer_value`: `after_returns` of a known customer."""

    currency: str
    orders: int
    revenue: Money
    after_returns: Money
    average_order: LoyaltyAmount
    average_order_growth: LoyaltyFigure
    customers: int
    customer_value: LoyaltyAmount


class LoyaltyReviews(Struct):
    """Reviews, and their stars: `rating`: the mean of those that have any; `by_stars`: how many have 1..5."""

    reviews: int
    rated: int
    rating: LoyaltyFigure
    by_stars: list[int]


class LoyaltyFollowers(Struct):
    """The change of followers of own accounts: follows less unfollows. `measured` of `accounts`: those of
    which snapshots tell both ends."""

    net: LoyaltyFigure
    accounts: int
    measured: int


class LoyaltyActions(Struct):
    """What people did for the brand or against it, each once: a review with stars counts by them and not by
    what it says. `total` adds the parts up."""

    total: int
    parts: dict[str, int]


class LoyaltyPeriod(Struct):
    """A month (clipped to the span), or the whole span (`month` null).

    `repeat_customer_rate`: of the known customers who bought, those with a purchase that was not their first.
    `engaged_users`: authors of mentions, each once a platform.
    """

    month: date | None
    orders: int
    orders_without_customer: int
    customers: int
    repeat_customers: int
    repeat_customer_rate: LoyaltyFigure
    money: list[LoyaltyMoney]
    reviews: LoyaltyReviews
    mentions: int
    engaged_users: LoyaltyFigure
    nps: LoyaltyFigure
    followers: LoyaltyFollowers
    positive_actions: LoyaltyActions
    negative_actions: LoyaltyActions


class Loyalty(Struct, rename={"from_": "from"}):
    """How customers stay. `revenue_basis`: gross_incl_tax."""

    from_: date
    to: date
    tz: str
    customers: Customers
    revenue_basis: Literal["gross_incl_tax"]
    total: LoyaltyPeriod
    months: list[LoyaltyPeriod]
