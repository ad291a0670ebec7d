"""From posts to the rate of an account: the median of its last dozen within 90 days (FORMULAS 1)."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from scoring.arrays import Codes, Flags, Floats, Integers
from scoring.basis import (
    Basis,
    component,
    component_names,
    divided,
    gaps,
    settled,
)
from scoring.rates import WINDOW_DAYS, AccountRates
from scoring.scores import CODE

LAST = 12
# Younger posts are still collecting.
MINIMUM_AGE_HOURS = 72

# Why a post that was chosen has no rate, the worst first; and all reasons for which posts don't count.
UNUSABLE = ("hidden_likes", "missing_components", "no_base", "no_rate")
LEFT_OUT = ("undated", "young", "old", "not_among_last", *UNUSABLE)


@dataclass(frozen=True, slots=True)
class Posts:
    """M posts of one platform and format.

    account: int64[M], position of the account (0..N-1). age_hours: float64[M], at the moment of scoring.
    counts: name -> float64[M], NaN = unknown or hidden. denominator: float64[M]: the followers nearest to the
    post, its views or its reach. sponsored: bool[M].
    """

    account: Integers
    age_hours: Floats
    counts: Mapping[str, Floats]
    denominator: Floats
    sponsored: Flags


def components_of(posts: Posts, basis: Basis) -> list[Floats]:
    """What is summed, a column a component: float64[M], NaN where it is not known.

    >>> posts = Posts(np.array([0]), np.array([99.0]), {"likes": np.ones(1)}, np.ones(1), np.array([False]))
    >>> [column.tolist() for column in components_of(posts, settled("instagram"))]
    [[1.0], [nan]]
    """
    names = component_names(basis.platform, basis.components, basis.format)
    return [component(basis.platform, name, posts.counts, len(posts.denominator)) for name in names]


def post_rates(posts: Posts, basis: Basis) -> Floats:
    """Rate of each post, NaN where a count is hidden or the base is unknown: such a post is left out.

    >>> counts = {"likes": np.array([90.0, np.nan]), "comments": np.array([10.0, 5.0])}
    >>> account, paid = np.zeros(2, dtype=np.int64), np.zeros(2, dtype=bool)
    >>> posts = Posts(account, np.full(2, 99.0), counts, np.full(2, 1000.0), paid)
    >>> post_rates(posts, Basis("instagram", "feed", "followers", "public")).tolist()
    [0.1, nan]
    """
    columns = components_of(posts, basis)
    rate = divided(sum(columns, np.zeros(len(posts.denominator))), posts.denominator)
    return np.where(gaps(columns, posts.denominator) == 0, rate, np.nan)


def from_posts(
    posts: Posts,
    size: int,
    *,
    platform: str,
    format: str = "feed",
    base: str | None = None,
    components: str | None = None,
    statistic: str = "median",
    last: int = LAST,
    window_days: int = WINDOW_DAYS,
    sponsored: bool = False,
) -> AccountRates:
    """Rate and n of `size` accounts from their organic (or sponsored) posts.

    The last posts are taken first and the hidden ones dropped then, so that hidden likes make n fall.

    >>> ages = np.array([80.0, 90.0, 100.0, 10.0])
    >>> counts = {"likes": np.array([1.0, 3.0, 8.0, 99.0]), "comments": np.zeros(4)}
    >>> posts = Posts(np.zeros(4, dtype=np.int64), ages, counts, np.full(4, 100.0), np.zeros(4, dtype=bool))
    >>> rates = from_posts(posts, 1, platform="instagram")
    >>> rates.value.tolist(), rates.n.tolist()
    ([0.03], [3.0])
    """
    if statistic not in ("median", "mean"):
        raise ValueError(f"statistic must be median or mean, not {statistic!r}")
    basis = settled(platform, format, base, components)
    chosen = _chosen(posts, basis, last, window_days, sponsored)
    rate, reason = post_rates(posts, basis), gaps(components_of(posts, basis), posts.denominator)
    used = chosen[reason[chosen] == 0]
    value, n = _summary(posts.account[used], rate[used], size, statistic)
    return AccountRates(
        value=value,
        n=n,
        reason=reasons_of(posts.account[chosen], reason[chosen], n),
        basis=basis,
        statistic=statistic,
    )


def left_out(
    posts: Posts,
    size: int,
    *,
    platform: str,
    format: str = "feed",
    base: str | None = None,
    components: str | None = None,
    last: int = LAST,
    window_days: int = WINDOW_DAYS,
    sponsored: bool = False,
) -> dict[str, Integers]:
    """Why organic (or sponsored) posts don't count: name of LEFT_OUT -> int64[size], how many per account.

    With n of `from_posts` they are all the posts of that kind.

    >>> counts = {"likes": np.array([1.0, np.nan, 8.0]), "comments": np.zeros(3)}
    >>> ages = np.array([80.0, 90.0, 10.0])
    >>> posts = Posts(np.zeros(3, dtype=np.int64), ages, counts, np.full(3, 100.0), np.zeros(3, dtype=bool))
    >>> out = left_out(posts, 1, platform="instagram")
    >>> {why: int(number[0]) for why, number in out.items() if number[0]}
    {'young': 1, 'hidden_likes': 1}
    """
    basis, age = settled(platform, format, base, components), posts.age_hours
    own = posts.sponsored == sponsored
    reason = gaps(components_of(posts, basis), posts.denominator)
    chosen = np.zeros(len(age), dtype=np.bool_)
    chosen[_chosen(posts, basis, last, window_days, sponsored)] = True
    found = {
        "undated": own & np.isnan(age),
        "young": own & (age < MINIMUM_AGE_HOURS),
        "old": own & (age > window_days * 24),
        "not_among_last": own & _within(age, window_days) & ~chosen,
        **{name: chosen & (reason == CODE[name]) for name in UNUSABLE},
    }
    return {name: np.bincount(posts.account[mask], minlength=size) for name, mask in found.items()}


def reasons_of(account: Integers, reason: Codes, n: Floats) -> Codes:
    """Why accounts have no rate: the first reason of their posts, or that there are none; 0 where n > 0.

    account, reason: [M], of posts; n: float64[N], posts that count. Returns int8[N].

    >>> reasons_of(np.array([0]), np.array([CODE["no_base"]]), np.zeros(2)).tolist() == [CODE["no_base"], 5]
    True
    """
    codes = np.where(n > 0, 0, CODE["no_posts"]).astype(np.int8)
    for name in reversed(UNUSABLE):
        at_fault = account[reason == CODE[name]]
        codes[at_fault[n[at_fault] == 0]] = CODE[name]
    return codes


def sponsored_performance(sponsored: AccountRates, organic: AccountRates) -> Floats:
    """Rate of sponsored posts over the rate of organic ones, NaN where either is unknown or organic is 0.

    >>> facts = (np.ones(1), np.zeros(1, dtype=np.int8), Basis("x", "feed", "followers", "public"), "median")
    >>> paid, own = (AccountRates(np.array([value]), *facts) for value in (0.03, 0.04))
    >>> sponsored_performance(paid, own).tolist()
    [0.75]
    """
    if sponsored.basis != organic.basis:
        raise ValueError("sponsored and organic rates must have one basis")
    return divided(sponsored.value, organic.value)


def _within(age_hours: Floats, window_days: int) -> Flags:
    return (age_hours >= MINIMUM_AGE_HOURS) & (age_hours <= window_days * 24)


def _chosen(posts: Posts, basis: Basis, last: int, window_days: int, sponsored: bool) -> Integers:
    """Positions of the posts that an account is measured by, those of unknown rates too."""
    eligible = _within(posts.age_hours, window_days) & (posts.sponsored == sponsored)
    return _latest(posts.account, posts.age_hours, post_rates(posts, basis), eligible, last)


def _latest(account: Integers, age: Floats, rate: Floats, eligible: Flags, last: int) -> Integers:
    """Positions of the `last` youngest eligible posts of each account, by account and then by rate.

    Posts of one age are ordered by their rate, so that the order of the rows never decides."""
    rows = np.flatnonzero(eligible)
    rows = rows[np.lexsort((rate[rows], age[rows], account[rows]))]
    owners = account[rows]
    starts = np.searchsorted(owners, owners)
    rows = rows[np.arange(len(rows)) - starts < last]
    return rows[np.lexsort((rate[rows], account[rows]))]


def _summary(account: Integers, rate: Floats, size: int, statistic: str) -> tuple[Floats, Floats]:
    """Median or mean and count per account of rates sorted by (account, rate)."""
    counts = np.bincount(account, minlength=size)
    n: Floats = counts.astype(np.float64)
    if statistic == "mean":
        total: Floats = np.bincount(account, weights=rate, minlength=size).astype(np.float64)
        return divided(total, n), n
    some = counts > 0
    starts = np.cumsum(counts) - counts
    low, high = (starts + (counts - 1) // 2)[some], (starts + counts // 2)[some]
    value = np.full(size, np.nan)
    value[some] = (rate[low] + rate[high]) / 2
    return value, n
