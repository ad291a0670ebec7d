"""Whether a partner's code has got about: pure (RELIABILITY.md F3).

That it is used without a click says nothing. What does: that orders come from sites that collect codes; that
customers whom the shop knew before take to it, who need nobody's recommendation; that it is used long after
the partner was last heard of.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from math import sqrt
from typing import Final, Literal

from msgspec import Struct

from service.conversions.reviews.hosts import is_coupon_site
from service.conversions.reviews.rules import LeakedCoupon

# What chance does in one of a thousand codes: z of a difference of two shares.
Z: Final = 3.0


class Use(Struct, frozen=True):
    """An order by the code. `known`: by a customer whom the shop knew; None where nobody knows."""

    at: datetime
    referrer: str | None = None
    known: bool | None = None


class Leak(Struct, frozen=True):
    """A code that is not the partner's alone any more, since when, and by what it shows."""

    since: datetime
    sign: Literal["coupon_site", "known_customers", "long_after"]
    evidence: dict[str, str]


def find_leak(uses: Sequence[Use], last_heard: datetime | None, wanted: LeakedCoupon) -> Leak | None:
    """The earliest sign that shows, of uses in the order of time."""
    signs = (_of_sites(uses, wanted), _of_known(uses, wanted), _of_time(uses, last_heard, wanted))
    return min((sign for sign in signs if sign), key=lambda leak: leak.since, default=None)


def _of_sites(uses: Sequence[Use], wanted: LeakedCoupon) -> Leak | None:
    sites = [is_coupon_site(use.referrer, wanted.sites) for use in uses]
    after = 0
    best = None
    for at in range(len(uses) - 1, -1, -1):
        after += sites[at]
        n = len(uses) - at
        if sites[at] and n >= wanted.min_orders and after >= max(2, wanted.share * n):
            best = at, after, n
    if best is None:
        return None
    at, after, n = best
    host = uses[at].referrer or ""
    evidence = {"host": host, "orders": str(n), "from_sites": str(after)}
    return Leak(uses[at].at, "coupon_site", evidence)


def _of_known(uses: Sequence[Use], wanted: LeakedCoupon) -> Leak | None:
    """The split into before and after that chance explains least."""
    told = [use for use in uses if use.known is not None]
    total, n = sum(bool(use.known) for use in told), len(told)
    best: tuple[float, int, float, float] | None = None
    before = 0
    for at in range(1, n):
        before += bool(told[at - 1].known)
        if at < wanted.min_orders or n - at < wanted.min_orders:
            continue
        first, second = before / at, (total - before) / (n - at)
        together = total / n
        scatter = sqrt(together * (1 - together) * (1 / at + 1 / (n - at)))
        z = (second - first) / scatter if scatter else 0.0
        if second - first >= wanted.known_rise and z >= Z and (best is None or z > best[0]):
            best = z, at, first, second
    if best is None:
        return None
    _, at, first, second = best
    evidence = {"before": f"{first:.2f}", "after": f"{second:.2f}", "orders": str(n - at)}
    return Leak(told[at].at, "known_customers", evidence)


def _of_time(uses: Sequence[Use], last_heard: datetime | None, wanted: LeakedCoupon) -> Leak | None:
    if last_heard is None:
        return None
    since = last_heard + timedelta(days=wanted.days)
    late = sum(use.at >= since for use in uses)
    if late < wanted.min_orders:
        return None
    return Leak(since, "long_after", {"last_heard_at": last_heard.isoformat(), "orders": str(late)})
