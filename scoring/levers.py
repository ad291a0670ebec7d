"""The inputs of one candidate's scores that could be other than they are (whatif.py)."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from scoring import audience, authenticity, engagement
from scoring.audience import Shares
from scoring.authenticity import Evidence
from scoring.peers import Peers
from scoring.rates import Rates
from scoring.whatif import Lever

# Of those who see a post, no more than all can react.
HIGHEST_RATE = 1.0


def of_engagement(rates: Rates, peers: Peers) -> list[Lever]:
    """The engagement rate of one candidate; none where it is unknown.

    >>> from scoring import builtin
    >>> [lever] = of_engagement(Rates.of(platform="x", value=[0.02], followers=[5000]), builtin.peers())
    >>> lever.score(0.05) > lever.score(0.02)
    True
    """
    value = float(rates.value[0])
    if not 0 < value < HIGHEST_RATE:
        return []

    def score(rate: float) -> float:
        return float(engagement.score(replace(rates, value=np.array([rate])), peers).score[0])

    return [Lever("rate", value, HIGHEST_RATE, score)]


def of_audience(dimensions: Sequence[Shares], mode: str) -> list[Lever]:
    """Of each known dimension of one candidate the part of what is wanted that its audience has.

    >>> country = Shares("country", {"TR": 0.8}, np.array([[0.4]]), np.array([1.0]), np.array([1000.0]))
    >>> [lever] = of_audience([country], "minimum")
    >>> lever.value, lever.best, round(lever.score(0.6), 6)
    (0.4, 0.8, 75.0)
    """
    known = [at for at, shares in enumerate(dimensions) if np.isfinite(shares.mass[0])]
    levers = [_of_dimension(list(dimensions), at, mode) for at in known]
    return [lever for lever in levers if lever.value < lever.best]


def of_authenticity(evidence: Evidence) -> list[Lever]:
    """The share of one candidate's sampled followers that look real; none where there is no sample.

    >>> sample = Evidence.of(1, n=[500], flagged=[200], tpr=[0.9], fpr=[0.05])
    >>> [lever] = of_authenticity(sample)
    >>> lever.value, lever.score(0.9) > lever.score(0.6)
    (0.6, True)
    """
    n, flagged = float(evidence.n[0]), float(evidence.flagged[0])
    if not 0 < flagged <= n:
        return []

    def score(real: float) -> float:
        changed = replace(evidence, flagged=np.array([n * (1.0 - real)]))
        return float(authenticity.score(changed).score[0])

    return [Lever("follower_sample", 1.0 - flagged / n, 1.0, score)]


def _of_dimension(dimensions: list[Shares], at: int, mode: str) -> Lever:
    own = dimensions[at]
    wanted = np.array(list(own.wanted.values()))
    had = np.minimum(own.shares[0], wanted)
    value, best = float(had.sum()), float(wanted.sum())

    def score(matched: float) -> float:
        # Each wanted code comes nearer by the same part of what it lacks.
        moved = had + (wanted - had) * ((matched - value) / (best - value))
        changed = replace(own, shares=np.maximum(own.shares, moved[None, :]))
        others = [*dimensions[:at], changed, *dimensions[at + 1 :]]
        return float(audience.score(others, size=1, mode=mode).score[0])

    return Lever(own.dimension, value, best, score)
