"""What influencers and advocates brought, by day, and what the friends of advocates bought. Pure."""

from collections.abc import Iterable, Sequence

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from service.advocacy.reports.columns import Ids, Ints, Marks, Orders, Referrals, Times
from service.advocacy.reports.days import LONG_AGO, NEVER, Days, Pairs, daily, paired

Money = dict[str, Days]


class SideDays(Struct, frozen=True):
    """Orders that are credited to a side. money: by currency, `orders` that stand, `placed` with those that
    went back whole, `went_back`, `net` that is left, `cost`; all: the same of all currencies, without
    amounts, and `new_customers` by their first purchase; customers: days of their orders with the day before;
    firsts: days of first purchases with how long until the next."""

    money: Money
    all: Days
    customers: Pairs
    firsts: Pairs


class Ranked(Struct, frozen=True):
    """Orders of known customers that stand, in the order of customers and time."""

    order: NDArray[np.intp]
    is_first: Marks
    gaps: Ints


def ranked(orders: Orders) -> Ranked:
    """`gaps`: whole days, rounded up, until the customer's next order, whoever is credited; NEVER."""
    kept = np.flatnonzero(orders.stands & (orders.customers != b""))
    _, who = np.unique(orders.customers[kept], return_inverse=True)
    turned = np.lexsort((orders.at[kept], who))
    order, who = kept[turned], who[turned]
    is_first = np.ones(len(order), dtype=bool)
    is_first[1:] = who[1:] != who[:-1]
    at = orders.at[order]
    gaps = np.full(len(order), NEVER, dtype=np.int64)
    same = ~is_first[1:]
    # Times are floats of days: a millionth of a day more is no day more.
    gaps[:-1][same] = np.ceil(at[1:][same] - at[:-1][same] - 1e-6).astype(np.int64)
    return Ranked(order, is_first, gaps)


def side(orders: Orders, mine: Marks, of: Ranked, costs: Iterable[tuple[str, int, int]] = ()) -> SideDays:
    """The orders that are `mine`, and (currency, day, amount) that they cost."""
    known = of.order[mine[of.order]]
    new = mine[of.order] & of.is_first
    firsts = of.order[new]
    every = {"new_customers": (orders.days[firsts], None), **_counts(orders, mine)}
    return SideDays(
        _money(orders, mine, list(costs)),
        daily(every),
        paired(orders.days[known], _before(orders, known)),
        paired(orders.days[firsts], of.gaps[new]),
    )


def _before(orders: Orders, known: NDArray[np.intp]) -> Ints:
    """The day of each one's order before, among these."""
    made = np.full(len(known), LONG_AGO, dtype=np.int64)
    same = orders.customers[known[1:]] == orders.customers[known[:-1]]
    made[1:][same] = orders.days[known[:-1]][same]
    return made


def _counts(orders: Orders, mine: Marks) -> dict[str, tuple[Ints, Ints | None]]:
    return {
        "orders": (orders.days[mine & orders.stands], None),
        "placed": (orders.days[mine], None),
        "went_back": (orders.days[mine & orders.went_back], None),
    }


def _money(orders: Orders, mine: Marks, costs: Sequence[tuple[str, int, int]]) -> Money:
    found = {each.decode() for each in np.unique(orders.currencies[mine])} | {one[0] for one in costs}
    made = {}
    for currency in sorted(found):
        here = mine & (orders.currencies == currency.encode())
        spent = [(day, amount) for of, day, amount in costs if of == currency]
        made[currency] = daily(
            {
                **_counts(orders, here),
                "net": (orders.days[here], orders.net[here]),
                "cost": (
                    np.array([day for day, _ in spent], dtype=np.int64),
                    np.array([amount for _, amount in spent], dtype=np.int64),
                ),
            }
        )
    return made


def referred(orders: Orders, referrals: Referrals) -> Marks:
    """Orders of the customers whom advocates brought, from their first one on, whoever is credited."""
    kept = referrals.acquired & (referrals.customers != b"")
    who, since = _since(referrals.customers[kept], referrals.qualified[kept])
    if not len(who):
        return np.zeros(len(orders.at), dtype=bool)
    at = np.minimum(np.searchsorted(who, orders.customers), len(who) - 1)
    made: Marks = (who[at] == orders.customers) & (orders.at >= since[at] - 1e-9)
    return made


def _since(customers: Ids, at: Times) -> tuple[Ids, Times]:
    who, place = np.unique(customers, return_inverse=True)
    since = np.full(len(who), np.inf)
    np.minimum.at(since, place, at)
    return who, since
