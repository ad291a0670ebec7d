"""Levels that move: a query that grows or fades over weeks, and one that jumps and stays.

The days' levels against the week's rhythm are a random walk whose pace each query chooses (none, unless its
days speak clearly for one). A jump is not a walk: three whole days of which each lies far to the same side
are the new level, the earlier days keep telling the rhythm. One day back at the old level ends it.
"""

from dataclasses import dataclass

import numpy as np

from scoring.arrays import Flags, Floats, Integers

DAY = 24
# Variance of a day's step of the log level.
PACES = (0.0, 0.0003, 0.002, 0.01, 0.04)
# Log odds that a pace needs against standing still.
DOUBT = 3.0
# A day's median hour lies within .3 of 0 in a usual day (in standard deviations); a day says so of 6 hours.
FAR, LEAST_HOURS = 1.5, 6
# Smaller moves are left to the walk, and to weekdays that differ.
FACTOR = 0.4
# Days before a run, of which the median is what it stepped away from.
BEFORE = 3
JUMPED_DAYS = 3
STEPS = 3


@dataclass(frozen=True, slots=True)
class Moves:
    """log_factor: float64[B, D + 1], each day's level against the rhythm, oldest first, the last is what
    comes next; variance: float64[B], of the last; pace: int64[B], which of PACES."""

    log_factor: Floats
    variance: Floats
    pace: Integers

    @classmethod
    def none(cls, size: int, days: int) -> "Moves":
        return cls(np.zeros((size, days + 1)), np.zeros(size), np.zeros(size, dtype=np.int64))


def days_of(hours: int) -> Integers:
    """int64[H]: the day of each hour, counted in whole days back from the window's end.

    >>> days_of(50)[[0, 1, 2, 49]].tolist()
    [0, 0, 1, 2]
    """
    back = np.arange(hours)[::-1] // DAY
    days: Integers = back[0] - back if hours else back
    return days


