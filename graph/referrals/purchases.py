"""Sales through the network of a buyer: who bought after whom, and how much of it is more than chance.

Whoever has friends who buy, buys after one of them now and then. How often by chance, is seen by shuffling:
the same people, friends and times of sales, but whose sale was when is drawn anew (the shuffle test of
Anagnostopoulos, Kumar, Mahdian 2008). What friends have in common stays, what only order can show is lost.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from graph.referrals.profiles import Floats

Places = NDArray[np.int64]
Progress = Callable[[int, int], None]
DRAWS = 200
_TAIL = 0.025


class BadSales(ValueError):
    """Columns of different lengths."""


@dataclass(frozen=True, slots=True, eq=False)
class Sales:
    """buyer, int64[S], a number; at, float64[S], in days; amount, int64[S], minor units of one currency;
    group, int64[S], or None: times are shuffled within a group only, such as the month in which the buyer
    joined."""

    buyer: Places
    at: Floats
    amount: Places
    group: Places | None = None


@dataclass(frozen=True, slots=True)
class Share:
    """after: the share of sales after a friend's; by_chance: the mean of shuffled ones; through: after -
    by_chance, what the network explains, with its 95% interval low to high; chance: how often shuffling gives
    as much or more (one-sided p-value); all None without sales."""

    after: float | None
    by_chance: float | None
    through: float | None
    low: float | None
    high: float | None
    chance: float | None


@dataclass(frozen=True, slots=True)
class Network:
    """sales; with_friends: of buyers of whom any friend bought at all; draws; of_sales and of_amount; reason,
    if there is no share: `no_sales`."""

    sales: int
    with_friends: int
    draws: int
    of_sales: Share
    of_amount: Share
    reason: str | None = None


def through_network(
    sales: Sales, friends: tuple[Places, Places], window: float, *,
    draws: int = DRAWS, seed: int = 0, progress: Progress | None = None,
) -> Network:  # fmt: skip
    """The share of sales within `window` days after a sale of a friend.

    friends: (of whom, who), int64[F] each: the second may follow the first; give both ways if friendship has
    none. `progress`: called with (draws done, draws); what it raises ends the work. Equal arguments give
    equal answers. Raises BadSales.

    >>> pairs = np.arange(0, 200, 2)
    >>> at = np.repeat(np.arange(100.0), 2) * 7 + np.tile([0.0, 1.0], 100)
    >>> made = through_network(Sales(np.arange(200), at, np.full(200, 10)), (pairs, pairs + 1), 3.0)
    >>> made.of_sales.after, made.of_sales.by_chance < 0.01, round(made.of_sales.through, 2)
    (0.5, True, 0.5)
    """
    if not len(sales.buyer) == len(sales.at) == len(sales.amount):
        raise BadSales(f"{len(sales.buyer)} buyers, {len(sales.at)} times, {len(sales.amount)} amounts")
    if not len(sales.buyer):
        nothing = Share(None, None, None, None, None, None)
        return Network(0, 0, 0, nothing, nothing, "no_sales")
    order, pairs = _ordered(sales, friends)
    at, amount = sales.at[order], sales.amount[order].astype(np.float64)
    group = None if sales.group is None else sales.group[order]
    rng = np.random.default_rng(seed)
    seen = _after(at, pairs, window)
    counts, sums = np.zeros(draws), np.zeros(draws)
    for draw in range(draws):
        drawn = _after(_shuffled(at, group, rng), pairs, window)
        counts[draw], sums[draw] = drawn.sum(), amount[drawn].sum()
        if progress:
            progress(draw + 1, draws)
    size, whole = len(at), float(amount.sum())
    return Network(
        size,
        len(np.unique(pairs.sale)),
        draws,
        _share(float(seen.sum()), counts, size),
        _share(float(amount[seen].sum()), sums, whole),
    )


@dataclass(frozen=True, slots=True, eq=False)
class _Pairs:
    """sale: int64[P], a sale of who may follow; other: one of whom she may have followed. Places in order."""

    sale: Places
    other: Places


def _ordered(sales: Sales, friends: tuple[Places, Places]) -> tuple[Places, _Pairs]:
    """Sales in the order of buyers, and all pairs of sales of friends."""
    order = np.argsort(sales.buyer, kind="stable")
    buyer = sales.buyer[order]
    of, who = (np.asarray(each) for each in friends)
    if len(of) != len(who):
        raise BadSales(f"{len(of)} and {len(who)} friends")
    links = np.unique(np.stack((of, who), axis=1)[of != who], axis=0)
    of, who = links[:, 0], links[:, 1]
    link, theirs = _spread(buyer, of)
    also, mine = _spread(buyer, who[link])
    return order, _Pairs(mine, theirs[also])


def _spread(buyer: Places, whose: Places) -> tuple[Places, Places]:
    """A row for each sale of each one asked for: the place in `whose`, and of the sale."""
    firsts = np.searchsorted(buyer, whose, "left")
    counts = np.searchsorted(buyer, whose, "right") - firsts
    rows = np.repeat(np.arange(len(whose)), counts)
    steps = np.arange(len(rows)) - np.repeat(np.cumsum(counts) - counts, counts)
    return rows, firsts[rows] + steps


def _after(at: Floats, pairs: _Pairs, window: float) -> NDArray[np.bool_]:
    """Which sales came within the window after a friend's."""
    later = at[pairs.sale] - at[pairs.other]
    made = np.zeros(len(at), dtype=bool)
    made[pairs.sale[(later > 0) & (later <= window)]] = True
    return made


def _shuffled(at: Floats, group: Places | None, rng: np.random.Generator) -> Floats:
    if group is None:
        return rng.permutation(at)
    drawn = np.lexsort((rng.random(len(at)), group))
    made = np.empty_like(at)
    made[np.argsort(group, kind="stable")] = at[drawn]
    return made


def _share(seen: float, drawn: Floats, whole: float) -> Share:
    if not whole or not len(drawn):
        return Share(None, None, None, None, None, None)
    after, shares = seen / whole, drawn / whole
    middle = float(shares.mean())
    low, high = np.quantile(shares, [_TAIL, 1 - _TAIL])
    # Sums of equal amounts in another order may differ by rounding.
    as_much = int((drawn >= seen * (1 - 1e-12)).sum())
    return Share(
        after,
        middle,
        after - middle,
        after - float(high),
        after - float(low),
        (1 + as_much) / (1 + len(drawn)),
    )
