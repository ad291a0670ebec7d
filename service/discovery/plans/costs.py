"""What an influencer's planned posts cost: the price that was given, else the rate card's of the day."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Literal

from msgspec import Struct

from service.influencers.rates.schemas import RateRow
from service.kit.money import Price

Per = Literal["post", "package"]
CostReason = Literal["no_cost", "other_currency"]

# The optimiser counts in int64, and sums as many costs as there are influencers.
MOST = 2**53


class GivenPrice(Struct, frozen=True):
    """A price of the request: of each planned post, or of all of them together."""

    price: Price
    per: Per


class Cost(Struct, frozen=True):
    """Minor units of the plan's currency, of all planned posts; null: not told whether tax is in it."""

    amount: int
    basis: Literal["given", "rate_card"]
    tax_included: bool | None = None


def cost_of(
    given: GivenPrice | None,
    rates: Iterable[RateRow],
    platform: str,
    posts: Mapping[str, int],
    currency: str,
    day: date,
) -> Cost | CostReason:
    """The cost of some posts (format -> how many) on a platform, or why it is not known.

    No amount is converted: a price in another currency is none. Of several prices that hold on the day the
    one that began last counts, of those the highest. A card has to price every planned format.

    >>> cost_of(GivenPrice(Price(500, "TRY"), "post"), [], "instagram", {"reel": 2}, "TRY", date(2026, 1, 1))
    Cost(amount=1000, basis='given', tax_included=None)
    >>> cost_of(None, [], "instagram", {"reel": 2}, "TRY", date(2026, 1, 1))
    'no_cost'
    """
    if given is not None:
        if given.price.currency != currency:
            return "other_currency"
        times = sum(posts.values()) if given.per == "post" else 1
        return Cost(given.price.amount * times, "given")
    held = [row for row in rates if row.platform == platform and _holds(row, day)]
    priced = {form: _price(held, form, currency) for form, count in posts.items() if count}
    found = {form: row for form, row in priced.items() if row is not None}
    if not priced or len(found) < len(priced):
        lacking = {form for form in priced if form not in found}
        return "other_currency" if lacking and lacking <= {row.format for row in held} else "no_cost"
    amount = sum(row.amount * posts[form] for form, row in found.items())
    return Cost(amount, "rate_card", _tax([row.tax_included for row in found.values()]))


def _holds(row: RateRow, day: date) -> bool:
    return row.valid_from <= day and (row.valid_to is None or row.valid_to >= day)


def _price(held: Sequence[RateRow], form: str, currency: str) -> RateRow | None:
    own = [row for row in held if row.format == form and row.currency == currency]
    return max(own, key=lambda row: (row.valid_from, row.amount, row.id), default=None)


def _tax(told: Sequence[bool | None]) -> bool | None:
    """What all prices say; null where they differ or one does not say."""
    return told[0] if len(set(told)) == 1 else None