def sides(oddity: Floats, counts: Floats, level: Floats) -> tuple[Floats, Floats]:
    """Which days lie far off: float64[B, D], 1 above, -1 below, 0 usual or too few hours; and each day's log
    factor. All given are float64[B, H].

    Far is both: the median hour by its oddity and the day's sum by its factor.
    """
    day = days_of(oddity.shape[1])
    days = int(day[-1]) + 1
    known = np.isfinite(oddity)
    found, factors = (np.zeros((len(oddity), days)) for _ in range(2))
    for of in range(days):
        at = day == of
        some = known[:, at].sum(axis=1)
        middle = np.sort(oddity[:, at], axis=1)[np.arange(len(oddity)), np.maximum(some - 1, 0) // 2]
        seen, usual = (np.where(known[:, at], part[:, at], 0.0).sum(axis=1) for part in (counts, level))
        factors[:, of] = np.log((seen + 0.5) / (usual + 0.5))
        far = (some >= LEAST_HOURS) & (np.abs(middle) > FAR) & (np.abs(factors[:, of]) > FACTOR)
        found[:, of] = np.where(far, np.sign(middle), 0)
    return found, factors


def jump(sides: Floats, factors: Floats) -> tuple[Floats, Flags]:
    """Whether the newest days are a new level: float64[B, D], 1 from the jump on, else 0; and which days are
    not to be used, bool[B, D]: far ones of a run that came or went at a stroke and did not last. A run that
    came by and by is a walk.

    >>> far = np.array([[0.0, 1, 0, 1, 1, 1], [0, 1, 0, 0, 1, 1]])
    >>> since, passed = jump(far, far)
    >>> since.tolist()
    [[0.0, 0.0, 0.0, 1.0, 1.0, 1.0], [0.0, 0.0, 0.0, 0.0, 0.0, 0.0]]
    >>> passed.astype(int).tolist()
    [[0, 1, 0, 0, 0, 0], [0, 1, 0, 0, 1, 1]]
    """
    same = sides == sides[:, -1:]
    lasting = np.cumprod(same[:, ::-1], axis=1)[:, ::-1] * (sides[:, -1:] != 0)
    # What fills the window is the level.
    enough = (lasting.sum(axis=1) >= JUMPED_DAYS) & (lasting[:, 0] == 0)
    since: Floats = (lasting * enough[:, None]).astype(np.float64)
    came = _at_a_stroke(sides, factors)
    went = _at_a_stroke(sides[:, ::-1], factors[:, ::-1])[:, ::-1]
    passed: Flags = (sides != 0) & (since == 0) & (came | went) & ~((lasting == 1) & (lasting[:, :1] == 1))
    return since, passed


def _at_a_stroke(sides: Floats, factors: Floats) -> Flags:
    """Whether a far day's run began with a step away from the days before it, bool[B, D]."""
    strokes = np.zeros(sides.shape, dtype=np.bool_)
    for of in range(1, sides.shape[1]):
        before = np.median(factors[:, max(of - BEFORE, 0) : of], axis=1)
        step = (factors[:, of] - before) * sides[:, of] > FACTOR
        goes_on = (sides[:, of] == sides[:, of - 1]) & (sides[:, of] != 0)
        strokes[:, of] = np.where(goes_on, strokes[:, of - 1], step)
    return strokes


def follow(
    counts: Floats, level: Floats, dispersion: Floats, since: Floats, before: Moves, choose: bool
) -> Moves:
    """The days' levels. counts: float64[B, H], NaN: not used; level: float64[B, H] of the rhythm alone;
    since: as of `jump`; choose: whether the pace is chosen anew."""
    size, days = since.shape
    hot = (days_of(counts.shape[1])[:, None] == np.arange(days)).astype(np.float64)
    used = np.isfinite(counts)
    offset = _offset(np.where(used, counts, 0.0), np.where(used, level, 0.0), since @ hot.T)
    jumped = np.concatenate([since, since[:, -1:]], axis=1) * offset[:, None]
    pace = before.pace
    if not choose and not pace.any():
        return Moves(jumped, np.zeros(size), pace)
    walk = np.zeros((size, days + 1))
    variance = np.zeros(size)
    for turn in range(STEPS):
        now = level * np.exp((jumped + walk)[:, :days] @ hot.T)
        scale = np.where(used, 1 / (1 + dispersion[:, None] * now), 0.0)
        weight = (now * scale) @ hot
        info = weight * walk[:, :days] + (np.where(used, counts - now, 0.0) * scale) @ hot
        if choose and turn == 0:
            pace = _pace(weight, info)
        if not pace.any():
            break
        walk, variance = _walked(weight, info, pace)
    return Moves(jumped + walk, variance, pace)


def _offset(counts: Floats, level: Floats, jumped: Floats) -> Floats:
    seen, expected = (counts * jumped).sum(axis=1), (level * jumped).sum(axis=1)
    offset: Floats = np.where(expected > 0, np.log((seen + 0.5) / (expected + 0.5)), 0.0)
    return offset


def _covariance(days: int) -> Floats:
    """Of a random walk's D + 1 days around its own mean of the D days."""
    steps = np.minimum(np.arange(days + 1)[:, None], np.arange(days + 1)).astype(np.float64)
    centring = np.eye(days + 1)
    centring[:, :days] -= 1 / days
    around: Floats = centring @ steps @ centring.T
    return around


def _pace(weight: Floats, info: Floats) -> Integers:
    days = weight.shape[1]
    around = _covariance(days)[:days, :days]
    best, pace = np.zeros(len(weight)), np.zeros(len(weight), dtype=np.int64)
    for at, step in enumerate(PACES[1:], start=1):
        inner = np.eye(days) + weight[:, :, None] * (step * around)
        mean = (step * around @ np.linalg.inv(inner) @ info[:, :, None])[..., 0]
        merit = 0.5 * (info * mean).sum(axis=1) - 0.5 * np.linalg.slogdet(inner)[1] - DOUBT
        pace, best = np.where(merit > best, at, pace), np.maximum(best, merit)
    return pace


def _walked(weight: Floats, info: Floats, pace: Integers) -> tuple[Floats, Floats]:
    size, days = weight.shape
    walk, variance = np.zeros((size, days + 1)), np.zeros(size)
    moving = pace > 0
    prior = np.array(PACES)[pace[moving]][:, None, None] * _covariance(days)
    known = np.concatenate([weight[moving], np.zeros((int(moving.sum()), 1))], axis=1)
    told = np.concatenate([info[moving], np.zeros((int(moving.sum()), 1))], axis=1)
    cov = prior @ np.linalg.inv(np.eye(days + 1) + known[:, :, None] * prior)
    walk[moving] = (cov @ told[:, :, None])[..., 0]
    variance[moving] = cov[:, -1, -1]
    return walk, variance
