"""The level of each hour of the week and the dispersion, for many queries at once, whatever spikes came
before.

Rounds of: leave out hours that nothing usual explains (both ways: a collector that stood still is as little
the query's level as a spike), fit the tree by Newton's steps, estimate the dispersion from all hours left.
Hours that are left out come back as soon as the level explains them.
"""

from dataclasses import dataclass, replace

import numpy as np

from scoring.arrays import Flags, Floats, Integers
from scoring.spikes import moves, priors, tree
from scoring.spikes.negative_binomial import deviance, widened

WEEK = tree.DAYS * tree.HOURS
# Signed roots of the deviance: at first spikes still stand in the level, and more is let through.
CUT_FIRST, CUT = 5.0, 3.3
# What cutting normal residuals at 3.3 on both sides takes off their variance.
LOST_BY_CUT = 0.012
# The dispersion of a query of which nothing is known, and how far others are from it (both as 1/k).
DISPERSION, DISPERSION_SPREAD = 0.01, 0.02
LONGEST_STEP = 1.5
# A week and a day.
YOUNG_HOURS = 192


@dataclass(frozen=True, slots=True)
class Window:
    """Hours of B queries with one clock.

    counts: float64[B, H], NaN: missing or left out; cell: int64[H], hour of the local week, Monday 00 = 0.
    """

    counts: Floats
    cell: Integers

    @property
    def day(self) -> Integers:
        return moves.days_of(len(self.cell))


@dataclass(frozen=True, slots=True)
class Fit:
    """log_level, variance: float64[B, 7, 24], the rhythm; dispersion: float64[B]; used: bool[B, H]."""

    log_level: Floats
    variance: Floats
    dispersion: Floats
    used: Flags
    choice: priors.Choice
    moved: moves.Moves

    def rhythm(self, window: Window) -> Floats:
        """float64[B, H]: the level of each hour of the week, without what moved."""
        levels: Floats = np.exp(self.log_level.reshape(-1, WEEK)[:, window.cell])
        return levels

    def exposure(self, window: Window) -> Floats:
        """float64[B, H]: what the rhythm is multiplied by on each day of the window."""
        factors: Floats = np.exp(self.moved.log_factor[:, :-1])[:, window.day]
        return factors

    def expected(self, window: Window) -> Floats:
        """float64[B, H]: the level of each hour of the window."""
        return self.rhythm(window) * self.exposure(window)

    def spread(self, window: Window) -> Floats:
        """float64[B, H]: the dispersion of each hour, the rhythm's own error included."""
        own = np.expm1(self.variance.reshape(-1, WEEK)[:, window.cell])
        return widened(self.dispersion[:, None], own)

    def forecast(self, cell: Integers) -> tuple[Floats, Floats]:
        """The level of coming hours of the week, int64[N], and their log variance: float64[B, N] each."""
        log_level = self.log_level.reshape(-1, WEEK)[:, cell] + self.moved.log_factor[:, -1:]
        variance = self.variance.reshape(-1, WEEK)[:, cell] + self.moved.variance[:, None]
        return np.exp(log_level), variance


def fit(window: Window) -> Fit:
    """Fit from nothing: robust medians first, then levels, priors and dispersion in turns."""
    found = _settle(_levels(_started(window), window, steps=4), window)
    for _ in range(2):
        found = _settle(_levels(_moved(_reject(found, window), window), window, steps=2), window)
    found = rechoose(found, window, rounds=3)
    return rechoose(found, window, rounds=1)


def rechoose(found: Fit, window: Window, rounds: int = 1) -> Fit:
    """Choose priors and pace anew, and fit by them."""
    found = _levels(_moved(_chosen(found, window, rounds), window, choose=True), window, steps=2)
    return _settle(found, window)


def refit(before: Fit, window: Window) -> Fit:
    """Fit from what was found a day ago: priors and pace stay, the rest is as in `fit`."""
    last = before.moved.log_factor
    aged = replace(before.moved, log_factor=np.concatenate([last[:, 1:], last[:, -1:]], axis=1))
    found = _reject(replace(before, moved=aged), window)
    found = _levels(_moved(found, window), window, steps=1)
    return _settle(found, window)


def _reject(found: Fit, window: Window, cut: float = CUT) -> Fit:
    odd = deviance(window.counts, found.expected(window), found.spread(window))
    return replace(found, used=np.isfinite(window.counts) & ~(np.abs(odd) > cut))


def _started(window: Window) -> Fit:
    found = _reject(_medians(window), window, CUT_FIRST)
    since, _ = moves.jump(*_sides(found, window))
    return _reject(_followed(found, window, since, found.used, False), window, CUT_FIRST)


def _moved(found: Fit, window: Window, choose: bool = False) -> Fit:
    """Levels that moved. Hours of days that jumped are used again; days far off that did not last are not."""
    since, passed = moves.jump(*_sides(found, window))
    used = found.used & ~passed[:, window.day]
    found = _reject(_followed(found, window, since, used, choose), window)
    return replace(found, used=found.used & ~passed[:, window.day])


def _sides(found: Fit, window: Window) -> tuple[Floats, Floats]:
    rhythm = found.rhythm(window)
    return moves.sides(deviance(window.counts, rhythm, found.spread(window)), window.counts, rhythm)


