"""Topic shares and hashtag vectors of brands or influencers, and the space in which they are compared."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from sklearn.base import BaseEstimator

from scoring.arrays import Flags, Floats, Integers

# Below this a spread is rounding: dividing by it would blow noise up.
TINY = 1e-9


@dataclass(frozen=True)
class Vectors:
    """N brands or influencers.

    topics: float[N, K], shares or counts >= 0. hashtags: float[N, D], any embedding (of a SVD, say).
    A row that is all zero, or holds something not finite, is unknown. K and D may be anything from 0 up.

    Raises: ValueError where the rows differ or a topic is negative.

    >>> Vectors(np.array([[2.0, 2.0], [0.0, 0.0]]), np.ones((2, 3))).known_topics.tolist()
    [True, False]
    """

    topics: Floats
    hashtags: Floats

    def __post_init__(self) -> None:
        for name in ("topics", "hashtags"):
            values = np.asarray(getattr(self, name), dtype=np.float64)
            if values.ndim != 2:
                raise ValueError(f"{name} must be a matrix, not of {values.ndim} dimensions")
            object.__setattr__(self, name, values)
        if len(self.topics) != len(self.hashtags):
            raise ValueError(f"{len(self.topics)} rows of topics, {len(self.hashtags)} of hashtags")
        if np.any(self.topics < 0):
            raise ValueError("a topic's share is never negative")

    def __len__(self) -> int:
        return len(self.topics)

    @cached_property
    def known_topics(self) -> Flags:
        """Whose topics are known, bool[N]."""
        return _known(self.topics)

    @cached_property
    def known_hashtags(self) -> Flags:
        """Whose hashtags are known, bool[N]."""
        return _known(self.hashtags)

    def take(self, rows: Integers) -> "Vectors":
        """These rows, in this order."""
        return Vectors(self.topics[rows], self.hashtags[rows])


def _known(values: Floats) -> Flags:
    flags: Flags = np.isfinite(values).all(axis=1) & (values != 0).any(axis=1)
    return flags


def roots(vectors: Vectors) -> Floats:
    """Square roots of topic shares, float64[N, K]: their dot products are Bhattacharyya coefficients.

    Unknown rows are zero.
    Bhattacharyya: On a measure of divergence between two multinomial populations, 1946.

    >>> roots(Vectors(np.array([[1.0, 3.0]]), np.ones((1, 1)))).round(3).tolist()
    [[0.5, 0.866]]
    """
    shares = np.where(vectors.known_topics[:, None], vectors.topics, 0.0)
    largest = shares.max(axis=1, keepdims=True, initial=0.0)
    shares = np.divide(shares, largest, out=np.zeros_like(shares), where=largest > 0)
    total = shares.sum(axis=1, keepdims=True)
    found: Floats = np.sqrt(shares / np.maximum(total, TINY))
    return found


class Space(BaseEstimator):  # type: ignore[misc]
    """Topics as centred square roots of unit mean square, hashtags centred, whitened and of unit length.

    Whitening counts a hashtag direction the more, the rarer it is: what everybody posts tells nobody apart.
    The covariance is shrunk towards a ball first (as in Ledoit, Wolf: A well-conditioned estimator for
    large-dimensional covariance matrices, 2004), so there may be more dimensions than rows. The centre is the
    influencers' mean, and unknown rows lie there: neither like nor unlike anybody.

    Parameters: shrinkage in (0, 1], the ball's share.
    Learns: topic_centre_ float64[K], topic_scale_, hashtag_centre_ float64[D], whitening_ float64[D, D].

    >>> known = Vectors(np.eye(3) + 0.1, np.eye(3))
    >>> Space().fit(known).transform(Vectors(np.zeros((1, 3)), np.zeros((1, 3)))).tolist()
    [[0.0, 0.0, 0.0, 0.0, 0.0, 0.0]]
    """

    def __init__(self, shrinkage: float = 0.3) -> None:
        self.shrinkage = shrinkage

    def fit(self, population: Vectors) -> "Space":
        """Learn centre, scale and whitening from the influencers at hand."""
        if not 0 < self.shrinkage <= 1:
            raise ValueError("shrinkage lies in (0, 1]")
        self.topic_centre_ = _mean(roots(population)[population.known_topics])
        spread = roots(population)[population.known_topics] - self.topic_centre_
        self.topic_scale_ = _rms(spread) or 1.0
        tags = _unit(population.hashtags[population.known_hashtags])
        self.hashtag_centre_ = _mean(tags)
        self.whitening_ = _whitening(tags - self.hashtag_centre_, self.shrinkage)
        return self

    def transform(self, vectors: Vectors) -> Floats:
        """Rows in the space, float64[N, K + D]; ValueError for other dimensions than those fitted."""
        wanted = (len(self.topic_centre_), len(self.hashtag_centre_))
        if (vectors.topics.shape[1], vectors.hashtags.shape[1]) != wanted:
            raise ValueError(f"fitted on {wanted[0]} topics and {wanted[1]} hashtag dimensions")
        topics = (roots(vectors) - self.topic_centre_) / self.topic_scale_
        known = vectors.known_hashtags[:, None]
        tags = _unit(np.where(known, vectors.hashtags, 0.0)) - self.hashtag_centre_
        apart = known & (np.abs(tags).max(axis=1, keepdims=True, initial=0.0) > TINY)
        tags = _unit(np.where(apart, tags, 0.0) @ self.whitening_)
        return np.hstack([np.where(vectors.known_topics[:, None], topics, 0.0), tags])


def _mean(values: Floats) -> Floats:
    mean: Floats = values.mean(axis=0) if len(values) else np.zeros(values.shape[1])
    return mean


def _rms(values: Floats) -> float:
    size = float(np.sqrt((values**2).sum(axis=1).mean())) if len(values) else 0.0
    return size if size > TINY else 0.0


def _unit(values: Floats) -> Floats:
    # By the largest entry first: squares of very small or large ones would leave the range of a float.
    largest = np.abs(values).max(axis=1, keepdims=True, initial=0.0)
    scaled = np.divide(values, largest, out=np.zeros_like(values), where=largest > 0)
    length = np.linalg.norm(scaled, axis=1, keepdims=True)
    unit: Floats = np.divide(scaled, length, out=np.zeros_like(values), where=length > 0)
    return unit


def _whitening(centred: Floats, shrinkage: float) -> Floats:
    size = centred.shape[1]
    ball = np.eye(size)
    variance = _rms(centred) ** 2 / max(size, 1)
    if variance == 0:
        return ball
    covariance = centred.T @ centred / len(centred) / variance
    values, directions = np.linalg.eigh((1 - shrinkage) * covariance + shrinkage * ball)
    whitening: Floats = (directions * values**-0.5) @ directions.T
    return whitening
