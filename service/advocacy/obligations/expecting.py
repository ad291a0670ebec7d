"""What open promises will cost, learnt from what became of earlier ones. Pure.

Of a kind of reward, d were delivered and l were lost (lapsed, or taken back). The chance p that one is
delivered has the posterior Beta(d + 1/2, l + 1/2) (Jeffreys' prior: Brown, Cai, DasGupta 2001, "Interval
Estimation for a Binomial Proportion"). The cost of open ones is the sum of what each is worth if it is
delivered, so its distribution is that of a sum over p and then over who is delivered to: p is uncertain for
all of a kind at once, which is why intervals don't shrink with the number of open promises alone.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Draws = NDArray[np.float64]

DRAWS = 4_000
LEVEL = 0.95
MOST_WORTHS = 32
"""So many different worths are drawn one by one; the small rest of them is many, and nearly normal."""
_SEED = 20261125


class Past(NamedTuple):
    """What became of a kind's promises that were due: delivered, and lost."""

    delivered: int
    lost: int


class Open(NamedTuple):
    """`n` open promises that are worth `amount` each, in minor units or points. What points are worth in
    money may be a part of a minor unit."""

    amount: float
    n: int


class Expected(NamedTuple):
    """A value with its interval at LEVEL."""

    value: float
    low: float
    high: float


def chance(past: Past) -> Expected:
    """The chance that a promise is delivered: the posterior's mean, and its central interval.

    Where all or none were delivered, the bound on that side is 1 or 0.

    >>> [round(side, 3) for side in chance(Past(90, 10))]
    [0.896, 0.83, 0.947]
    >>> [round(side, 3) for side in chance(Past(0, 0))]
    [0.5, 0.0, 1.0]
    """
    from scipy.special import betaincinv  # scipy takes a tenth of a second to import

    a, b = past.delivered + 0.5, past.lost + 0.5
    low, high = (float(betaincinv(a, b, q)) for q in ((1 - LEVEL) / 2, (1 + LEVEL) / 2))
    return Expected(a / (a + b), low if past.delivered else 0.0, high if past.lost else 1.0)


def drawn(past: Past, opened: Sequence[Open]) -> Draws:
    """DRAWS costs of one kind's open promises, float64[DRAWS]: the same for the same figures."""
    draw = np.random.default_rng([_SEED, past.delivered, past.lost])
    p = draw.beta(past.delivered + 0.5, past.lost + 0.5, DRAWS)
    cost = np.zeros(DRAWS)
    heaviest = sorted(opened, key=lambda one: one.amount**2 * one.n, reverse=True)
    for one in heaviest[:MOST_WORTHS]:
        cost += one.amount * draw.binomial(one.n, p)
    rest = heaviest[MOST_WORTHS:]
    if rest:
        total = float(sum(one.amount * one.n for one in rest))
        squares = float(sum(one.amount**2 * one.n for one in rest))
        cost += np.clip(draw.normal(p * total, np.sqrt(p * (1 - p) * squares)), 0, total)
    return cost


def cost(past: Past, opened: Sequence[Open]) -> Expected:
    """What a kind's open promises will cost.

    >>> [round(side) for side in cost(Past(90, 10), [Open(5_000, 1)])]
    [4480, 0, 5000]
    """
    return _between(mean(past, opened), [drawn(past, opened)])


def together(parts: Iterable[tuple[Past, Sequence[Open]]]) -> Expected:
    """What the open promises of several kinds will cost, in one unit; kinds are independent."""
    kept = list(parts)
    return _between(sum(mean(*one) for one in kept), [drawn(*one) for one in kept])


def mean(past: Past, opened: Sequence[Open]) -> float:
    """The expected cost, exactly."""
    return chance(past).value * sum(one.amount * one.n for one in opened)


def _between(value: float, draws: Sequence[Draws]) -> Expected:
    if not draws:
        return Expected(value, value, value)
    total = np.sum(draws, axis=0)
    # Costs are discrete: the bounds are costs that can be, taken outwards.
    low = float(np.quantile(total, (1 - LEVEL) / 2, method="lower"))
    high = float(np.quantile(total, (1 + LEVEL) / 2, method="higher"))
    return Expected(value, min(low, value), max(high, value))
