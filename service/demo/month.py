"""A made-up month of a coffee shop that ten influencers send people to: visits, orders, what goes back.

Pure, and equal for equal partners, seed and day. The levels are plausible round figures, not measurements:
of a hundred visits two or three end in an order, of a hundred orders seven go back in part or wholly.
"""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, time, timedelta
from math import exp
from random import Random
from typing import NamedTuple

DAYS = 30
_POSTS = 3
_MOST_VISITS = 400  # of one post
_VISITS_PER_FOLLOWER = 0.004
_ORDERS_PER_VISIT = 0.027
_BY_CODE_ALONE = 0.15  # of a partner's orders: heard in a story, typed in
_BY_CODE = 0.35  # of those who clicked
_BACK = 0.07
_WHOLLY = 0.4

# sku, name, category, price in kurus with 10% tax in it
PRODUCTS = (
    ("TLV-250", "Türk kahvesi 250 g", "kahve", 18_990),
    ("FLT-250", "Filtre kahve 250 g", "kahve", 27_990),
    ("ESP-1000", "Espresso çekirdek 1 kg", "kahve", 89_990),
    ("CZV-4", "Bakır cezve, dört fincanlık", "ekipman", 64_990),
    ("FNC-2", "Fincan takımı, iki kişilik", "ekipman", 44_990),
)


class Visit(NamedTuple):
    """A click on a partner's link. `visitor` is a number; who comes twice has it twice."""

    at: datetime
    partner: int
    visitor: int
    mobile: bool


class Sale(NamedTuple):
    """An order. `visit`: the index of the click that led to it, if one did. `items`: (product, quantity)."""

    number: int
    at: datetime
    visit: int | None
    partner: int
    coupon: bool
    buyer: int
    own: bool
    items: tuple[tuple[int, int], ...]
    delivered_at: datetime | None


class Return(NamedTuple):
    """What goes back of an order: all of it, or its first item."""

    sale: int
    at: datetime
    wholly: bool


class Month(NamedTuple):
    """Visits by time, orders by time, returns by time, until a moment."""

    visits: tuple[Visit, ...]
    sales: tuple[Sale, ...]
    returns: tuple[Return, ...]


def month(followers: Sequence[int], until: datetime, seed: int = 1923) -> Month:
    """The thirty days before `until`, for partners with so many followers.

    >>> made = month([20_000, 90_000], datetime(2026, 3, 1, tzinfo=UTC))
    >>> made == month([20_000, 90_000], datetime(2026, 3, 1, tzinfo=UTC))
    True
    >>> all(sale.visit is None or made.visits[sale.visit].at < sale.at for sale in made.sales)
    True
    """
    rng = Random(f"{seed}/{until.date()}")  # noqa: S311 - a sample, not a secret
    drawn = (
        visit for partner, count in enumerate(followers) for visit in _visits(rng, partner, count, until)
    )
    visits = tuple(sorted(visit for visit in drawn if visit.at < until))
    sales = tuple(_numbered(sale for sale in _sales(rng, visits, until) if sale.at < until))
    returns = tuple(sorted(_returns(rng, sales, until), key=lambda each: each.at))
    return Month(visits, sales, returns)


def _visits(rng: Random, partner: int, followers: int, until: datetime) -> Iterator[Visit]:
    """After each post many at once, then fewer by the hour."""
    for _ in range(_POSTS):
        day = until.date() - timedelta(days=rng.randint(1, DAYS))
        posted = datetime.combine(day, time(17, rng.randrange(60)), UTC)
        for _ in range(min(int(followers * _VISITS_PER_FOLLOWER) + 3, _MOST_VISITS)):
            at = posted + timedelta(hours=rng.expovariate(1 / 9), milliseconds=rng.randrange(1000))
            yield Visit(at, partner, rng.randrange(10**9), rng.random() < 0.9)


def _sales(rng: Random, visits: Sequence[Visit], until: datetime) -> Iterator[Sale]:
    for index, visit in enumerate(visits):
        if rng.random() >= _ORDERS_PER_VISIT:
            continue
        by_code_alone = rng.random() < _BY_CODE_ALONE
        at = visit.at + timedelta(minutes=4, hours=exp(rng.gauss(0.2, 1.3)))
        coupon = by_code_alone or rng.random() < _BY_CODE
        yield _sale(rng, at, None if by_code_alone else index, visit.partner, coupon=coupon, until=until)
    if visits:
        yield _of_ones_own(rng, visits, until)


def _sale(
    rng: Random,
    at: datetime,
    visit: int | None,
    partner: int,
    *,
    coupon: bool,
    until: datetime,
    own: bool = False,
) -> Sale:
    chosen = rng.sample(range(len(PRODUCTS)), rng.choice((1, 1, 1, 2, 2, 3)))
    items = tuple((product, rng.choice((1, 1, 1, 2))) for product in chosen)
    arrived = at + timedelta(days=rng.randint(1, 4), hours=rng.randrange(12))
    delivered = arrived if arrived < until else None
    return Sale(0, at, visit, partner, coupon, rng.randrange(10**9), own, items, delivered)


def _of_ones_own(rng: Random, visits: Sequence[Visit], until: datetime) -> Sale:
    """Somebody buys through their own link, which is looked at before it is paid."""
    index = len(visits) // 2
    at = visits[index].at + timedelta(minutes=9)
    return _sale(rng, at, index, visits[index].partner, coupon=False, until=until, own=True)


def _numbered(sales: Iterator[Sale]) -> Iterator[Sale]:
    for number, sale in enumerate(sorted(sales, key=lambda each: each.at), start=1001):
        yield sale._replace(number=number)


def _returns(rng: Random, sales: Sequence[Sale], until: datetime) -> Iterator[Return]:
    for index, sale in enumerate(sales):
        if rng.random() < _BACK and sale.delivered_at is not None:
            at = sale.delivered_at + timedelta(days=rng.randint(1, 10))
            wholly = rng.random() < _WHOLLY or len(sale.items) == 1
            if at < until:
                yield Return(index, at, wholly)
