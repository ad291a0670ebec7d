"""Whether an account's followers came as followers come: week by week, from its snapshots.

A bought audience arrives at once. Each week's growth is held against the account's own other weeks, by median
and median absolute deviation (Iglewicz, Hoaglin, 1993): |z| <= 4 is a usual week. Snapshots may be taken at
any times: they are put into weeks, and a gap of several weeks is one step.
"""

from dataclasses import dataclass

import numpy as np

from scoring.arrays import Flags, Floats, Integers
from scoring.peers import MAD_TO_SIGMA

WEEK = 7.0
# Half a year is looked at, back from the newest snapshot.
WEEKS = 26
# In a longer gap a purchase can't be told from growth.
LONGEST_GAP = 8
# Of fewer nobody can say what is usual.
LEAST_WEEKS = 8
LEAST_STEPS = 5

Z_USUAL = 4.0
# An account that grows evenly has next to no deviation; 1% of the followers and a handful of people a week
# are odd for nobody. The handful is what keeps small accounts from looking odd.
LEAST_SIGMA = 0.01
HANDFUL = 5.0


@dataclass(frozen=True, slots=True)
class Growth:
    """Per account, float64[N], NaN where not known.

    usual: the share of weeks that are usual, where an odd one counts as |z| / 4 weeks. weeks: how many are
    known. jump: the change of followers in the oddest week (a fraction; negative: a loss), jump_day: the day
    of the snapshot that shows it; NaN where no week is odd.
    """

    usual: Floats
    weeks: Floats
    jump: Floats
    jump_day: Floats


@dataclass(frozen=True, slots=True)
class _Steps:
    """From one week with a snapshot to the next: whose, how many weeks, ln of the change, and the start."""

    account: Integers
    gap: Floats
    change: Floats
    start: Floats
    day: Floats


def weekly(account: Integers, day: Floats, followers: Floats, size: int) -> Growth:
    """Growth of `size` accounts from M snapshots in any order.

    account: int64[M], 0..size-1; day: float64[M], days since any date; followers: float64[M], NaN: left out.

    >>> days = np.arange(26) * 7.0
    >>> steady = 1000 * 1.01 ** np.arange(26)
    >>> bought = np.where(np.arange(26) < 20, steady, steady * 3)
    >>> both = np.repeat([0, 1], 26), np.tile(days, 2), np.concatenate([steady, bought])
    >>> found = weekly(*both, 2)
    >>> found.usual.round(2).tolist(), found.jump.round(2).tolist(), found.jump_day.tolist()
    ([1.0, 0.55], [nan, 2.03], [nan, 140.0])
    """
    steps = _steps(account, day, followers, size)
    pace = _medians(steps.change / steps.gap, steps.account, size)
    excess = (steps.change - pace[steps.account] * steps.gap) / np.sqrt(steps.gap)
    deviation = MAD_TO_SIGMA * _medians(np.abs(excess), steps.account, size)
    least = LEAST_SIGMA + HANDFUL / (steps.start + HANDFUL)
    z = np.abs(excess) / np.maximum(deviation[steps.account], least)
    return _counted(steps, z, size)


def _steps(account: Integers, day: Floats, followers: Floats, size: int) -> _Steps:
    fit = np.isfinite(day) & np.isfinite(followers) & (followers >= 0)
    account, day, followers = account[fit], day[fit], followers[fit]
    newest = np.full(size, -np.inf)
    np.maximum.at(newest, account, day)
    week = -np.round((newest[account] - day) / WEEK)
    order = np.lexsort((followers, day, account))
    order = order[week[order] >= -WEEKS]
    account, day, followers, week = account[order], day[order], followers[order], week[order]
    # The last snapshot speaks for its week.
    last = np.append((account[1:] != account[:-1]) | (week[1:] != week[:-1]), True)[: len(account)]
    account, day, followers, week = account[last], day[last], followers[last], week[last]
    gap = week[1:] - week[:-1]
    step: Flags = (account[1:] == account[:-1]) & (gap <= LONGEST_GAP)
    change = np.log1p(followers[1:]) - np.log1p(followers[:-1])
    return _Steps(account[1:][step], gap[step], change[step], followers[:-1][step], day[1:][step])


def _medians(values: Floats, group: Integers, size: int) -> Floats:
    """The median of each group's values, 0 where it has none."""
    ordered = values[np.lexsort((values, group))]
    count = np.bincount(group, minlength=size)
    start = np.cumsum(count) - count
    some = count > 0
    low, high = (start + (count - 1) // 2)[some], (start + count // 2)[some]
    medians = np.zeros(size)
    medians[some] = (ordered[low] + ordered[high]) / 2
    return medians


def _counted(steps: _Steps, z: Floats, size: int) -> Growth:
    def total(weights: Floats) -> Floats:
        return np.bincount(steps.account, weights=weights, minlength=size).astype(np.float64)

    odd = z > Z_USUAL
    weeks = total(steps.gap)
    known = (weeks >= LEAST_WEEKS) & (total(np.ones(len(z))) >= LEAST_STEPS)
    # Of an odd step of several weeks one is odd.
    usual = total(steps.gap - odd)
    share = usual / np.maximum(usual + total(np.where(odd, z / Z_USUAL, 0.0)), 1.0)
    oddest = np.lexsort((z, steps.account))
    ends = np.cumsum(np.bincount(steps.account, minlength=size)) - 1
    at = oddest[np.maximum(ends, 0)] if len(oddest) else np.zeros(size, dtype=np.int64)
    jump, day = np.full(size, np.nan), np.full(size, np.nan)
    shown = known & (total(odd.astype(np.float64)) > 0)
    jump[shown], day[shown] = np.expm1(steps.change[at[shown]]), steps.day[at[shown]]
    return Growth(np.where(known, share, np.nan), np.where(known, weeks, np.nan), jump, day)
