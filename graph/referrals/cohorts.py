"""K by cohort: invitations per user x conversion per invitation, of those who joined in the same time."""

import math
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from graph.estimates import Estimate, missing
from graph.referrals.delays import Delays, summed
from graph.referrals.offspring import FEWEST_DELAYS, counted, fitted, generation_time, k, k_within
from graph.referrals.profiles import Floats, Peak
from graph.sample_intervals import wilson

Places = NDArray[np.int64]
# A cohort with which so few could go on is not asked for what it brought within a window.
FEWEST_OLD = 2


@dataclass(frozen=True, slots=True, eq=False)
class Users:
    """Of each user: joined, float64[N], in days; cohort, int64[N], its number; parents, int64[N], who
    referred it, -1 for nobody (places); invitations, int64[N], sent so far, or None if they are not known.
    Seen until `until`, in days."""

    joined: Floats
    cohort: Places
    parents: Places
    until: float
    invitations: Places | None = None


@dataclass(frozen=True, slots=True)
class Cohort:
    """number; users; invitations and brought, so far; invitations_per_user and conversion, of an invitation,
    so far; k, when all have been brought; k_within the window, of users who had it (n); still_young: the
    share of users who had less time than the window."""

    number: int
    users: int
    invitations: int | None
    brought: int
    invitations_per_user: Estimate
    conversion: Estimate
    k: Estimate
    k_within: Estimate
    still_young: float


@dataclass(frozen=True, slots=True)
class Growth:
    """window: days; cohorts in the order of their numbers; whole: all users as one cohort, its number is -1;
    mean and median: days from joining to bringing somebody."""

    window: float
    cohorts: list[Cohort]
    whole: Cohort
    mean: Estimate
    median: Estimate


class BadUsers(ValueError):
    """Columns of different lengths, or referrers who are not users."""


def growth(users: Users, window: float = 30.0) -> Growth:
    """K of each cohort, and how long it takes. Users who joined after `until` are left out. Raises BadUsers.

    Delays are taken to be alike in all cohorts; K is not. A delay below 0 (brought before she joined) counts
    as one of no time.

    >>> joined = np.concatenate((np.zeros(40), np.full(40, 90.0), np.linspace(1, 30, 20)))
    >>> parents = np.concatenate((np.full(80, -1), np.arange(20)))
    >>> cohort = (joined // 30).astype(int)
    >>> made = growth(Users(joined, cohort, parents, 100.0))
    >>> [(each.number, each.users, each.brought, each.k.reason) for each in made.cohorts]
    [(0, 59, 20, None), (1, 1, 0, 'too_few_users'), (3, 40, 0, None)]
    >>> round(made.cohorts[0].k.value, 2), round(made.cohorts[0].k_within.value, 2)
    (0.34, 0.34)
    """
    _checked(users)
    here = users.joined < users.until
    child = np.flatnonzero((users.parents >= 0) & here)
    child = child[here[users.parents[child]]]
    parent = users.parents[child]
    taken = np.maximum(users.joined[child] - users.joined[parent], 0.0)
    spans = users.until - users.joined
    delays = summed(taken, spans[parent])
    peaks = fitted(delays) if delays.n >= FEWEST_DELAYS else None
    size = len(users.joined)
    brought = np.bincount(parent, minlength=size)
    within = np.bincount(parent[taken <= window], minlength=size)
    table = _Table(users, window, spans, brought, within, delays, peaks)
    order = np.flatnonzero(here)[np.argsort(users.cohort[here], kind="stable")]
    numbers, starts = np.unique(users.cohort[order], return_index=True)
    ends = np.append(starts, len(order))[1:]
    cohorts = [
        table.cohort(int(number), order[start:end])
        for number, start, end in zip(numbers, starts, ends, strict=True)
    ]
    whole = table.cohort(-1, order)
    return Growth(window, cohorts, whole, generation_time(delays), generation_time(delays, "median"))


def _checked(users: Users) -> None:
    size = len(users.joined)
    if not len(users.cohort) == len(users.parents) == size:
        raise BadUsers(f"{size} users, {len(users.cohort)} cohorts, {len(users.parents)} parents")
    if users.invitations is not None and len(users.invitations) != size:
        raise BadUsers(f"{size} users, {len(users.invitations)} invitations")
    if size and int(users.parents.max()) >= size:
        raise BadUsers(f"a referrer at place {int(users.parents.max())} of {size} users")


