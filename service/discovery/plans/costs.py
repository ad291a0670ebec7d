"""What an influencer's planned posts cost: the price that was given, else the rate card's (pure)."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Literal

from msgspec import Struct

from service.accounts.workspaces.schemas import Tiers
from service.discovery.reach.costs import MOST, price
from service.discovery.reach.schemas import Settings
from service.influencers.rates.schemas import RateRow
from service.kit.money import Price

Per = Literal["post", "package"]
CostReason = Literal["no_cost", "other_currency", "cost_too_large"]
_SAID: Mapping[str, CostReason] = {"other_currency": "other_currency", "cost_too_large": "cost_too_large"}


class GivenPrice(Struct, frozen=True):
    """A price of the request: of each planned post, or of all of them together."""

    price: Price
    per: Per


class Cost(Struct, frozen=True):
    """Minor units of the plan's currency, of all planned posts. tax_included: null where nobody says."""

    amount: int
    basis: Literal["given", "rate_card"]
    tax_included: bool | None = None


def cost_of(
    given: GivenPrice | None,
    card: Sequence[RateRow],
    platform: str,
    posts: Sequence[tuple[str, int]],
    currency: str,
    day: date,
) -> Cost | CostReason:
    """The cost of some posts (format, how many) on a platform, or why it is not known.

    No amount is converted, as there are no exchange rates: a price in another currency is none.

    >>> cost_of(GivenPrice(Price(500, "TRY"), "post"), [], "x", [("post", 2)], "TRY", date(2026, 1, 1))
    Cost(amount=1000, basis='given', tax_included=None)
    >>> cost_of(None, [], "x", [("post", 2)], "TRY", date(2026, 1, 1))
    'no_cost'
    """
    found = _given(given, posts, currency) if given else _carded(card, platform, posts, currency, day)
    return "cost_too_large" if isinstance(found, Cost) and found.amount > MOST else found


def _given(given: GivenPrice, posts: Sequence[tuple[str, int]], currency: str) -> Cost | CostReason:
    if given.price.currency != currency:
        return "other_currency"
    times = sum(count for _, count in posts) if given.per == "post" else 1
    return Cost(given.price.amount * times, "given")


def _carded(
    card: Sequence[RateRow], platform: str, posts: Sequence[tuple[str, int]], currency: str, day: date
) -> Cost | CostReason:
    found = price(posts, platform, card, Settings([], Tiers(), currency, day))
    if found.amount is None:
        return _SAID.get(found.reason or "", "no_cost")
    return Cost(found.amount, "rate_card", found.tax_included)
