"""How long it takes until somebody whom you brought is there: shapes of that delay, and what they weigh.

A delay is seen only if it had ended when we looked, so short ones are over-represented among the young: the
chance of each is taken given that it fits into the time that its referrer had (right truncation).
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammainc, gammaincinv, gammaln, ndtr

Floats = NDArray[np.float64]
Centre = Literal["mean", "median"]
# Of how many kinds of waiting time sums are taken: quantiles, so that the loss is far below the interval.
BINS = 96
# A delay of 0 has no logarithm: this part of the median stands for it, or its square of the time.
SHORTEST = 1e-4
_LOG_ROOT = 0.5 * np.log(2 * np.pi)
# Logarithms of the form: gamma's shape, the logarithmic normal's sigma.
_FORMS = {"gamma": (-2.5, 5.0), "lognormal": (-3.0, 1.2)}


@dataclass(frozen=True, slots=True)
class Delays:
    """n delays by their sums; logs, squares: of logarithms. `spans`, `counts`: time that referrers had, and
    how many delays were seen in it, float64[B]."""

    n: int
    total: float
    logs: float
    squares: float
    spans: Floats
    counts: Floats


@dataclass(frozen=True, slots=True)
class Shape:
    """A family of delays. Parameters are rows (log of the centre, log of the form)."""

    name: str
    bounds: tuple[float, float]
    share: Callable[[Floats, Floats, Floats], Floats]
    seen: Callable[[Delays, Floats, Floats], Floats]

    def shares(self, points: Floats, spans: Floats, centre: Centre) -> Floats:
        """Chance that a delay ends within each span: float64[P, B]."""
        at, form = self._own(points, centre)
        return self.share(at[:, None], form[:, None], spans[None, :])

    def log_chance(self, delays: Delays, points: Floats, centre: Centre) -> Floats:
        """Log-density of all delays, not truncated: float64[P]."""
        return self.seen(delays, *self._own(points, centre))

    def _own(self, points: Floats, centre: Centre) -> tuple[Floats, Floats]:
        return _LOCATED[self.name](points[:, 0], np.exp(points[:, 1]), centre)


def _gamma_at(log: Floats, form: Floats, centre: Centre) -> tuple[Floats, Floats]:
    """Logarithm of the scale, and the shape."""
    unit = form if centre == "mean" else gammaincinv(form, 0.5)
    return log - np.log(unit), form


def _normal_at(log: Floats, form: Floats, centre: Centre) -> tuple[Floats, Floats]:
    """Mean and deviation of the logarithm."""
    return (log - form * form / 2 if centre == "mean" else log), form


_LOCATED = {"gamma": _gamma_at, "lognormal": _normal_at}


def _gamma_share(scale: Floats, form: Floats, spans: Floats) -> Floats:
    made: Floats = gammainc(form, spans * np.exp(-scale))
    return made


def _gamma_seen(delays: Delays, scale: Floats, form: Floats) -> Floats:
    made: Floats = (
        (form - 1) * delays.logs - delays.total * np.exp(-scale) - delays.n * (form * scale + gammaln(form))
    )
    return made


def _normal_share(mean: Floats, form: Floats, spans: Floats) -> Floats:
    made: Floats = ndtr((np.log(spans) - mean) / form)
    return made


def _normal_seen(delays: Delays, mean: Floats, form: Floats) -> Floats:
    spread = delays.squares - 2 * mean * delays.logs + delays.n * mean * mean
    made: Floats = -delays.logs - delays.n * (np.log(form) + _LOG_ROOT) - spread / (2 * form * form)
    return made


SHAPES = (
    Shape("gamma", _FORMS["gamma"], _gamma_share, _gamma_seen),
    Shape("lognormal", _FORMS["lognormal"], _normal_share, _normal_seen),
)


def summed(delays: Floats, spans: Floats) -> Delays:
    """What the likelihood needs of delays and of the time that each one's referrer had, both > 0."""
    if not len(delays):
        return Delays(0, 0.0, 0.0, 0.0, np.ones(0), np.ones(0))
    least = max(SHORTEST * float(np.median(delays)), SHORTEST**2 * float(np.median(spans)))
    kept = np.maximum(delays, least)
    logs = np.log(kept)
    middles, counts = binned(np.maximum(spans, kept))
    return Delays(len(kept), float(kept.sum()), float(logs.sum()), float(logs @ logs), middles, counts)


def binned(spans: Floats, most: int = BINS) -> tuple[Floats, Floats]:
    """At most so many spans in place of all, and how many each one stands for.

    >>> [each.tolist() for each in binned(np.array([3.0, 1.0, 1.0]))]
    [[1.0, 3.0], [2.0, 1.0]]
    """
    values, counts = np.unique(spans, return_counts=True)
    if len(values) > most:
        part = (np.cumsum(counts) - counts) * most // len(spans)
        sizes = np.bincount(part, counts, most)
        sums = np.bincount(part, counts * values, most)
        values, counts = sums[sizes > 0] / sizes[sizes > 0], sizes[sizes > 0]
    return values, counts.astype(np.float64)
