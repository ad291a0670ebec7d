"""Made-up hours of mentions whose truth is known, and what one who knew it would find: to measure `replay`.

Rhythms of many kinds (smooth and sharp peaks, opening hours, two rushes, none, an own weekend, days that
differ), counts of the negative binomial, hours that are tripled. An oracle knows each hour's mean and
dispersion and takes the least count that is below p.
"""

from dataclasses import dataclass

import numpy as np

from scoring.arrays import Flags, Floats
from scoring.spikes.fitting import WEEK
from scoring.spikes.negative_binomial import reached
from scoring.spikes.surprise import LEAST, P

HOURS = np.arange(24)
BASES = (5.0, 10.0, 20.0, 50.0, 100.0, 200.0)
KS = (50.0, 100.0, 1000.0, np.inf)
TIMES = 3.0
# Peak against trough of rhythms by one wave, and how sharp its peak is.
WAVES = {"smooth": (3.0, 1), "deep": (10.0, 1), "sharp": (5.0, 6), "sharpest": (10.0, 6)}
KINDS = (*WAVES, "opening_hours", "two_rushes", "flat", "ragged", "own_weekend", "own_days")


def rhythm(kind: str, draw: np.random.Generator) -> Floats:
    """float64[7, 24] with mean 1: a week of a kind of KINDS at a random hour."""
    at = draw.uniform(0, 24)
    wave = 0.5 + 0.5 * np.cos(2 * np.pi * (HOURS - at) / 24)
    week = np.tile(_day(kind, wave, at, draw), (7, 1))
    if kind == "own_weekend":
        week[5:] = np.roll(week[5:], 4, axis=1) * 0.6
    elif kind == "own_days":
        week *= np.exp(draw.normal(0, 0.25, (7, 1)))
    elif kind != "flat":
        week[5:] *= draw.uniform(0.5, 1.3)
        week *= np.exp(draw.normal(0, 0.07, (7, 1)))
    scaled: Floats = week / week.mean()
    return scaled


def _day(kind: str, wave: Floats, at: float, draw: np.random.Generator) -> Floats:
    if kind == "opening_hours":
        return np.where((HOURS - int(at)) % 24 < 14, 10.0, 1.0)
    if kind == "two_rushes":
        return 1 + 4 * _rush(at) + 6 * _rush(at + 8)
    if kind == "ragged":
        return np.exp(draw.normal(0, 0.6, 24))
    peak, power = WAVES.get(kind, (1.0, 1) if kind == "flat" else (6.0, 2))
    shape = wave**power
    day: Floats = peak ** ((shape - shape.min()) / (shape.max() - shape.min()))
    return day


def _rush(at: float) -> Floats:
    apart = (HOURS - at + 12) % 24 - 12
    rush: Floats = np.exp(-0.5 * (apart / 1.2) ** 2)
    return rush


@dataclass(frozen=True, slots=True)
class Drawn:
    """counts, means, oracle: float64[B, H]; tripled: bool[B, H]; base, dispersion: float64[B].

    oracle: the least count that one who knows mean and dispersion takes for a spike.
    """

    counts: Floats
    means: Floats
    oracle: Floats
    tripled: Flags
    base: Floats
    dispersion: Floats


def draw(
    queries: int,
    days: int,
    seed: int,
    *,
    every: float = 96.0,
    kinds: tuple[str, ...] = KINDS,
    bases: tuple[float, ...] = BASES,
    ks: tuple[float, ...] = KS,
) -> Drawn:
    """Queries in turns of `bases`, of random kinds and dispersions. every: hours between tripled ones, on
    average (0: none)."""
    random = np.random.default_rng(seed)
    base = np.array([bases[at % len(bases)] for at in range(queries)])
    k = random.choice(np.array(ks), queries)
    weeks = np.stack([rhythm(kinds[random.integers(len(kinds))], random).ravel() for _ in range(queries)])
    means = (base[:, None] * weeks)[:, np.arange(days * 24) % WEEK]
    tripled = random.random(means.shape) < (1 / every if every else 0.0)
    finite = np.where(np.isinf(k), 1.0, k)[:, None]
    gamma = np.where(np.isinf(k)[:, None], 1.0, random.gamma(finite, 1 / finite, means.shape))
    counts = random.poisson(means * gamma * np.where(tripled, TIMES, 1.0)).astype(np.float64)
    dispersion = np.where(np.isinf(k), 0.0, 1 / k)
    oracle = np.maximum(reached(P, means, dispersion[:, None]), LEAST)
    return Drawn(counts, means, oracle, tripled, base, dispersion)


@dataclass(frozen=True, slots=True)
class Found:
    """What was found at a base: false alarms per query and quarter, shares of tripled hours found, and found
    by the oracle."""

    base: float
    queries: int
    false_alarms: float
    tripled: int
    found: float
    oracle: float


QUARTER = 24 * 365.25 / 4


def measure(drawn: Drawn, spike: Flags, alert: Flags, watched: Flags) -> list[Found]:
    """By base. spike, alert: of a replay; watched: bool[B, H], hours that were checked.

    An alert is false that does not begin with a tripled hour.
    """
    found = []
    for base in np.unique(drawn.base):
        rows = drawn.base == base
        tripled = drawn.tripled[rows] & watched[rows]
        number = int(tripled.sum())
        false = int((alert[rows] & ~drawn.tripled[rows]).sum())
        seen = int((spike[rows] & tripled).sum())
        known = int(((drawn.counts >= drawn.oracle)[rows] & tripled).sum())
        quarters = watched[rows].sum() / QUARTER
        found.append(
            Found(
                float(base),
                int(rows.sum()),
                false / float(quarters),
                number,
                seen / max(number, 1),
                known / max(number, 1),
            )
        )
    return found