@dataclass(frozen=True, slots=True, eq=False)
class _Table:
    """What all cohorts are made from."""

    users: Users
    window: float
    spans: Floats
    brought: Places
    within: Places
    delays: Delays
    peaks: list[Peak] | None

    def cohort(self, number: int, members: NDArray[np.intp]) -> Cohort:
        """One cohort, of the users at these places."""
        brought, spans = self.brought[members], self.spans[members]
        sent = None if self.users.invitations is None else self.users.invitations[members]
        old = members[spans >= self.window]
        return Cohort(
            number,
            len(members),
            None if sent is None else int(sent.sum()),
            int(brought.sum()),
            _per_user(sent),
            _conversion(sent, brought),
            k(counted(spans, brought), self.delays, self.peaks),
            _old(self.within[old], self.window),
            1 - len(old) / len(members) if len(members) else 0.0,
        )


def _old(within: Places, window: float) -> Estimate:
    if len(within) < FEWEST_OLD:
        return missing("window", "too_young")
    return k_within(counted(np.full(len(within), window), within))


def _per_user(sent: Places | None) -> Estimate:
    if sent is None:
        return missing("invitations", "not_known")
    return k_within(counted(np.ones(len(sent)), sent))


def _conversion(sent: Places | None, brought: Places) -> Estimate:
    """Brought per invitation. Those of one advocate convert alike, so that they count as fewer."""
    if sent is None:
        return missing("invitations", "not_known")
    total, reached = int(sent.sum()), int(brought.sum())
    if not total:
        return missing("invitations", "no_invitations")
    share = reached / total
    if share > 1:
        # Some came by word of mouth: no share of invitations then.
        return missing("invitations", "not_all_invited")
    return Estimate(share, *wilson(share, _as_many(sent, brought, share)), total, "invitations")


def _as_many(sent: Places, brought: Places, share: float) -> float:
    """How many independent invitations say as much (ratio estimator; Cochran 1977, 6.3)."""
    total, users = float(sent.sum()), int((sent > 0).sum())
    if not 0 < share < 1 or users < 2:
        return total
    variance = float(((brought - share * sent) ** 2).sum()) / total**2 * users / (users - 1)
    return min(total, share * (1 - share) / variance) if variance else total


def share(part: int, whole: int, basis: str = "customers") -> Estimate:
    """A share of people with its 95% interval: referred customers of referred visitors (the advocacy
    conversion rate), customers with a successful referral of customers (the advocate share).

    >>> made = share(30, 120)
    >>> made.value, round(made.low, 3), round(made.high, 3)
    (0.25, 0.181, 0.334)
    """
    if not 0 <= part <= whole:
        raise ValueError(f"{part} of {whole}")
    if not whole:
        return missing(basis, "nobody")
    return Estimate(part / whole, *wilson(part / whole, whole), whole, basis)


def labelled(joined: NDArray[Any], unit: Literal["month", "week"]) -> tuple[list[str], Places]:
    """Cohorts of local times, datetime64[N]: their names in order, a month or the Monday of a week, and each
    one's number.

    >>> labelled(np.array(["2026-11-29", "2026-11-30", "2026-11-02"], "M8[s]"), "week")[0]
    ['2026-11-02', '2026-11-23', '2026-11-30']
    """
    if unit == "month":
        parts = joined.astype("M8[M]")
    else:
        days = joined.astype("M8[D]").astype(np.int64)
        # 1970-01-01 was a Thursday.
        parts = (days - (days + 3) % 7).astype("M8[D]")
    names, numbers = np.unique(parts, return_inverse=True)
    return [str(each) for each in names], numbers.astype(np.int64)


def doubling_time(rate: Estimate, days: Estimate) -> float | None:
    """Days in which users double by referral alone, K above 1; None where they do not, or it is not known.

    Of growth by generations, exp(r T) = K: T is the mean delay.

    >>> from graph.estimates import exactly
    >>> doubling_time(exactly(2.0), exactly(10.0))
    10.0
    """
    if rate.value is None or days.value is None or rate.value <= 1:
        return None
    return days.value * math.log(2) / math.log(rate.value)
