"""Rates of campaigns: all engagements over all followers (or views, or reach) of their posts (FORMULAS 1).

Unlike an account's rate it is no typical post: large posters weigh as much as they have followers, and every
post counts, whatever its age and whoever paid for it.
"""

import numpy as np

from scoring.arrays import Floats
from scoring.basis import divided, gaps, settled
from scoring.posts import Posts, components_of, reasons_of
from scoring.rates import AccountRates

STATISTIC = "pooled"


def pooled(
    posts: Posts,
    size: int,
    *,
    platform: str,
    format: str = "feed",
    base: str | None = None,
    components: str | None = None,
) -> AccountRates:
    """Rate and n of `size` campaigns; `posts.account` is the position of a post's campaign.

    Posts of one platform and format, so that bases are never mixed in one sum. A post of which a count or the
    base is not known is left out of both sums, so that n falls.

    >>> counts = {"likes": np.array([90.0, 10.0, np.nan]), "comments": np.array([10.0, 0.0, 5.0])}
    >>> base = np.array([1000.0, 100.0, 50.0])
    >>> posts = Posts(np.zeros(3, dtype=np.int64), np.zeros(3), counts, base, np.zeros(3, dtype=bool))
    >>> rates = pooled(posts, 1, platform="instagram")
    >>> rates.value.tolist(), rates.n.tolist(), rates.statistic
    ([0.1], [2.0], 'pooled')
    """
    basis = settled(platform, format, base, components)
    columns = components_of(posts, basis)
    reason = gaps(columns, posts.denominator)
    used = reason == 0
    n = np.bincount(posts.account[used], minlength=size).astype(np.float64)
    total = _sums(posts, sum(columns, np.zeros(len(used))), used, size)
    value = divided(total, _sums(posts, posts.denominator, used, size))
    return AccountRates(value, n, reasons_of(posts.account, reason, n), basis, STATISTIC)


def _sums(posts: Posts, column: Floats, used: Floats, size: int) -> Floats:
    found: Floats = np.bincount(posts.account[used], weights=column[used], minlength=size).astype(np.float64)
    return found
