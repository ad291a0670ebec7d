"""The likelihood of the influencers that brands chose, among all they could have chosen, and its maximum.

A conditional logit: brand b picks influencer i with probability exp(s_bi) / sum_j exp(s_bj), and
s_bi = (sum_k c_k base_k(b) + x_b W) . y_i, with c_k >= 0. Each brand counts once, however many it has chosen.
c is drawn towards 1 and W towards 0, so without any choices the score is the plain sum of the bases.
The loss is convex: the maximum doesn't depend on where the search starts.

McFadden: Conditional logit analysis of qualitative choice behavior, 1974; Cao et al.: Learning to rank: from
pairwise approach to listwise approach, 2007 (the same loss as a ranking's).
"""

from dataclasses import dataclass

import numpy as np
from scipy.optimize import minimize

from scoring.arrays import Floats

# c has two entries: many choices decide them alone, a prior of unit spread holds them where there are few.
BASE_PENALTY = 1.0
STEPS = 100


@dataclass(frozen=True)
class Choices:
    """B brands, N influencers, d dimensions, k bases.

    brands: float64[B, d]; bases: float64[k, B, d]; influencers: float64[N, d];
    chosen: float64[B, N], each row a brand's choices as shares that sum to 1.
    """

    brands: Floats
    bases: Floats
    influencers: Floats
    chosen: Floats


@dataclass(frozen=True)
class Weights:
    """c: float64[k], W: float64[d, d]."""

    bases: Floats
    learned: Floats

    @classmethod
    def start(cls, bases: int, dimensions: int) -> "Weights":
        """The prior's own: the plain sum of the bases."""
        return cls(np.ones(bases), np.zeros((dimensions, dimensions)))

    def directions(self, brands: Floats, bases: Floats) -> Floats:
        """What each brand looks for, float64[B, d]: its dot product with an influencer is the score."""
        looked_for: Floats = np.einsum("k,kbd->bd", self.bases, bases) + brands @ self.learned
        return looked_for


def maximise(choices: Choices, penalty: float, start: Weights) -> Weights:
    """The weights of the least penalised loss. penalty: of the squares of W, above 0.

    >>> plane = np.eye(2)
    >>> choices = Choices(plane, plane[None] * 0, plane, plane[::-1])       # each chooses its opposite
    >>> bool(maximise(choices, 0.1, Weights.start(1, 2)).learned[0, 1] > 1)
    True
    """
    bases, size = len(choices.bases), choices.brands.shape[1]
    found = minimize(
        _loss,
        np.concatenate([start.bases, start.learned.ravel()]),
        args=(choices, penalty),
        jac=True,
        method="L-BFGS-B",
        bounds=[(0, None)] * bases + [(None, None)] * size**2,
        options={"maxiter": STEPS},
    )
    return _weights(found.x, bases, size)


def log_likelihood(choices: Choices, weights: Weights) -> float:
    """Mean over brands of the mean log-probability of their choices.

    >>> plane = np.eye(2)
    >>> choices = Choices(plane, plane[None] * 0, plane, plane)
    >>> round(log_likelihood(choices, Weights.start(1, 2)), 3)              # even odds between two
    -0.693
    """
    log_probability = _log_probability(choices, weights)
    return float((choices.chosen * log_probability).sum(axis=1).mean())


def _weights(values: Floats, bases: int, size: int) -> Weights:
    return Weights(values[:bases], values[bases:].reshape(size, size))


def _log_probability(choices: Choices, weights: Weights) -> Floats:
    scores = weights.directions(choices.brands, choices.bases) @ choices.influencers.T
    scores -= scores.max(axis=1, keepdims=True)
    log_probability: Floats = scores - np.log(np.exp(scores).sum(axis=1, keepdims=True))
    return log_probability


def _loss(values: Floats, choices: Choices, penalty: float) -> tuple[float, Floats]:
    weights = _weights(values, len(choices.bases), choices.brands.shape[1])
    log_probability = _log_probability(choices, weights)
    drawn = weights.bases - 1
    loss = -(choices.chosen * log_probability).sum()
    loss += (BASE_PENALTY * (drawn**2).sum() + penalty * (weights.learned**2).sum()) / 2
    pull = (np.exp(log_probability) - choices.chosen) @ choices.influencers
    slope_bases = np.einsum("kbd,bd->k", choices.bases, pull) + BASE_PENALTY * drawn
    slope_learned = choices.brands.T @ pull + penalty * weights.learned
    # Per brand: the search's tolerance shouldn't depend on how many there are.
    count = max(len(choices.brands), 1)
    return float(loss) / count, np.concatenate([slope_bases, slope_learned.ravel()]) / count
