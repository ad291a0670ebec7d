"""From posts to the rate of an account: the median of its last dozen within 90 days (FORMULAS 1)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from scoring.arrays import Codes, Flags, Floats, Integers
from scoring.basis import Basis, component_names, default_base, divided, gaps
from scoring.rates import WINDOW_DAYS, AccountRates
from scoring.scores import CODE

LAST = 12
# Younger posts are still collecting.
MINIMUM_AGE_HOURS = 72


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


def post_rates(counts: Mapping[str, Floats], denominator: Floats, names: Sequence[str]) -> Floats:
    """Rate of each post, NaN where a count is hidden or the base is unknown: such a post is left out.

    >>> counts = {"likes": np.array([90.0, np.nan]), "comments": np.array([10.0, 5.0])}
    >>> post_rates(counts, np.full(2, 1000.0), ("likes", "comments")).tolist()
    [0.1, nan]
    """
    columns = _columns(counts, denominator, names)
    rate = divided(sum(columns, np.zeros(len(denominator))), denominator)
    return np.where(gaps(columns, denominator) == 0, rate, np.nan)


def from_posts(
    posts: Posts,
    size: int,
    *,
    platform: str,
    format: str = "feed",
    base: str | None = None,
    components: str = "public",
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
    names = component_names(platform, components)
    reason = gaps(_columns(posts.counts, posts.denominator, names), posts.denominator)
    rate = post_rates(posts.counts, posts.denominator, names)
    in_window = (posts.age_hours >= MINIMUM_AGE_HOURS) & (posts.age_hours <= window_days * 24)
    chosen = _latest(posts.account, posts.age_hours, rate, in_window & (posts.sponsored == sponsored), last)
    used = chosen[reason[chosen] == 0]
    value, n = _summary(posts.account[used], rate[used], size, statistic)
    return AccountRates(
        value=value,
        n=n,
        reason=_reasons(posts.account[chosen], reason[chosen], n),
        basis=Basis(platform, format, base or default_base(platform, format), components),
        statistic=statistic,
    )


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


def nearest(
    account: Integers, at: Floats, snapshot_account: Integers, snapshot_at: Floats, snapshot_value: Floats
) -> Floats:
    """Per post the value of its account's snapshot nearest in time (of two the earlier), NaN without one.

    Times are numbers of one unit (say epoch seconds). account, at: [M]; snapshot_*: [S].

    >>> zero = np.zeros(2, dtype=np.int64)
    >>> nearest(zero, np.array([1.0, 9.0]), zero, np.array([0.0, 10.0]), np.array([100.0, 200.0])).tolist()
    [100.0, 200.0]
    """
    if len(snapshot_at) == 0:
        return np.full(len(at), np.nan)
    order = np.lexsort((snapshot_value, snapshot_at, snapshot_account))
    owner, time, value = snapshot_account[order], snapshot_at[order], snapshot_value[order]
    after = _position(owner, time, account, at)
    before = np.maximum(after - 1, 0)
    after = np.minimum(after, len(time) - 1)
    gap_before = np.where(owner[before] == account, np.abs(at - time[before]), np.inf)
    gap_after = np.where(owner[after] == account, np.abs(time[after] - at), np.inf)
    found = np.where(gap_before <= gap_after, value[before], value[after])
    return np.where(np.isfinite(np.minimum(gap_before, gap_after)), found, np.nan)


def _columns(counts: Mapping[str, Floats], denominator: Floats, names: Sequence[str]) -> list[Floats]:
    return [counts.get(name, np.full(len(denominator), np.nan)) for name in names]


def _position(owner: Integers, time: Floats, account: Integers, at: Floats) -> Integers:
    """Where each (account, at) would be inserted among the sorted (owner, time)."""
    ticks, rank = np.unique(np.concatenate([time, at]), return_inverse=True)
    keys, wanted = owner * len(ticks) + rank[: len(time)], account * len(ticks) + rank[len(time) :]
    return np.searchsorted(keys, wanted)


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


def _reasons(account: Integers, reason: Codes, n: Floats) -> Codes:
    """Why an account has no rate: the first reason of its posts, or that there are none."""
    codes = np.where(n > 0, 0, CODE["no_posts"]).astype(np.int8)
    for name in ("no_base", "missing_components", "hidden_likes"):
        at_fault = account[reason == CODE[name]]
        codes[at_fault[n[at_fault] == 0]] = CODE[name]
    return codes
