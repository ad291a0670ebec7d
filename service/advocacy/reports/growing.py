"""K and generation time by cohort, who brought most, and sales through the network of buyers. Pure.

Users are advocates and the customers whom they brought, from the earlier of joining and the first purchase
on; somebody is brought who bought, and whom nothing holds.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal

import numpy as np
from msgspec import Struct

from graph.estimates import Estimate
from graph.referrals.bringing import brought
from graph.referrals.cohorts import Cohort, Growth, Users, growth, labelled
from graph.referrals.forest import Forest
from graph.referrals.planting import planted
from graph.referrals.purchases import Sales, Share, through_network
from service.advocacy.reports.columns import SOUND, Ids, Ints, Members, Orders, Referrals, Times, places

Unit = Literal["month", "week"]
WINDOW: Final = 30.0
MOST_TOP: Final = 20
# Shuffling costs by the sale: of more of them fewer draws tell as much.
DRAWS, FEWEST_DRAWS, SALES_OF_ALL_DRAWS = 200, 40, 100_000
# Of more weeks than a year has, months tell.
MOST_WEEKS = 53


@dataclass(frozen=True, slots=True, eq=False)
class People:
    """Users of a scope, [N]. ids: an advocate's, or the referral's of a friend without an account; forest: of
    their places; joined: days since 1970; days: local ones; invitations: that they sent."""

    ids: Ids
    forest: Forest
    joined: Times
    days: Ints
    invitations: Ints


class CohortDays(Struct, frozen=True):
    """A cohort: name, the month (2026-11) or the Monday of the week; first, last: local days of joining."""

    name: str
    first: int
    last: int
    users: int
    invitations: int
    brought: int
    invitations_per_user: Estimate
    conversion: Estimate
    k: Estimate
    k_within: Estimate
    still_young: float


class Grown(Struct, frozen=True):
    """Cohorts in order, `whole` all of them; days to bring somebody."""

    cohorts: list[CohortDays]
    whole: CohortDays
    mean: Estimate
    median: Estimate


class Top(Struct, frozen=True):
    """An advocate, and how many they brought themselves and through others."""

    advocate_id: bytes
    direct: int
    beyond: int


class Network(Struct, frozen=True):
    """Sales after a friend's, of the currency that has most sales, and of known customers."""

    currency: str | None
    sales: int
    with_friends: int
    draws: int
    of_sales: Share
    of_amount: Share
    reason: str | None


def people(members: Members, referrals: Referrals) -> People:
    """Users, and who brought whom: of several referrals of one friend the first."""
    came = np.flatnonzero(referrals.acquired)
    friend = np.where(referrals.friends[came] == b"", referrals.ids[came], referrals.friends[came])
    named, place = np.unique(np.concatenate([members.ids, friend, referrals.by[came]]), return_inverse=True)
    parts = np.split(place, np.cumsum([len(members.ids), len(came)]))
    joined = np.full(len(named), np.inf)
    days = np.full(len(named), np.iinfo(np.int64).max)
    for at, times, local in (
        (parts[0], members.joined, members.days),
        (parts[1], referrals.qualified[came], referrals.qualified_days[came]),
        # Who brought somebody was there then, whatever is told of joining.
        (parts[2], referrals.qualified[came], referrals.qualified_days[came]),
    ):
        np.minimum.at(joined, at, times)
        np.minimum.at(days, at, local)
    made = planted(parts[1], parts[2], referrals.qualified[came], np.arange(len(named)))
    sent = places(named, referrals.by[referrals.standings == SOUND])
    invitations = np.bincount(sent[sent >= 0], minlength=len(named))
    return People(named, made.forest, joined, days, invitations)


def cohorts(them: People, unit: Unit, until: datetime) -> Grown:
    """K of each cohort; of weeks the newest."""
    start, local = _newest(them.days, unit)
    names, numbers = labelled(local.astype("M8[D]"), unit)
    users = Users(
        them.joined,
        numbers,
        them.forest.parents.astype(np.int64),
        until.timestamp() / 86_400,
        them.invitations,
    )
    made = growth(users, WINDOW)
    rows = [_cohort(each, names[each.number], them.days[numbers == each.number]) for each in made.cohorts]
    return Grown([row for row in rows if row.first >= start], _whole(made, them), made.mean, made.median)