def _followed(found: Fit, window: Window, since: Floats, used: Flags, choose: bool) -> Fit:
    back = (since[:, window.day] > 0) & np.isfinite(window.counts)
    counts = np.where(used | back, window.counts, np.nan)
    moved = moves.follow(counts, found.rhythm(window), found.dispersion, since, found.moved, choose)
    return replace(found, moved=moved)


def _sums(found: Fit, window: Window) -> tuple[Floats, Floats]:
    """Exposure and counts of each hour of the week, float64[B, 7, 24]."""
    hot = (window.cell[:, None] == np.arange(WEEK)).astype(np.float64)
    shape = (-1, tree.DAYS, tree.HOURS)
    exposure = (found.used * found.exposure(window)) @ hot
    counts = np.where(found.used, window.counts, 0.0) @ hot
    return exposure.reshape(shape), counts.reshape(shape)


def _working(
    log_level: Floats, centre: Floats, sums: tuple[Floats, Floats], dispersion: Floats
) -> tuple[Floats, Floats]:
    exposure, counts = sums
    level = np.exp(log_level)
    scale = 1 + dispersion[:, None, None] * level
    weight = exposure * level / scale
    return weight, weight * (log_level - centre) + (counts - exposure * level) / scale


def _centre(sums: tuple[Floats, Floats]) -> Floats:
    exposure, counts = (part.sum(axis=(1, 2)) for part in sums)
    log_mean: Floats = np.log((counts + 0.5) / (exposure + 1))
    return log_mean[:, None, None]


def _levels(found: Fit, window: Window, steps: int) -> Fit:
    sums = _sums(found, window)
    centre = _centre(sums)
    given = found.choice.priors()
    log_level, variance = found.log_level, found.variance
    for _ in range(steps):
        weight, info = _working(log_level, centre, sums, found.dispersion)
        after = tree.posterior(given, weight, info)
        step = np.clip(centre + after.mean - log_level, -LONGEST_STEP, LONGEST_STEP)
        log_level, variance = log_level + step, after.variance
    return replace(found, log_level=log_level, variance=variance)


def _chosen(found: Fit, window: Window, rounds: int) -> Fit:
    sums = _sums(found, window)
    weight, info = _working(found.log_level, _centre(sums), sums, found.dispersion)
    return replace(found, choice=priors.choose(found.choice, _young(window), weight, info, rounds))


def _young(window: Window) -> Flags:
    """bool[B]: whether a query has not yet seen each day of a week."""
    young: Flags = np.isfinite(window.counts).sum(axis=1) < YOUNG_HOURS
    return young


def _settle(found: Fit, window: Window) -> Fit:
    """The dispersion by weighted moments; a fitted level takes its own variance off the residuals."""
    level = found.expected(window)
    own = level**2 * found.variance.reshape(-1, WEEK)[:, window.cell]
    rest = np.where(found.used, window.counts - level, 0.0) ** 2 / (1 - LOST_BY_CUT)
    dispersion = found.dispersion
    for _ in range(2):
        variance = level + dispersion[:, None] * level**2
        precision = np.where(found.used, level**4 / (2 * variance**2 + variance), 0.0)
        total = np.maximum(precision.sum(axis=1), 1e-12)
        raw = (precision * (rest - level + own) / level**2).sum(axis=1) / total
        trust = DISPERSION_SPREAD**2 / (DISPERSION_SPREAD**2 + 1 / total)
        dispersion = np.maximum(trust * raw + (1 - trust) * DISPERSION, 0.0)
    return replace(found, dispersion=dispersion)


def _medians(window: Window) -> Fit:
    """A start that half of the hours can't move: the median of each hour of weekdays and of weekends."""
    size = len(window.counts)
    day, hour = np.divmod(window.cell, tree.HOURS)
    weekend = np.isin(day, tree.KINDS[1])
    base = _median(window.counts)
    levels = np.empty((size, tree.DAYS, tree.HOURS))
    for kind, days in enumerate(tree.KINDS):
        for of_day in range(tree.HOURS):
            hours = window.counts[:, (weekend == bool(kind)) & (hour == of_day)]
            enough = np.isfinite(hours).sum(axis=1) >= 3
            levels[:, list(days), of_day] = np.where(enough, _median(hours), base)[:, None]
    log_level = np.log(levels + 1 / 3)
    start = Fit(
        log_level,
        np.full(levels.shape, 0.05),
        np.full(size, DISPERSION),
        np.isfinite(window.counts),
        priors.Choice.start(_young(window)),
        moves.Moves.none(size, int(window.day[-1]) + 1),
    )
    return replace(start, dispersion=_robust_dispersion(start, window))


def _robust_dispersion(start: Fit, window: Window) -> Floats:
    level = start.expected(window)
    pearson = np.abs(window.counts - level) / np.sqrt(level)
    variance = (1.4826 * _median(pearson)) ** 2
    mean = np.exp(start.log_level).mean(axis=(1, 2))
    dispersion: Floats = np.maximum((variance - 1) / mean, DISPERSION)
    return dispersion


def _median(values: Floats) -> Floats:
    """The median of each row without its NaN; 0 for a row of none."""
    if not values.shape[1]:
        return np.zeros(len(values))
    ordered = np.sort(values, axis=1)
    known = np.isfinite(values).sum(axis=1)
    rows = np.arange(len(values))
    low = ordered[rows, np.maximum(known - 1, 0) // 2]
    high = ordered[rows, np.minimum(known // 2, values.shape[1] - 1)]
    middle: Floats = np.where(known > 0, (low + high) / 2, 0.0)
    return middle
