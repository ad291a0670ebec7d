"""K, how many customers a customer brings, and how long that takes, from people of different age.

K = invitations per user x conversion per invitation = referred customers per user. Who joined lately has not
brought all yet: a user of age c is expected to have brought K G(c), G the distribution of delays. Some bring
many and most none: counts are negative binomial (Poisson as its limit), which a gamma distributed readiness
to refer makes of them, whatever the delays. So counts and delays have one likelihood in a closed form.
"""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from graph.estimates import Estimate, missing
from graph.referrals.delays import SHAPES, Centre, Delays, Shape, binned
from graph.referrals.profiles import ALLOWED, Floats, Model, Peak, climbed, interval, of_few

# Of the variance over the mean per unit of the mean: 1/k of the negative binomial, as a logarithm.
_EVEN, _UNEVEN = math.log(1e-4), math.log(1e3)
# Below so much of what a cohort will bring the rest is a guess.
LEAST_SEEN = 0.1
# From here on nothing of weight is still to come.
COMPLETE = 0.9999
FEWEST_DELAYS = 5
# Which of two near shapes is true is not known, and the better one alone gave means of lognormal delays
# intervals that were too narrow.
FORGIVEN = 0.5
FEWEST_USERS = 2


@dataclass(frozen=True, slots=True)
class Counts:
    """Users by the time since they joined (spans, users, brought: float64[B]), and how many brought 0, 1, ...
    (of_each: int64)."""

    spans: Floats
    users: Floats
    brought: Floats
    of_each: NDArray[np.int64]

    @property
    def n(self) -> float:
        """Users."""
        return float(self.users.sum())

    @property
    def total(self) -> float:
        """How many they brought so far."""
        return float(self.brought.sum())


def counted(spans: Floats, brought: NDArray[np.int64]) -> Counts:
    """Counts of users by their time since joining, > 0, and by how many each brought.

    >>> made = counted(np.array([30.0, 30.0, 10.0]), np.array([2, 0, 0]))
    >>> made.spans.tolist(), made.brought.tolist(), made.of_each.tolist()
    ([10.0, 30.0], [0.0, 2.0], [2, 0, 1])
    """
    if not len(spans):
        return Counts(np.ones(0), np.ones(0), np.ones(0), np.zeros(1, np.int64))
    values, users = binned(spans)
    edges = (values[1:] + values[:-1]) / 2
    sums = np.bincount(np.searchsorted(edges, spans), brought, len(values)).astype(np.float64)
    return Counts(values, users, sums, np.bincount(brought))


def fitted(delays: Delays) -> list[Peak]:
    """Delays by each shape; made once, it serves the K of any number of cohorts."""
    return [climbed(_delay_model(delays, shape, "mean")) for shape in SHAPES]


def generation_time(delays: Delays, centre: Centre = "mean") -> Estimate:
    """Mean or median delay from joining to bringing somebody, in the unit of the delays.

    By the profile likelihood of truncated delays of gamma or logarithmic normal shape, whichever suits
    better. Reasons of none: `too_few`, `too_short` (the time that referrers had does not tell where delays
    end: the figure may be anything above `low`).

    >>> from graph.referrals.delays import summed
    >>> made = generation_time(summed(np.arange(1.0, 41.0), np.full(40, 1e4)))
    >>> round(made.value, 1), round(made.low, 1), round(made.high, 1)
    (20.5, 16.6, 25.8)
    """
    basis = "truncated_delays"
    if delays.n < FEWEST_DELAYS:
        return missing(basis, "too_few")
    models = [_delay_model(delays, shape, centre) for shape in SHAPES]
    best, low, high = interval(models, FORGIVEN)
    if high == math.inf:
        return missing(basis, "too_short", math.exp(low))
    return Estimate(math.exp(best.point[0]), math.exp(low), math.exp(high), delays.n, basis)


def _delay_model(delays: Delays, shape: Shape, centre: Centre) -> Model:
    def likelihood(points: Floats) -> Floats:
        shares = shape.shares(points, delays.spans, centre)
        return shape.log_chance(delays, points, centre) - np.log(np.maximum(shares, 1e-300)) @ delays.counts

    start, lows, highs = _delay_bounds(delays, shape, centre)
    # Logarithms of a lognormal sample are a normal one.
    allowed = of_few(delays.n) if shape.name == "lognormal" and delays.n > 1 else ALLOWED
    return Model(likelihood, start, lows, highs, allowed)


def _delay_bounds(delays: Delays, shape: Shape, centre: Centre) -> tuple[Floats, Floats, Floats]:
    """Where to start, and how far to look: a thousand times longer than seen is not of this data."""
    mean = delays.logs / delays.n
    spread = math.sqrt(max(delays.squares / delays.n - mean * mean, 1e-4))
    form = math.log(spread) if shape.name == "lognormal" else -2 * math.log(spread)
    middle = math.log(delays.total / delays.n) if centre == "mean" else mean
    low, high = shape.bounds
    return (
        np.array([middle, min(max(form, low + 0.1), high - 0.1)]),
        np.array([middle - 7.0, low]),
        np.array([middle + 7.0, high]),
    )