def _newest(days: Ints, unit: Unit) -> tuple[int, Ints]:
    """The first day of which there is a cohort, and days by which to tell them: all that are before it are
    one, which only counts with the whole."""
    if unit == "month" or not len(days):
        return int(days.min()) if len(days) else 0, days
    last = int(days.max())
    # 1970-01-01 was a Thursday.
    start = last - (last + 3) % 7 - 7 * (MOST_WEEKS - 1)
    return start, np.where(days < start, start - 7, days)


def _whole(made: Growth, them: People) -> CohortDays:
    return _cohort(made.whole, "", them.days)


def _cohort(each: Cohort, name: str, days: Ints) -> CohortDays:
    return CohortDays(
        name,
        int(days.min()) if len(days) else 0,
        int(days.max()) if len(days) else 0,
        each.users,
        each.invitations or 0,
        each.brought,
        each.invitations_per_user,
        each.conversion,
        each.k,
        each.k_within,
        each.still_young,
    )


def top(them: People, members: Members) -> list[Top]:
    """Advocates who brought most, directly and through those whom they brought."""
    if not len(them.ids):
        return []
    found = brought(them.forest, np.ones(len(them.ids), dtype=np.int64))
    whole = np.where(np.isin(them.ids, members.ids), found.whole, 0)
    order = np.lexsort((them.ids, -found.direct, -whole))[:MOST_TOP]
    return [
        Top(them.ids[at].ljust(16, b"\0"), int(found.direct[at]), int(found.beyond[at]))
        for at in order.tolist()
        if whole[at]
    ]


def network(
    orders: Orders,
    members: Members,
    referrals: Referrals,
    buyers: tuple[Ids, Ids],
    progress: Callable[[int, int], None] | None = None,
) -> Network:
    """The share of sales within the window after a sale of somebody who brought the buyer, or whom the buyer
    brought; against the same sales at shuffled times.

    Not shuffled by month of joining: who buys once would stay within the window of the same people, whatever
    moved them."""
    kept = orders.stands & (orders.customers != b"")
    names, counts = np.unique(orders.currencies[kept], return_counts=True)
    currency = names[counts.argmax()] if len(names) else b""
    mine = np.flatnonzero(kept & (orders.currencies == currency))
    who, buyer = np.unique(orders.customers[mine], return_inverse=True)
    one, other = _friends(who, members, referrals, buyers)
    sales = Sales(buyer.astype(np.int64), orders.at[mine], orders.net[mine])
    ties = np.concatenate([one, other]), np.concatenate([other, one])
    draws = max(FEWEST_DRAWS, min(DRAWS, DRAWS * SALES_OF_ALL_DRAWS // max(len(mine), 1)))
    made = through_network(sales, ties, WINDOW, draws=draws, progress=progress)
    reason = made.reason if made.reason or len(one) else "no_friends"
    name = currency.decode().strip() or None
    return Network(name, made.sales, made.with_friends, made.draws, made.of_sales, made.of_amount, reason)


def _friends(who: Ids, members: Members, referrals: Referrals, buyers: tuple[Ids, Ids]) -> tuple[Ints, Ints]:
    """Advocates and friends who are among the buyers, as places. An advocate is the customer of the referral
    that brought them, or whom a key names."""
    came = referrals.acquired & (referrals.customers != b"")
    of = np.concatenate([referrals.friends[came], buyers[0]])
    customer = np.concatenate([referrals.customers[came], buyers[1]])
    named, firsts = np.unique(of, return_index=True)
    at = places(named, referrals.by[came])
    mine = np.where(at >= 0, places(who, customer[firsts])[at] if len(named) else -1, -1)
    theirs = places(who, referrals.customers[came])
    known = (mine >= 0) & (theirs >= 0) & (mine != theirs) & (referrals.by[came] != b"")
    return mine[known], theirs[known]
