"""How many there are of what a fallible test finds, and what a test's probabilities are elsewhere.

Rogan and Gladen (1978), Estimating prevalence from the results of a screening test, Am. J. Epidemiol. 107;
Brown, Cai, DasGupta (2001), Interval estimation for a binomial proportion, Statist. Sci. 16 (Jeffreys);
Saerens, Latinne, Decaestecker (2002), Adjusting the outputs of a classifier to new a priori probabilities.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from scoring.arrays import Floats, floats

# A test whose rates are closer than this tells next to nothing; dividing by it would be noise.
LEAST_DIFFERENCE = 0.1


class Interval(NamedTuple):
    """A share and its bounds, each float64[N], NaN where it can't be said."""

    low: Floats
    share: Floats
    high: Floats


def shifted(probability: ArrayLike, prior: float, prevalence: float | Floats) -> Floats:
    """Probabilities under another prevalence: the logit moves by the difference of the priors' logits.

    >>> shifted([0.5, 0.9], prior=0.5, prevalence=0.1).round(6).tolist()
    [0.1, 0.5]
    """
    given = floats(probability)
    prevalence = np.clip(prevalence, 1e-12, 1 - 1e-12)
    odds = prevalence / (1.0 - np.asarray(prevalence)) * (1.0 - prior) / prior
    return given * odds / (given * odds + (1.0 - given))


def corrected(observed: ArrayLike, tpr: ArrayLike, fpr: ArrayLike) -> Floats:
    """(observed - fpr) / (tpr - fpr) within [0, 1]; NaN where the test hardly tells the two apart.

    >>> corrected([0.23, 0.05], 0.95, 0.05).round(6).tolist()
    [0.2, 0.0]
    """
    # A rate that is none says nothing.
    hits, alarms = (np.where((rate >= 0) & (rate <= 1), rate, np.nan) for rate in (floats(tpr), floats(fpr)))
    difference = hits - alarms
    telling = difference >= LEAST_DIFFERENCE
    share = (floats(observed) - alarms) / np.where(telling, difference, np.nan)
    return np.clip(share, 0.0, 1.0)


def interval(
    n: ArrayLike, flagged: ArrayLike, tpr: ArrayLike = 1.0, fpr: ArrayLike = 0.0, *, level: float = 0.9
) -> Interval:
    """The corrected share among n of whom some were flagged, with bounds by Jeffreys' Beta at `level`.

    NaN where n is 0 or unknown, flagged lies outside 0..n, or the test tells nothing.

    >>> [round(float(bound[0]), 3) for bound in interval([500], [50], [0.95], [0.05])]
    [0.033, 0.056, 0.082]
    """
    people, found = np.broadcast_arrays(floats(n), floats(flagged))
    known = (people > 0) & (found >= 0) & (found <= people)
    share = np.where(known, found, np.nan) / np.where(known, people, 1.0)
    tail = (1.0 - level) / 2
    low, high = bound(people, found, tail), bound(people, found, 1.0 - tail)
    return Interval(*(corrected(side, tpr, fpr) for side in (low, share, high)))


def bound(people: Floats, found: Floats, quantile: float) -> Floats:
    """Jeffreys' bound of the share that was found, not corrected; NaN as in `interval`.

    Where none or all were found, the bound on that side is the share itself (Brown, Cai, DasGupta).

    >>> bound(np.array([500.0, 0.0]), np.array([50.0, 0.0]), 0.95).round(4).tolist()
    [0.1238, nan]
    """
    from scipy.special import betaincinv  # scipy takes a tenth of a second to import

    made = np.full(len(people), np.nan)
    known = (people > 0) & (found >= 0) & (found <= people)
    n, x = people[known], found[known]
    outer = np.fmin if quantile < 0.5 else np.fmax
    made[known] = outer(betaincinv(x + 0.5, n - x + 0.5, quantile), x / n)
    return made