def k(counts: Counts, delays: Delays, peaks: list[Peak] | None = None) -> Estimate:
    """K of these users, when they will have brought all; n: users.

    `delays`: of these and of others, if theirs are alike; `peaks`: fitted(delays). Reasons of none:
    `too_few_users`, `too_few` (delays to tell how much is still to come), `too_young` (less than a tenth of
    what is to come is seen, or the time does not tell how much is).
    """
    basis = "generation_time"
    if counts.n < FEWEST_USERS:
        return missing(basis, "too_few_users")
    if delays.n < FEWEST_DELAYS:
        return missing(basis, "too_few")
    peaks = peaks or fitted(delays)
    seen = min(_seen(counts, shape, peak.point) for shape, peak in zip(SHAPES, peaks, strict=True))
    if not counts.total:
        return _none_brought(counts, seen, basis)
    models = [_plain_model(counts)]
    if seen < COMPLETE:
        models = [_counts_model(counts, shape, peak) for shape, peak in zip(SHAPES, peaks, strict=True)]
    best, low, high = interval(models)
    if seen < LEAST_SEEN or high == math.inf:
        return missing(basis, "too_young", math.exp(low), math.exp(high) if high < math.inf else None)
    return Estimate(math.exp(best.point[0]), math.exp(low), math.exp(high), counts.n, basis)


def k_within(counts: Counts) -> Estimate:
    """K of users who all had the same time, with what they brought in it: nothing is supposed of delays.

    >>> made = k_within(counted(np.full(50, 30.0), np.array([0] * 40 + [1] * 5 + [2] * 5)))
    >>> round(made.value, 2), round(made.low, 2), round(made.high, 2)
    (0.3, 0.15, 0.6)
    """
    basis = "window"
    if counts.n < FEWEST_USERS:
        return missing(basis, "too_few_users")
    if not counts.total:
        return _none_brought(counts, 1.0, basis)
    best, low, high = interval([_plain_model(counts)])
    return Estimate(math.exp(best.point[0]), math.exp(low), math.exp(high), counts.n, basis)


def _seen(counts: Counts, shape: Shape, point: Floats) -> float:
    """The share that users have brought of all that they will."""
    shares = shape.shares(point[None], counts.spans, "mean")[0]
    return float(shares @ counts.users) / counts.n


def _none_brought(counts: Counts, seen: float, basis: str) -> Estimate:
    """From 0 to what would bring nobody with a chance of 1 in 40, if readiness were even."""
    high = math.log(40) / (seen * counts.n) if seen else None
    if seen < LEAST_SEEN:
        return missing(basis, "too_young", 0.0, high)
    return Estimate(0.0, 0.0, high, counts.n, basis)


def _plain_model(counts: Counts) -> Model:
    def likelihood(points: Floats) -> Floats:
        return _log_counts(counts, points, np.ones((len(points), 1)), whole=True)

    middle = math.log(counts.total / counts.n)
    start = np.array([middle, _evenness(counts)])
    return Model(likelihood, start, np.array([middle - 7, _EVEN]), np.array([middle + 7, _UNEVEN]))


def _counts_model(counts: Counts, shape: Shape, peak: Peak) -> Model:
    """Log K, log of 1/k, and the parameters of delays, whose own likelihood is the peak's."""
    delay = peak.model

    def likelihood(points: Floats) -> Floats:
        shares = shape.shares(points[:, 2:], counts.spans, "mean")
        return _log_counts(counts, points, shares) + delay.likelihood(points[:, 2:])

    middle = math.log(counts.total / counts.n / max(_seen(counts, shape, peak.point), 1e-6))
    return Model(
        likelihood,
        np.array([middle, _evenness(counts), *peak.point]),
        np.array([middle - 7, _EVEN, *delay.lows]),
        np.array([middle + 7, _UNEVEN, *delay.highs]),
    )


def _log_counts(counts: Counts, points: Floats, shares: Floats, whole: bool = False) -> Floats:
    """Negative binomial log-likelihood of counts; points: log K, log of 1/k; shares: float64[P, B]."""
    rate, uneven = np.exp(points[:, 0]), np.exp(points[:, 1])
    users, brought = (
        (np.array([counts.n]), np.array([counts.total])) if whole else (counts.users, counts.brought)
    )
    logs = np.log1p((uneven * rate)[:, None] * shares)
    expected = logs @ users / uneven
    # What shares add to the logarithm of the rate, per case; for whole counts it is 0.
    gained = 0.0 if whole else np.log(np.maximum(shares, 1e-300)) @ brought
    above = np.cumsum(counts.of_each[::-1])[::-1][1:]
    steps = np.log1p(uneven[:, None] * np.arange(len(above))) @ above
    made: Floats = steps + counts.total * points[:, 0] + gained - logs @ brought - expected
    return made


def _evenness(counts: Counts) -> float:
    """A start for 1/k: by the variance of counts."""
    values = np.arange(len(counts.of_each))
    mean = float(values @ counts.of_each) / counts.n
    variance = float(((values - mean) ** 2) @ counts.of_each) / counts.n
    return math.log(min(max((variance - mean) / mean**2, 0.05), 50.0)) if mean else 0.0
